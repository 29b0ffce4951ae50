"""The datelines of the documents of a TEI volume, and the first coded date in them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from fruslint.documents import Sketch
from fruslint.language.date_words import coded_date
from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.record import Record

_DATED_BY = ("when", "from", "notBefore")
# What stands in these is no dateline of the document, and there is none inside of another.
_INNER = frozenset({"note", "frus:attachment", "dateline"})
# No dateline stands in as many elements: a bound on hostile files.
_DEEPEST = 50


Day = tuple[int, int, int]
"""Year, month and day, with zeros for what is not known."""


class Dated(Record):
    """A document, the day of its first coded date, and the attribute that says it."""

    document: Sketch
    day: Day
    attribute: Attribute


def first_date(markup: Markup, document: Sketch) -> Dated | None:
    """What the first coded date in the datelines of a document itself says; each is read once for all who ask."""
    if document.element is None:
        return None
    own, known = document.element.number, markup.once(_first_dates)
    if own not in known:
        known[own] = _first_coded(markup, datelines(markup, document))
    found = known[own]
    return Dated(document, *found) if found is not None else None


def _first_dates(markup: Markup) -> dict[int, tuple[Day, Attribute] | None]:
    """Where the first dates of documents are kept, by their elements."""
    return {}


def _first_coded(markup: Markup, own: Iterable[int]) -> tuple[Day, Attribute] | None:
    """The day of the first coded date in some datelines, and its attribute; one in brackets puts the one before it right."""
    dates = (number for dateline in own for number in markup.within(dateline, "date"))
    coded = ((number, found) for number in dates if (found := _coded(markup, number)) is not None)
    first = next(coded, None)
    if first is None:
        return None
    second = next(coded, None)
    if second is not None and markup.inner_text(second[0]).lstrip()[:1] == "[":
        return second[1]
    return first[1]


def _coded(markup: Markup, number: int) -> tuple[Day, Attribute] | None:
    """The day that the attributes of a date say, and the one that says it."""
    for name in _DATED_BY:
        attribute = markup.attribute(number, name)
        coded = coded_date(attribute.value) if attribute is not None else None
        if attribute is not None and coded is not None:
            return (coded.year, coded.month, coded.day), attribute
    return None


def datelines(markup: Markup, document: Sketch) -> list[int]:
    """The datelines of a document itself, not of what is attached to it or quoted in its notes."""
    return markup.once(_owned).get(document.element.number, []) if document.element is not None else []


def _owned(markup: Markup) -> dict[int, list[int]]:
    """The datelines by each of the elements around them that they are of, if it is a document."""
    found: dict[int, list[int]] = {}
    for number in markup.named("dateline"):
        for parent in islice(markup.ancestors(number), _DEEPEST):
            found.setdefault(parent, []).append(number)
            if markup.names[parent] in _INNER:
                break
    return found


def has_coded_date(document: Sketch) -> bool:
    """Whether a dateline of a document of a volume has a date whose attributes say which day, or year, it is."""
    return document.element is not None and first_date(document.element.markup, document) is not None
