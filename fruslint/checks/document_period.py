"""Looks at the attributes that say from when to when a division of a TEI volume dates, which a program made of its datelines.

The edition's masters have them since 2017, with the time zone; what sorts and searches by date goes by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.datelines import first_date
from fruslint.documents import Sketch, sketches
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.model import Volume
from fruslint.record import Record

# By so many days the zones may part what is said of one moment.
_ZONES = 1


class _Period(Record):
    """The two attributes of a division, and the moments that they say."""

    first: Attribute
    last: Attribute
    begins: datetime
    ends: datetime


class DocumentPeriodCheck:
    """Reads the attributes ``first`` and ``last`` of the elements ``of``: each needs the other, both are a date with time
    and zone, the last is not before the first, and the first dateline of a document falls between them, to the day; that
    one is a warning. Values: ``found``, a value, ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["of", "first", "last"],
        "additionalProperties": False,
        "properties": {name: {"type": "string", "minLength": 1} for name in ("of", "first", "last")},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._of: str = parameters["of"]
        self._first: str = parameters["first"]
        self._last: str = parameters["last"]

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each attribute that is wrong."""
        markup = volume.markup
        if markup is None or not any(name in volume.source.text for name in (self._first, self._last)):
            return
        periods: dict[int, _Period] = {}
        for number in markup.named(self._of):
            found = self._read(markup, number)
            if isinstance(found, _Period):
                periods[number] = found
            elif found is not None:
                yield found
        yield from _outside(markup, sketches(volume.documents), periods)

    def _read(self, markup: Markup, number: int) -> _Period | Hit | None:
        """The period of a division; what is wrong with it; None where it has neither attribute."""
        first, last = (markup.attribute(number, name) for name in (self._first, self._last))
        if first is not None and last is not None:
            return _period(first, last)
        if first is not None:
            return _hit(first, f"{self._first} stands without {self._last}")
        return _hit(last, f"{self._last} stands without {self._first}") if last is not None else None


def _period(first: Attribute, last: Attribute) -> _Period | Hit:
    """What the two attributes say together, or what is wrong with them."""
    begins, ends = _moment(first.value), _moment(last.value)
    if begins is None or ends is None:
        wrong = first if begins is None else last
        return _hit(wrong, f"{wrong.name} is no date with time and zone, such as 1961-05-03T14:30:00-05:00")
    if ends < begins:
        return _hit(last, f"{last.name} is before {first.name}, {first.value}")
    return _Period(first, last, begins, ends)


def _moment(value: str) -> datetime | None:
    """The moment that a value says; None for all that is no date with time and zone."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # the other: there are no days before year 1
        return None


def _outside(markup: Markup, documents: Iterable[Sketch], periods: dict[int, _Period]) -> Iterator[Hit]:
    """The documents whose first dateline is of another day."""
    for document in documents:
        period = periods.get(document.element.number) if document.element is not None else None
        dated = first_date(markup, document) if period is not None else None
        if period is None or dated is None or not all(dated.day):
            continue
        day, begins, ends = (one.toordinal() for one in (date(*dated.day), period.begins, period.ends))
        if not begins - _ZONES <= day <= ends + _ZONES:
            wrong = period.first if day < begins else period.last
            related = RelatedSpan(dated.attribute.span, "the date of the dateline")
            yield _hit(wrong, f"the dateline is of {dated.attribute.value}", Severity.WARNING)._replace(
                related=(related,)
            )


def _hit(attribute: Attribute, detail: str, severity: Severity | None = None) -> Hit:
    return Hit(attribute.span, {"found": attribute.value, "detail": detail}, severity=severity)
