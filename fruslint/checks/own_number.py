"""Finds notes of a document that refer to the document itself: ``see Document 41`` in Document 41."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.apparatus.document_numbers import printed_number
from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.expressions import compile_pattern
from fruslint.checks.search.field import Field
from fruslint.checks.search.sieve import Needs
from fruslint.language.occurrences import occurrences
from fruslint.model import Document

_REACH = 40


class OwnNumberCheck:
    """Looks in ``in`` for the ``word`` and the number of the document, where ``before`` matches up to them, and ``behind``
    from their end on.

    Values: ``found`` the word and the number.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "word", "before", "behind"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "word": {"type": "string", "minLength": 1},
            "before": {"type": "string", "minLength": 1},
            "behind": {"type": "string", "minLength": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})
    needs = Needs(part="notes")

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._word: str = parameters["word"]
        self._before = compile_pattern(f"(?:{parameters['before']})\\Z", {})
        self._behind = compile_pattern(parameters["behind"], {})

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each reference to the document itself."""
        number = printed_number(document.number) if document.number is not None else ""
        if not number.isdecimal():
            return
        text, found = self._field.text(document), f"{self._word} {number}"
        for at in occurrences(text.content, found):
            end = at + len(found)
            before = self._before.search(text.content, max(0, at - _REACH), at)
            if before and self._behind.match(text.content, end):
                yield Hit(text.span(at, end), {"found": found})
