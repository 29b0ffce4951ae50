"""Reports UTF-8 that was read as Windows or Macintosh text, and characters that were lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.field import Field
from fruslint.checks.search.sieve import needed
from fruslint.language.misread import LEADS, MISREAD, turn_back
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.text import Text

_LOST = "\ufffd"
_RUN = late(f"{MISREAD}|{_LOST}+")


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
        self.needs = needed(self._field, literals=(*LEADS, _LOST))

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each run of such characters."""
        text = self._field.text(document)
        if not any(lead in text.content for lead in (*LEADS, _LOST)):
            return ()
        return self._hits(document, text)

    def _hits(self, document: Document, text: Text) -> Iterator[Hit]:
        for found in _RUN.finditer(text.content):
            if found[0].startswith(_LOST):
                yield Hit(text.span(*found.span()), {"found": found[0], "was": self._lost})
                continue
            was = turn_back(found[0])
            if was:
                edits = rewritten(document, text, *found.span(), was)
                yield Hit(text.span(*found.span()), {"found": found[0], "was": f"‘{was}’"}, edits=edits)
