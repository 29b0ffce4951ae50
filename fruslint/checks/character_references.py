"""Reports characters that are written as numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Edits, Hit, Parameterless
from fruslint.findings import Severity
from fruslint.markup import CDATA
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
        text = volume.source.text if volume.markup is not None else ""
        if "&#" not in text:
            return
        for found in _REFERENCE.finditer(text):
            char = chr(int(found[1], 16) if found[1] else int(found[2]))
            if char not in _NEEDED and not _is_literal(text, found.start()):
                yield _hit(Span(*found.span()), found[0], char)


def _is_literal(text: str, offset: int) -> bool:
    """Whether a place lies in a comment or a CDATA section, where no reference is one."""
    opened = max(text.rfind("<!--", 0, offset), text.rfind(CDATA, 0, offset))
    return opened >= 0 and text.find("-->" if text.startswith("<!--", opened) else "]]>", opened, offset) < 0


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
