"""Reports UTF-8 that was read as Windows text, and characters that were lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import Hit, Parameters
from fruslint.checks.edits import rewritten
from fruslint.checks.field import Field
from fruslint.model import Document, Text
from fruslint.patterns import late

_LOST = "\ufffd"
_SECOND = "".join(
    {bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0xC0) for codec in ("cp1252", "latin-1")}
)
_LEADS = tuple("ÂÃÅâ")
_RUN = late(f"(?:[ÂÃÅ][{_SECOND}]|â[{_SECOND}]{{2}})+|{_LOST}+")
# What such a run stands for: Latin letters and signs, dashes, quotation marks, the ellipsis.
_LIKELY = late("[\u00a0-\u00ffŒœŠšŽžŸ\u2010-\u2044€™]+")


class MojibakeCheck:
    """Looks in ``in``. The value ``was`` is what was meant, in quotation marks, or ``lost`` where nobody can know."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "lost"],
        "additionalProperties": False,
        "properties": {"in": field.SCHEMA, "lost": {"type": "string", "minLength": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "was"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._lost: str = parameters["lost"]

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each run of such characters."""
        text = self._field.text(document)
        if not any(lead in text.content for lead in (*_LEADS, _LOST)):
            return ()
        return self._hits(document, text)

    def _hits(self, document: Document, text: Text) -> Iterator[Hit]:
        for found in _RUN.finditer(text.content):
            if found[0].startswith(_LOST):
                yield Hit(text.span(*found.span()), {"found": found[0], "was": self._lost})
                continue
            was = _turn_back(found[0])
            if was:
                edits = rewritten(document, text, *found.span(), was)
                yield Hit(text.span(*found.span()), {"found": found[0], "was": f"‘{was}’"}, edits=edits)


def _turn_back(run: str) -> str | None:
    """What ``run`` was before it was read in the wrong encoding; None if it is nothing likely."""
    try:
        was = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return None
    return was if _LIKELY.fullmatch(was) else None


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
