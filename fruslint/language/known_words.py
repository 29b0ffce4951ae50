"""What a long word with a capital letter is meant to be, if it is almost one of those that a rule knows: ‘Governement’."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from fruslint.language.lexicon import is_word, unknown
from fruslint.language.meant_words import is_slip_within

_SHORTEST = 8
# One slip leaves the beginning or the end of a word as it is.
_HEAD, _TAIL = 2, 3


class KnownWords:
    """The words of English among those that are ``known``. Any other word with a capital letter may be a name."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)

    def meant_by(self, word: str) -> str | None:
        """The known word that is one slip away; None for a short one, one that is known or English, or no word at all."""
        if len(word) < _SHORTEST or word in self._known or not word.isalpha() or not unknown((word.lower(),)):
            return None
        lengths = range(len(word) - 1, len(word) + 2)
        alike = (known for end in _ends(word) for length in lengths for known in self._by_end.get((end, length), ()))
        return next((known for known in alike if is_slip_within(word, known)), None)

    @cached_property
    def _by_end(self) -> Mapping[tuple[str, int], Sequence[str]]:
        """Them by how they begin, or end, and how long they are."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._known):
            if word.istitle() and is_word(word.lower()):
                for end in _ends(word):
                    found.setdefault((end, len(word)), []).append(word)
        return found


def _ends(word: str) -> tuple[str, str]:
    """The beginning and the end; the one has a capital letter, and the other has none."""
    return word[:_HEAD], word[-_TAIL:]
