"""Compares the dates in the attributes of a TEI volume with the words they stand for, and looks at their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.language.date_words import CodedDate, DateInWords, begins_with, clock_in, coded_date, dates_in
from fruslint.language.spelling import distance
from fruslint.language.vocabulary import MONTHS
from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record

_NAMES = ("when", "from", "to", "notBefore", "notAfter")
_PAIRS = (("from", "to"), ("notBefore", "notAfter"))
_MIDNIGHT = frozenset({(0, 0), (24, 0), (23, 59)})
_SIC = "[sic"
_CODED = late(r"\s(?:when|from|to|notBefore|notAfter)\s*=")
_WORD = late(r"[A-Z][a-z]{3,10}\b(?!\.)")
# Shorter names of months are too much like other words.
_SHORTEST = 5
_NO_SECONDS = late(r"T\d\d:\d\d(?!:)")
# Words with such signs may say more than is known.
_UNSURE = late(r"[\[\]?]|\bca?\.|(?i:undated|before|after|circa)")
# How long a value is that gives the day and no time
_DAY = len("1961-05-03")
_LONGEST = 80
# What every time of day has, for a quick look
_CLOCKLIKE = late(r"\d ?[apAPZG]|[Nn]oon|[Mm]idnight")
# No date holds as many elements; to read the words of thousands that stand in each other would take forever.
_MOST_INSIDE = 100


class _Tagged(Record):
    """A date that has attributes: its element, the attributes by name, and its words on one line."""

    number: int
    attributes: dict[str, Attribute]
    words: str


_Look = Callable[[str, dict[str, Attribute]], Iterator[tuple[Attribute, str]]]


class CodedDatesCheck:
    """Looks at the elements ``date``.

    ``report``: a ``day`` or a ``clock`` in the words that is not the one of the attribute; ``no-clock``, a time that no
    attribute has, where those of most times in the volume do; or the ``form`` of the attributes: no date of W3C, dates
    that exclude each other, an end before its beginning, none in a dateline.
    Dates with one of the attributes ``unless`` are left alone, and so are those of a ``calendar`` that is none of
    ``calendars``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["day", "clock", "no-clock", "form"]},
            "unless": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "calendars": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "attribute", "value", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        looks: dict[str, tuple[Callable[[Markup], list[_Tagged]], _Look]] = {
            "day": (_tagged, _wrong_days),
            "clock": (_tagged, _wrong_clocks),
            "no-clock": (_without_clocks, _missing_clocks),
            "form": (_tagged, _wrong_forms),
        }
        self._dates, self._look = looks[parameters["report"]]
        self._unless: tuple[str, ...] = tuple(parameters.get("unless", ()))
        self._calendars: tuple[str, ...] = tuple(parameters.get("calendars", ("gregorian",)))

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each attribute that is wrong."""
        if volume.markup is not None:
            for one in volume.markup.once(self._dates):
                if self._is_meant(one.attributes):
                    yield from self._hits(volume.markup, one)
            if self._look is _wrong_forms:
                yield from _uncoded(volume.markup)

    def _is_meant(self, attributes: dict[str, Attribute]) -> bool:
        calendar = attributes.get("calendar")
        if calendar is not None and calendar.value.strip("# ").lower() not in self._calendars:
            return False
        return not any(name in attributes for name in self._unless)

    def _hits(self, markup: Markup, one: _Tagged) -> Iterator[Hit]:
        for attribute, detail in self._look(one.words, one.attributes):
            values = {
                "found": one.words[:_LONGEST],
                "attribute": attribute.name,
                "value": attribute.value.strip() or f"‘{one.words[:_LONGEST]}’",
                "detail": detail,
            }
            yield Hit(attribute.span, values, (RelatedSpan(markup.content(one.number), "the words of the date"),))


def _uncoded(markup: Markup) -> Iterator[Hit]:
    """One hit for each date of a dateline that says a day and has no attribute for it."""
    tags = markup.by_tag("date").items()
    for number in sorted(number for tag, numbers in tags if not _CODED.search(tag) for number in numbers):
        if markup.after[number] - number < _MOST_INSIDE and _is_in_dateline(markup, number):
            words = " ".join(markup.inner_text(number).split())[:_LONGEST]
            if any(said.year for said in dates_in(words)):
                detail = "it has neither when nor from and to"
                values = {"found": words, "attribute": "", "value": f"‘{words}’", "detail": detail}
                yield Hit(markup.name_span(number), values)


def _is_in_dateline(markup: Markup, number: int) -> bool:
    """Whether an element stands in a dateline, or in one that is in italics."""
    parent = markup.parents[number]
    around = markup.parents[parent] if parent >= 0 and markup.names[parent] == "hi" else parent
    return around >= 0 and markup.names[around] == "dateline"


def _tagged(markup: Markup) -> list[_Tagged]:
    """The dates with attributes, in order."""
    found = []
    for number in markup.named("date"):
        attributes = markup.attributes(number) if markup.after[number] - number < _MOST_INSIDE else {}
        if attributes:
            found.append(_Tagged(number, attributes, " ".join(markup.inner_text(number).split())))
    return found


def _wrong_days(words: str, attributes: dict[str, Attribute]) -> Iterator[tuple[Attribute, str]]:
    when = attributes.get("when")
    coded = coded_date(when.value) if when is not None else None
    if _SIC in words or (coded and begins_with(words, coded)):
        return
    said = dates_in(words)
    if when is not None:
        detail = _disagreement(words, said, coded) if coded else None
        if detail is not None:
            yield when, detail
    elif len(said) == 1 and not said[0].ranges:
        yield from _wrong_ends(said[0], attributes)


def _disagreement(words: str, said: Sequence[DateInWords], coded: CodedDate) -> str | None:
    """What there is to say where none of the dates in words, all of them single days, is the coded one; None where one is.

    Words without a date agree, unless one of them is almost the name of the month.
    """
    if said:
        return None if any(one.ranges or _agree(one, coded) for one in said) else ""
    month = MONTHS[coded.month - 1] if coded.month else ""
    every = _WORD.findall(words) if len(month) >= _SHORTEST else ()
    misspelt = next((word for word in every if 0 < distance(word, month, 2) <= 2), None)
    return None if misspelt is None else f": ‘{misspelt}’ is probably ‘{month}’"


def _wrong_ends(said: DateInWords, attributes: dict[str, Attribute]) -> Iterator[tuple[Attribute, str]]:
    """A single day in words must lie between the two dates of the attributes."""
    for names in _PAIRS:
        ends = [coded_date(attributes[name].value) for name in names if name in attributes]
        if len(ends) == 2 and ends[0] and ends[1] and said.year and said.day:
            day = (said.year, said.month, said.day)
            if not tuple(ends[0][:3]) <= day <= (ends[1].year, ends[1].month or 12, ends[1].day or 31):
                yield attributes[names[0]], ""


def _agree(said: DateInWords, coded: CodedDate) -> bool:
    pairs = ((said.year, coded.year), (said.month, coded.month), (said.day, coded.day))
    return all(not one or not other or one == other for one, other in pairs)


def _wrong_clocks(words: str, attributes: dict[str, Attribute]) -> Iterator[tuple[Attribute, str]]:
    when = attributes.get("when")
    coded = coded_date(when.value) if when is not None else None
    if when is None or coded is None or coded.hour < 0 or _SIC in words:
        return
    said = clock_in(words)
    if said is None or said == (coded.hour, coded.minute):
        return
    if said not in _MIDNIGHT or (coded.hour, coded.minute) not in _MIDNIGHT:
        yield when, ""


def _missing_clocks(_: str, attributes: dict[str, Attribute]) -> Iterator[tuple[Attribute, str]]:
    yield attributes["when"], ""


def _without_clocks(markup: Markup) -> list[_Tagged]:
    """The dates whose words alone give a time; none where it is the habit of a volume to give the day and no more."""
    days = [
        one for one in markup.once(_tagged) if "when" in one.attributes and len(one.attributes["when"].value) == _DAY
    ]
    lacking = [one for one in days if _CLOCKLIKE.search(one.words) and _SIC not in one.words and clock_in(one.words)]
    values = [value for value in markup.by_value("date", "when") if value is not None]
    return lacking if len(lacking) < sum(len(value) > _DAY for value in values) else []


def _wrong_forms(words: str, attributes: dict[str, Attribute]) -> Iterator[tuple[Attribute, str]]:
    given = [attributes[name] for name in _NAMES if name in attributes]
    for attribute in given:
        detail = _fault(attribute)
        if detail:
            yield attribute, f"{attribute.name} {detail}"
    if len(given) == 1 and "when" in attributes and _says_more(words, attributes["when"].value):
        yield given[0], "when does not say the day, and the words do"
    if "when" in attributes and len(given) > 1 and not _is_narrowed(attributes):
        yield given[1], f"a date with when has no {given[1].name}"
    for names in _PAIRS:
        yield from _wrong_pair([attributes[name] for name in names if name in attributes], names)


def _fault(attribute: Attribute) -> str:
    """What is wrong with the form of an attribute; empty if nothing is."""
    value = attribute.value
    if not value.strip():
        return "is empty"
    if coded_date(value) is None:
        return "is no date as W3C writes it, such as 1961-05-03 or 1961-05-03T14:30:00"
    if value != value.strip():
        return "has blanks around it"
    return "has a time without seconds, which W3C writes 14:30:00" if _NO_SECONDS.search(value) else ""


def _says_more(words: str, value: str) -> bool:
    """Whether words say a day, with certainty, of which a value says the year or the month alone."""
    coded = coded_date(value) if len(value) < _DAY else None
    said = dates_in(words) if coded is not None and not coded.day and not _UNSURE.search(words) else []
    return coded is not None and len(said) == 1 and not said[0].ranges and said[0].day > 0 and _agree(said[0], coded)


def _is_narrowed(attributes: dict[str, Attribute]) -> bool:
    """Whether the date says a year or a month, and how much of it is meant."""
    return len(attributes["when"].value) < _DAY and {"notBefore", "notAfter"} <= attributes.keys()


def _wrong_pair(ends: Sequence[Attribute], names: tuple[str, str]) -> Iterator[tuple[Attribute, str]]:
    if len(ends) == 1:
        missing = names[0] if ends[0].name == names[1] else names[1]
        yield ends[0], f"{ends[0].name} stands without {missing}"
    for first, last in pairwise(ends):
        begin, end = coded_date(first.value), coded_date(last.value)
        if begin and end and all(begin[:3]) and all(end[:3]) and end < begin:
            yield last, f"{last.name} is before {first.name}, {first.value}"
