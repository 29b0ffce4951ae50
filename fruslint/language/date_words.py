"""Reads dates and times of day in words, and in the attributes of TEI."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from fruslint.language.vocabulary import MONTHS
from fruslint.patterns import late
from fruslint.record import Record

_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"Sept": 9}
_MONTHS = {**{name: number for number, name in enumerate(MONTHS, 1)}, **_SHORT}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?:,? ?(?P<year>\d{4})(?![\d:]|\s?(?:hours|Z\b|[ap]\.))(?P<to>[–-]\d{2,4})?)?"
_MONTH_FIRST = late(rf"\b(?P<month>{_MONTH}),? (?P<day>{_DAY})(?P<more>\s?[–/-]\s?(?:{_MONTH} )?{_DAY})?{_YEAR}")
_DAY_FIRST = late(rf"\b(?P<day>{_DAY})(?P<more>\s?[–/-]\s?{_DAY})? (?P<month>{_MONTH}){_YEAR}")
_MONTH_ALONE = late(rf"\b(?P<month>{_MONTH}),? (?P<year>\d{{4}})\b(?!\s?(?:Z\b|hours))")
_NAMED_MONTH = late(_MONTH)
_SIGNS = late(r"[\[\]?]")
_DIGITS = late(r"\d+")

_CODED = late(
    r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?)?)?)?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_CLOCK = late(
    r"\b(?P<hour>\d{1,2})(?:[:.] ?(?P<minute>\d\d))? ?(?P<half>[ap])\.? ?m\b|\b(?P<word>noon|midnight)\b"
    r"|\b(?P<zulu>\d{4}) ?(?:Z|GMT)\b",
    re.IGNORECASE,
)
_RANGE_BEFORE = late(r"\d\s?(?:[–-]|to|and)\s?\Z")


class DateInWords(Record):
    """A date as it is written: year and day are 0 where they are not given; ``ranges`` if it goes on to another day or year."""

    year: int
    month: int
    day: int
    ranges: bool


class CodedDate(Record):
    """A date of an attribute; month and day are 0, hour and minute -1, where they are not given."""

    year: int
    month: int
    day: int
    hour: int
    minute: int


def dates_in(words: str) -> list[DateInWords]:
    """The dates in some words, as far as they can be read with certainty; uncertain signs around them are left out."""
    plain = " ".join(_SIGNS.sub(" ", words).split()).replace(" ,", ",")
    matches = list(_MONTH_FIRST.finditer(plain)) or list(_DAY_FIRST.finditer(plain))
    if matches:
        return [date for found in matches for date in _read(found)]
    return [DateInWords(int(one["year"]), _month(one), 0, False) for one in _MONTH_ALONE.finditer(plain)]


def _read(found: re.Match[str]) -> list[DateInWords]:
    """One date, or two where it is given in the old and the new calendar: ``May 2/14, 1874``."""
    year, month, day = int(found["year"] or 0), _month(found), _day(found["day"])
    more = found["more"] or ""
    if not more.strip().startswith("/") or found["to"]:
        return [DateInWords(year, month, day, bool(more or found["to"]))]
    name = _NAMED_MONTH.search(more)
    second = _MONTHS[name[0].rstrip(".")] if name else month
    first_year = year if second >= month else 0
    return [DateInWords(first_year, month, day, False), DateInWords(year, second, _day(more), False)]


def _day(words: str) -> int:
    found = _DIGITS.search(words)
    return int(found[0]) if found else 0


def _month(found: re.Match[str]) -> int:
    return _MONTHS[found["month"].rstrip(".")]


@lru_cache(8192)
def coded_date(value: str) -> CodedDate | None:
    """The date of an attribute; None for what is not written as a date, or is in no calendar."""
    found = _CODED.fullmatch(value.strip())
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    hour, minute = int(found["hour"] or -1), int(found["minute"] or -1)
    is_real = hour <= 24 and minute <= 59 and _is_day(max(1, year), int(found["month"] or 1), int(found["day"] or 1))
    return CodedDate(year, month, day, hour, minute) if is_real else None


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether a calendar has the day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def begins_with(words: str, coded: CodedDate) -> bool:
    """A quick look whether some words begin with a day as it is mostly written: ``May 3, 1961``."""
    return coded.month > 0 and words.startswith(f"{MONTHS[coded.month - 1]} {coded.day}, {coded.year}")


def clock_in(words: str) -> tuple[int, int] | None:
    """The one time of day in some words, hours and minutes; None if there is none, more than one, or one that is not sure."""
    found = list(_CLOCK.finditer(words))
    if len(found) != 1 or _RANGE_BEFORE.search(words, 0, found[0].start()):
        return None
    return _time_of_day(found[0])


def _time_of_day(found: re.Match[str]) -> tuple[int, int] | None:
    """Hours and minutes; None for an hour that no clock has."""
    if found["word"]:
        return (12, 0) if found["word"].lower() == "noon" else (0, 0)
    if found["zulu"]:
        hour, minute = int(found["zulu"][:2]), int(found["zulu"][2:])
        return (hour, minute) if hour < 24 and minute < 60 else None
    return _in_half_day(int(found["hour"]), found["minute"], found["half"] in "pP")


def _in_half_day(hour: int, minutes: str | None, is_afternoon: bool) -> tuple[int, int] | None:
    """Hours and minutes of a time with a.m. or p.m.; None for 12 without minutes, which some mean for noon."""
    minute = int(minutes or 0)
    if not 1 <= hour <= 12 or minute > 59 or (hour == 12 and minutes is None):
        return None
    return hour % 12 + 12 * is_afternoon, minute
