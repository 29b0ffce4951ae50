"""Finds documents without a number at the head, with one that is not written as it should be, or with a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameterless, Parameters, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.language.vocabulary import section_kind
from fruslint.markup.element import Element
from fruslint.model import Anomaly, Document, Label, Medium
from fruslint.once import once
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span
from fruslint.text import Block

_ID = late(r"(?:(?:.*[_. -]|frus[^d]*)?d0*|(?!0))(\d{1,5}[a-z]?)$", re.IGNORECASE)
_FORM = "number-form"
_NO_ROOM = 2


@once
def id_number(document: Document) -> str:
    """The number in the id of a document (of a text, the name of its file); empty if there is none."""
    found = _ID.match(document.id)
    return found[1] if found else ""


def printed_number(label: Label) -> str:
    """A printed number without the brackets of the editors."""
    return label.text.strip("[]")


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
        if (
            title is None
            or not title.text.content.strip()
            or section_kind(title.text.content)
            or self._is_free(document)
        ):
            return _Fact(False)
        return _missing(document, title)

    def conclude(self, facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
        """One hit for each document whose number is not as it should be."""
        numbered = sum(fact.numbered for fact in facts)
        usual = len(facts) <= _NO_ROOM or numbered * 2 > len(facts)
        for fact in facts:
            if fact.place is not None and (usual or fact.numbered):
                values = {"found": fact.found, "expected": fact.expected}
                yield PlacedHit(fact.place, fact.document, values, edits=fact.edits)

    def _is_free(self, document: Document) -> bool:
        early = document.year is not None and document.year < self._from_year
        return early or any(pattern.search(document.volume) for pattern in self._except)


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
        if wrong > _NO_ROOM and wrong * 2 > len(facts):
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


class MissingTitleCheck(Parameterless):
    """Asks for a heading with words in it; the label of a section is none."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def check_document(self, document: Document) -> Iterator[Hit]:
        """A hit if the document has no heading."""
        title = document.title
        words = title.text.content.strip() if title else ""
        label = document.number
        if label is not None and not words:
            yield Hit(label.span, {"found": label.text})
        elif title is not None and words:
            if label is None and section_kind(words):
                yield Hit(title.span, {"found": words})
        else:
            start = (title or document).span.start
            yield Hit(Span(start, start), {"found": "nothing"})
