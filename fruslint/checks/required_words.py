"""Reports that certain words, a date or a classification, are nowhere to be found in a part of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters
from fruslint.checks.elements.datelines import has_coded_date
from fruslint.checks.search import field
from fruslint.checks.search.expressions import PATTERNS, WORDS, compile_pattern
from fruslint.checks.search.field import Field
from fruslint.checks.search.headings import is_titled
from fruslint.findings import Severity
from fruslint.model import Document, DocumentKind, Medium
from fruslint.record import Record
from fruslint.source import Span
from fruslint.text import BODY, Text

_KINDS = {"type": "array", "items": {"enum": list(DocumentKind)}, "minItems": 1}


class _Case(Record):
    """When a finding has another severity than the rule: in this medium, before this year."""

    severity: Severity
    medium: str
    before: int

    def fits(self, document: Document) -> bool:
        """Whether the document is such a case."""
        in_medium = not self.medium or document.medium == self.medium
        return in_medium and (not self.before or (document.year or 0) < self.before)


class RequiredWordsCheck:
    """Looks for ``patterns`` in ``in``, and says if none of them is there; silent where there is nothing to search.

    ``words`` are lists for the patterns, in which capitals make no difference with ``ignore_case``. ``at``: where the
    finding stands, at the ``title`` or on the first word of ``in`` (``start``). ``except``: nothing is reported where one
    of these patterns is found, with ``except_titled`` where one is found in the heading. ``documents`` and
    ``not_documents``: kinds of documents to look at. ``from_year``: older documents are left out. ``or_coded_date``: a
    dateline whose date is in its attributes will do too, in whatever words it is written. ``or_last``: or the whole last
    paragraph is as one of these patterns has it. ``cases``: other severities, by ``medium`` or for years ``before``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "patterns"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "patterns": PATTERNS,
            "except": PATTERNS,
            "except_titled": PATTERNS,
            "words": WORDS,
            "ignore_case": {"type": "boolean"},
            "at": {"enum": ["title", "start"]},
            "documents": _KINDS,
            "not_documents": _KINDS,
            "from_year": {"type": "integer"},
            "or_coded_date": {"type": "boolean"},
            "or_last": PATTERNS,
            "cases": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["severity"],
                    "additionalProperties": False,
                    "properties": {
                        "severity": SEVERITY,
                        "medium": {"enum": list(Medium)},
                        "before": {"type": "integer"},
                    },
                },
            },
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        words: Mapping[str, Any] = parameters.get("words", {})
        ignore_case: bool = parameters.get("ignore_case", False)
        self._field = Field(parameters["in"])
        self._patterns = [compile_pattern(pattern, words, ignore_case) for pattern in parameters["patterns"]]
        self._except = [compile_pattern(pattern, words, ignore_case) for pattern in parameters.get("except", ())]
        self._except_titled = [compile_pattern(one, words, ignore_case) for one in parameters.get("except_titled", ())]
        self._at_title = parameters.get("at", "start") == "title"
        self._documents = frozenset(map(DocumentKind, parameters.get("documents", DocumentKind)))
        self._documents -= frozenset(map(DocumentKind, parameters.get("not_documents", ())))
        self._from_year: int = parameters.get("from_year", 0)
        self._or_coded_date: bool = parameters.get("or_coded_date", False)
        self._or_last = [compile_pattern(pattern, words, ignore_case) for pattern in parameters.get("or_last", ())]
        self._cases = [_case(case) for case in parameters.get("cases", ())]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit if the words are missing."""
        if document.kind not in self._documents or (document.year or self._from_year) < self._from_year:
            return
        text = self._field.text(document)
        if not text.content or any(p.search(text.content) for p in (*self._patterns, *self._except)):
            return
        if self._is_excused(document) or self._is_in_last(document):
            return
        span = self._place(document, text)
        found = document.source.text[span.start : span.end]
        yield Hit(span, {"found": found}, severity=self._severity(document))

    def _is_in_last(self, document: Document) -> bool:
        """Whether the last paragraph is all that is looked for."""
        if not self._or_last:
            return False
        last = next((block.text.content for block in reversed(document.blocks) if block.kind in BODY), "")
        return any(pattern.fullmatch(last.strip()) for pattern in self._or_last)

    def _is_excused(self, document: Document) -> bool:
        return is_titled(document, self._except_titled) or (self._or_coded_date and has_coded_date(document))

    def _place(self, document: Document, text: Text) -> Span:
        if self._at_title and document.title is not None:
            return document.title.text.whole()
        return text.span(0, len(text.content.split(None, 1)[0]))

    def _severity(self, document: Document) -> Severity | None:
        return next(_fitting(self._cases, document), None)


def _fitting(cases: Iterable[_Case], document: Document) -> Iterator[Severity]:
    return (case.severity for case in cases if case.fits(document))


def _case(parameters: dict[str, Any]) -> _Case:
    return _Case(SEVERITIES[parameters["severity"]], parameters.get("medium", ""), parameters.get("before", 0))
