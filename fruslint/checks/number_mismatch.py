"""Finds documents whose number at the head is not the one of their id, or of their markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from fruslint.apparatus.document_numbers import id_number, printed_number
from fruslint.checks.base import Parameterless, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.markup.element import Element
from fruslint.model import Document, Label, Medium
from fruslint.record import Record

# So many may disagree and be wrong all the same, however few agree.
_FEW = 2


class _Comparison(Record):
    """Whether the numbers of a document agree; where they do not, and how, if not."""

    agree: bool
    document: str = ""
    place: Where | None = None
    found: str = ""
    expected: str = ""
    detail: str = ""


class NumberMismatchCheck(Parameterless):
    """Compares the number at the head with the number in the id of the document, and with the one its markup gives.

    The id of a document in a TEI volume is ``d`` and its number. Where more texts of a folder disagree with the names of
    their files than agree, the names count something else.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "detail"})

    def collect(self, document: Document) -> _Comparison | None:
        """Whether the numbers agree; None where there are no two."""
        label = document.number or document.coded_number
        others = [(other, detail) for other, detail in _other_numbers(document) if other] if label else []
        if label is None or not others:
            return None
        found = printed_number(label)
        if document.element is not None:
            in_markup = _compared_in_markup(document, document.element, label, found)
            if in_markup is not None:
                return in_markup
        for other, detail in others:
            if other.casefold() != found.lstrip("0").casefold():
                return _Comparison(False, document.id, place_in(document, label.span), found, other, detail)
        return _Comparison(True)

    def conclude(self, facts: Sequence[_Comparison]) -> Iterator[PlacedHit]:
        """One hit for each document whose numbers disagree."""
        wrong = sum(not fact.agree for fact in facts)
        if wrong > _FEW and wrong * 2 > len(facts):
            return
        for fact in facts:
            if fact.place is not None:
                values = {"found": fact.found, "expected": fact.expected, "detail": fact.detail}
                yield PlacedHit(fact.place, fact.document, values)


def _compared_in_markup(document: Document, element: Element, label: Label, found: str) -> _Comparison | None:
    """How the markup of a document departs from its number; None where it does not."""
    if _is_misnamed(document, found):
        where = element.attributes.get("xml:id")
        span = where.span if where is not None else label.span
        return _Comparison(False, document.id, place_in(document, span), found, document.id, "its `xml:id`")
    if document.coded_number is None:
        place = place_in(document, element.name_span)
        return _Comparison(False, document.id, place, found, "no number", "its markup (`n`)")
    return None


def _is_misnamed(document: Document, number: str) -> bool:
    """Whether the id of a document in a TEI volume is another one than its number, which stands there twice, makes it."""
    coded = document.coded_number
    if coded is None or not document.id or printed_number(coded) != number:
        return False
    return document.id.strip() not in (f"d{number}", f"d{number.lower()}")


def _other_numbers(document: Document) -> Iterator[tuple[str, str]]:
    if document.coded_number is not None:
        yield printed_number(document.coded_number), "its `n`"
    yield id_number(document), "the name of the file" if document.medium is Medium.TEXT else "its `xml:id`"
