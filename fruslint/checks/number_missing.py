"""Finds documents without a number at the head, or with one that is not written as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.apparatus.document_numbers import id_number
from fruslint.checks.base import Edits, Parameters, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.language.vocabulary import section_kind
from fruslint.model import Anomaly, Document
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.text import Block

_FORM = "number-form"
# So few documents show no habit, and each of them must have a number.
_FEW = 2


class _Fact(Record):
    """Whether a document is numbered; where and how that is wrong, if it is."""

    numbered: bool
    document: str = ""
    place: Where | None = None
    found: str = ""
    expected: str = ""
    edits: Edits = ()


class NumberMissingCheck:
    """Asks for a number at the head of each document, unless most documents of the volume have none.

    Volumes before ``from_year``, and those whose name matches one of ``except``, need none.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "from_year": {"type": "integer"},
            "except": {"type": "array", "items": {"type": "string", "minLength": 1}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._from_year: int = parameters.get("from_year", 0)
        self._except = tuple(late(pattern) for pattern in parameters.get("except", ()))

    def collect(self, document: Document) -> _Fact:
        """Whether the document has its number, and in the right form."""
        if _is_printed(document):
            form = next((anomaly for anomaly in document.anomalies if anomaly.kind == _FORM), None)
            return _Fact(True) if form is None else _malformed(document, form)
        title = document.title
        if title is None or not _is_heading(title.text.content) or self._is_free(document):
            return _Fact(False)
        return _missing(document, title)

    def conclude(self, facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
        """One hit for each document whose number is not as it should be."""
        numbered = sum(fact.numbered for fact in facts)
        usual = len(facts) <= _FEW or numbered * 2 > len(facts)
        for fact in facts:
            if fact.place is not None and (usual or fact.numbered):
                values = {"found": fact.found, "expected": fact.expected}
                yield PlacedHit(fact.place, fact.document, values, edits=fact.edits)

    def _is_free(self, document: Document) -> bool:
        early = document.year is not None and document.year < self._from_year
        return early or any(pattern.search(document.volume) for pattern in self._except)


def _is_heading(words: str) -> bool:
    """Whether it is more than nothing, and not the label of a section."""
    return words.strip() != "" and not section_kind(words)


def _is_printed(document: Document) -> bool:
    """Whether a document has a number, and not only in its markup."""
    number, coded = document.number, document.coded_number
    return number is not None and (coded is None or number.span != coded.span)


def _missing(document: Document, title: Block) -> _Fact:
    number = id_number(document)
    words = " ".join(title.text.content.split()[:2])
    where = title.text.span(0, len(title.text.content.split()[0]))
    expected = f"‘{number}. ’" if number else "the number of the document"
    return _Fact(False, document.id, place_in(document, where), words, expected)


def _malformed(document: Document, form: Anomaly) -> _Fact:
    expected = f"‘{form.values['expected']}’"
    return _Fact(True, document.id, place_in(document, form.span), form.values["found"], expected, form.edits)
