"""Words that are one slip away from the surname of a person who is tagged in a TEI volume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

from fruslint.language.spelling import distance
from fruslint.markup.elements import Markup
from fruslint.patterns import late

_ELEMENT, _ATTRIBUTE = "persName", "corresp"
_WORD = late(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 6, 20
_FEWEST, _FEW = 3, 2
# No volume has so many persons; others must not take time without end.
_MOST = 200
# Nor has any document so many names and words like them: hundreds of both are a list, or mischief.
_MOST_PAIRS = 200_000


class TaggedSurnames:
    """The surnames that are tagged several times in a volume."""

    def __init__(self, markup: Markup) -> None:
        self._text = markup.text
        self._rare: dict[str, bool] = {}
        self._tagged: set[str] = set()
        counts: Counter[str] = Counter()
        for value, by_words in markup.by_words(_ELEMENT, _ATTRIBUTE).items():
            for words, numbers in by_words.items():
                every = _WORD.findall(words)
                self._tagged.update(every)
                if value is not None and every and _is_surname(every[-1]):
                    counts[every[-1]] += len(numbers)
        self._names = frozenset(name for name, count in counts.most_common(_MOST) if count >= _FEWEST)

    def slips_among(self, words: Set[str]) -> Mapping[str, str]:
        """The words that are one slip away from a surname among them, and no name themselves, each with the surname."""
        names = sorted(self._names & words)
        if not names:
            return {}
        heads, tails = {name[:2] for name in names}, {name[-2:] for name in names}
        # one slip leaves the one end or the other as it is
        likely = [word for word in filter(str.istitle, words) if word[:2] in heads or word[-2:] in tails]
        if len(likely) * len(names) > _MOST_PAIRS:
            return {}
        slips = ((word, name) for word in likely if word not in self._tagged for name in names if _is_slip(word, name))
        return dict(slips)

    def is_rare(self, word: str) -> bool:
        """Whether a word stands once or twice in the whole volume; counted once."""
        if word not in self._rare:
            self._rare[word] = self._text.count(word) <= _FEW
        return self._rare[word]


def _is_surname(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word[0].isupper() and word[1:].islower()


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter is left out, put in, another one, or exchanged with the next.

    What is left out or put in at the end makes another form of a name.
    """
    if word[0] != name[0] or not -1 <= len(word) - len(name) <= 1:
        return False
    return distance(word, name, 1) == 1 and not word.startswith(name) and not name.startswith(word)
