"""Reports characters that are written as numbers."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import ClassVar

from fruslint.checks.base import Edits, Hit, Parameterless
from fruslint.findings import Severity
from fruslint.language.occurrences import occurrences
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_REFERENCE = late(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
# Written as themselves they would be markup, or be taken for another blank.
_NEEDED = frozenset("&<>\"'\t\n\r")


class CharacterReferencesCheck(Parameterless):
    """A character is written as itself. One that nobody can see is an error: of those only a blank is put there.

    Values: ``found``, ``character`` (its number and name).
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "character"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each reference by number."""
        markup = volume.markup
        if markup is None or not _has_numbers(markup.text):
            return
        literal = [markup.offsets[place : place + 2] for place in markup.others]
        for found in _REFERENCE.finditer(markup.text):
            if _is_in(literal, found.start()):
                continue
            char = chr(int(found[1], 16) if found[1] else int(found[2]))
            if char not in _NEEDED:
                yield _hit(Span(*found.span()), found[0], char)


def _has_numbers(text: str) -> bool:
    """Whether there is a reference by number: a single sign is found many times faster than two."""
    return any(text.startswith("&#", place) for place in occurrences(text, "&"))


def _is_in(stretches: Sequence[Sequence[int]], offset: int) -> bool:
    """Whether an offset lies in one of the stretches: in a comment or a CDATA section, where no reference is one."""
    index = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return index >= 0 and offset < stretches[index][1]


def _hit(span: Span, found: str, char: str) -> Hit:
    seen = char.isprintable()
    name = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
    meant = _meant(char)
    edits: Edits = ((span, meant),) if meant is not None else ()
    values = {"found": found, "character": f"{char} ({name})" if seen else name}
    return Hit(span, values, (), edits, None if seen else Severity.ERROR)


def _meant(char: str) -> str | None:
    """What to write: the character, a blank for one that cannot be told from it; None where nobody can know."""
    if char.isprintable():
        return char
    kind = unicodedata.category(char)
    return " " if kind == "Zs" else "" if kind == "Cf" else None
