"""Finds dates that are in no calendar, and weekdays that do not fall on their date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.field import Field, block_kinds
from fruslint.checks.search.shape import starts, wanted_shape
from fruslint.language.vocabulary import ANY_MONTH, MONTHS
from fruslint.model import Document
from fruslint.once import once
from fruslint.patterns import late
from fruslint.text import Text

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR = r"(?P<year>\d{4})(?![\d:]|\s?(?:hours|[ap]\.|Z))"
# Dates are found by a few letters in them, for a search that jumps from one to the next: looking for twelve names takes
# several times as long. Without a year only those days are looked at that some months have and others have not, and
# those that none has, where a date ends: two digits from 40 on may be a year, and others be counted.
_LATE_DAY = late(
    r"3(?<=[ –-]3)(?:[01]|[2-9](?=[.,;:)\]\n]|$| and | at ))(?<=(?P<day>..))(?!\d)(?! ?, ?\d{4})"
    rf"(?:(?:st|th)?(?: day)?(?: of)? (?P<month>{ANY_MONTH})\b(?! \d{{1,2}}\b)(?:,? {_YEAR})?)?"
)
# Behind ‘on’ stands a day: two digits from 40 on are no year there.
_DAY_OF_NO_MONTH = late(rf"on (?<= on )(?P<month>{ANY_MONTH}) (?P<day>[4-9]\d)(?![\d,:–-]| ?\d)")
_DAYS = (wanted_shape("0-0"),)
_LAST_DAY = late(r"(?P<range>[–-](?P<last>[1-9]|[12]\d|3[01]))(?![\w:/–-]|,? \d{1,2}\b|\.\d| [ap]\. ?m)")
_COMMA_AND_YEAR = late(rf", {_YEAR}")
_DAY_AND_YEAR = (wanted_shape("0, 0000"),)
_MONTH_AND_DAY = late(rf"\b(?P<month>{ANY_MONTH}) (?P<day>\d{{1,2}})(?:[–-](?P<last>\d{{1,2}}))?\Z")
_WEEKDAY = late(
    rf"day(?:,| the)? (?P<date>(?P<month>{ANY_MONTH}) (?P<day>\d{{1,2}})(?!\d)(?:[–-](?P<last>\d{{1,2}}))?)"
    rf"(?:(?P<with>,? ){_YEAR})?"
)
_YEAR_OF_DATE = late(rf"\b(?:{ANY_MONTH}) \d{{1,2}}(?:[–-]\d{{1,2}})?, {_YEAR}")
# A day without a year may be one of the year before or behind that of the document.
_YEARS_AROUND = (0, -1, 1)
_WEEKDAY_NAME = late(rf"\b(?:{'|'.join(_WEEKDAYS)})\Z")
_MONTH_END = late(rf"\b(?P<month>{ANY_MONTH}|Feb|Apr|Jun|Sept?|Nov)\.?\Z")
_LONGEST_NAME = max(map(len, (*MONTHS, *_WEEKDAYS)))
_SIC = late(r"[\s,.]*\[sic")
_LEAP_YEAR = 2000
_LONGEST_DATE = 20
_SHORT_NAMES = ("Feb", "Apr", "Jun", "Sep", "Sept", "Nov")  # of the months that have not 31 days
_MONTH_ENDS = tuple(f"{name}{dot}" for name in (*MONTHS, *_SHORT_NAMES) for dot in ("", "."))
_SHORTEST_MONTH = 28
_WORDS = block_kinds(["words"])


class CalendarCheck:
    """Reads the dates in ``in``, such as ``March 12, 1961`` and ``March 30–31``.

    ``report``: ``impossible`` dates (no such day in the month, or a year before ``first_year`` or after ``last_year``),
    or the ``weekday`` that a date does not fall on; one without a year is judged by the years of the other dates of its
    document, and by those before and behind them. A date with [sic] behind it is left alone.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "report"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "report": {"enum": ["impossible", "weekday"]},
            "first_year": {"type": "integer", "minimum": 1},
            "last_year": {"type": "integer", "maximum": 9998},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._first: int = parameters.get("first_year", 1)
        self._last: int = parameters.get("last_year", 9998)
        self._years = f"{self._first:04}", f"{self._last:04}"
        self._find = _wrong_weekdays if parameters["report"] == "weekday" else self._impossible

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each date that is wrong."""
        return self._find(self._field.text(document), document)

    def _impossible(self, text: Text, document: Document) -> Iterator[Hit]:
        content = text.content
        yield from _late_days(text)
        yield from _days_of_no_month(text, document)
        yield from _days_that_go_back(text)
        for start in starts(content, _DAY_AND_YEAR):
            if self._is_possible(content, start):
                continue
            year = _COMMA_AND_YEAR.match(content, start + 1)
            day = _month_and_day(content, start + 1) if year else None
            if year and day and not _SIC.match(content, year.end()):
                yield from self._full_date(text, day, year)

    def _is_possible(self, content: str, end: int) -> bool:
        """A quick look at the last digit of a day and what stands around it: a day of all months, a year of an edition."""
        year, day = content[end + 3 : end + 7], content[end - 2 : end + 1]
        is_day = " 01" <= day <= " 28" if day[:1] == " " else " 1" <= day[1:] <= " 9"
        return is_day and self._years[0] <= year <= self._years[1]

    def _full_date(self, text: Text, day: re.Match[str], found: re.Match[str]) -> Iterable[Hit]:
        year = int(found["year"])
        if not self._first <= year <= self._last:
            detail = f"the years of an edition lie between {self._first} and {self._last}"
            return (Hit(text.span(*found.span("year")), {"found": day[0] + found[0], "detail": detail}),)
        month = day["month"]
        wrong = [group for group in ("day", "last") if day[group] and _is_wrong(day[group], month, year)]
        return [_wrong_day(text, day.span(group), month, year) for group in wrong]


def _late_days(text: Text) -> Iterator[Hit]:
    """One hit for each day above 28, in a date with or without a year, that its month has not."""
    for found in _LATE_DAY.finditer(text.content):
        month, year = found["month"] or _month_before(text.content, found.start() - 1), int(found["year"] or 0)
        if _is_wrong(found["day"], month, year) and not _SIC.match(text.content, found.end()):
            yield _wrong_day(text, found.span("day"), month, year)


def _days_of_no_month(text: Text, document: Document) -> Iterator[Hit]:
    """One hit for each day from 40 on behind ‘on’ and a month, unless its last digit may be a marker that has no note."""
    strays = {marker.label.span.end for marker in document.strays}
    for found in _DAY_OF_NO_MONTH.finditer(text.content):
        if not _SIC.match(text.content, found.end()) and text.span(*found.span("day")).end not in strays:
            yield _wrong_day(text, found.span("day"), found["month"], 0)


def _days_that_go_back(text: Text) -> Iterator[Hit]:
    """One hit for each pair of days of a month whose second one is the earlier one."""
    for start in starts(text.content, _DAYS):
        last = _LAST_DAY.match(text.content, start + 1)
        first = _month_and_day(text.content, start + 1) if last else None
        if last and first and int(last["last"]) < int(first["day"]):
            found = f"{first[0]}{last['range']}"
            detail = f"day {last['last']} is before day {first['day']}"
            yield Hit(text.span(first.start("day"), last.end()), {"found": found, "detail": detail})


def _month_and_day(content: str, end: int) -> re.Match[str] | None:
    """The month and day whose words end at a place; looked for from the beginning of the word before the day on."""
    low = max(0, end - _LONGEST_DATE)
    blank = content.rfind(" ", low, end)
    if blank < 0 or not content.endswith(MONTHS, low, blank):
        return None
    return _MONTH_AND_DAY.search(content, content.rfind(" ", low, blank) + 1 or low, end)


def _month_before(content: str, at: int) -> str:
    """The month whose name stands before the place, or before the first day of a range that ends there."""
    before = content[max(0, at - _LONGEST_DATE) : at]
    if content[at] != " ":
        before = before.rstrip("0123456789").rstrip() if before[-1:].isdecimal() else ""
    found = _MONTH_END.search(before) if before.endswith(_MONTH_ENDS) else None
    return next(month for month in MONTHS if month.startswith(found["month"][:3])) if found else ""


def _is_wrong(day: str, month: str, year: int) -> bool:
    """Whether a month has no such day; without a year, February has 29."""
    number = int(day)
    if 1 <= number <= _SHORTEST_MONTH or not month:
        return False
    return not 1 <= number <= _last_day(year or _LEAP_YEAR, month)


def _wrong_day(text: Text, where: tuple[int, int], month: str, year: int) -> Hit:
    last = _last_day(year or _LEAP_YEAR, month)
    when = f"{month} {year}" if last == _SHORTEST_MONTH else month
    values = {"found": f"{month} {text.content[slice(*where)]}", "detail": f"{when} has {last} days"}
    return Hit(text.span(*where), values)


def _last_day(year: int, month: str) -> int:
    from calendar import monthrange  # slow to load, and few documents have such a date

    return monthrange(year, MONTHS.index(month) + 1)[1]


def _wrong_weekdays(text: Text, document: Document) -> Iterator[Hit]:
    for found in _WEEKDAY.finditer(text.content):
        name = _WEEKDAY_NAME.search(text.content, max(0, found.start() - _LONGEST_NAME), found.start() + len("day"))
        years = ((int(found["year"]),) if found["year"] else _years_of(document)) if name else ()
        right = _weekdays(found, years)
        if name and any(right) and name[0] not in right and not _SIC.match(text.content, found.end()):
            yield Hit(
                text.span(*name.span()), {"found": name[0], "expected": right[0], "detail": _detail(found, years)}
            )


def _weekdays(found: re.Match[str], years: Iterable[int]) -> Sequence[str]:
    """The weekdays that the first and the last day of a date fall on in these years."""
    month, days = MONTHS.index(found["month"]) + 1, [int(day) for day in (found["day"], found["last"]) if day]
    return [_weekday(year, month, day) for day in days for year in years]


@once
def _years_of(document: Document) -> Sequence[int]:
    """The years that a date without one may be of: those of the document's other dates, the most frequent first, and those
    before and behind them. A document without any may be of any year of its volume, or may speak of any other.
    """
    counts = Counter(int(found["year"]) for found in _YEAR_OF_DATE.finditer(document.view(_WORDS).text.content))
    if not counts:
        return ()
    own = [document.year] if document.year else []
    named = [*(year for year, _ in counts.most_common()), *own]
    return list(dict.fromkeys(year + one for one in _YEARS_AROUND for year in named))


def _detail(found: re.Match[str], years: Sequence[int]) -> str:
    """The date, as it is written or with the year that is meant."""
    return f"{found['date']}{found['with'] or ', '}{years[0]}"


def _weekday(year: int, month: int, day: int) -> str:
    """The name of the weekday; empty for a date that is in no calendar."""
    try:
        return _WEEKDAYS[date(year, month, day).weekday()]
    except ValueError:
        return ""
