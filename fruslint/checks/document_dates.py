"""Looks at the datelines of the documents of a TEI volume: what they hold, and how their dates follow each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.datelines import Dated, Day, datelines, first_date
from fruslint.checks.elements.words import element_words
from fruslint.documents import Sketch, sketches
from fruslint.language.date_words import DateInWords, coded_date, dates_in
from fruslint.language.vocabulary import ANY_MONTH, MONTHS
from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.model import DocumentKind, Volume
from fruslint.patterns import late
from fruslint.source import Span

_NO_WORD = late(r"[^\w]+")
_YEARS = late(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:[–-](\d\d)(?!\d))?")
_DATE = late(rf"\b(?:{ANY_MONTH}) \d{{1,2}}(?:[–-]\d{{1,2}})?, (?P<year>\d{{4}})(?!\d)")
_SHOWN = 60
_HELD = late(r"(?i)\b(?:held|meeting|session)\b")
# The day of another paper, which the document is about.
_OTHER = late(
    r"\b(?:of|to|on|in|under|with|and|by|from) (?:(?:the|its|a|an|this) )?(?:[A-Z][\w’-]+,? )*"
    r"(?:Treaty|Convention|Agreement|Protocol|Letter|Note|Telegram|Act|Law|Order|Decree|Message|Memorandum|Despatch|Dispatch|"
    r"Proclamation|Resolution|Declaration|Statement|Proposals?|Report|Armistice)"
    rf"(?: (?:of|dated|signed(?: [a-z]+ [A-Z]\w+,?)?))? (?=(?:{ANY_MONTH}) \d|\d{{1,2}} (?:{ANY_MONTH}))"
)
# The attributes that say the first and the last day that is meant.
_ENDS = (("when", "when"), ("from", "to"), ("notBefore", "notAfter"))
# So many elements may stand before the heading of a document.
_FIRST = 5


class DocumentDatesCheck:
    """Looks at the datelines of documents.

    ``report``: a year ``outside`` the years of the volume (more than ``margin`` off; at the beginning of a chapter, where
    documents on the background stand, more than ``background`` earlier; several such documents in a row are meant so, and
    so is one whose heading has the year; in plain text it is that of the heading), the ``order`` of documents in a chapter
    (of those whose day is known, and not only the earliest that it can be), a date that is ``untagged``, or a dateline
    ``placeless``, where less than ``share`` of the datelines of the volume have no place; one whose dates have an ``ana``
    that begins with one of ``inferred`` was supplied by the editors, who know of no place. Fewer than ``at_least`` are
    reported in any case, and none of documents of ``placeless_kinds``, which have no place. A dateline whose words hold one
    of ``undated`` is neither untagged nor placeless. A day in the ``heading`` must be one of those that the datelines give,
    if it is not that of another paper.

    Values of ``order``: ``other`` is the document that stands ``side`` (``before`` or ``behind``) of this one, and
    ``expected`` its date.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["outside", "order", "untagged", "placeless", "heading"]},
            "margin": {"type": "integer", "minimum": 0},
            "background": {"type": "integer", "minimum": 0},
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "at_least": {"type": "integer", "minimum": 1},
            "placeless_kinds": {"type": "array", "items": {"enum": [kind.value for kind in DocumentKind]}},
            "undated": {"type": "array", "items": {"type": "string"}},
            "inferred": {"type": "array", "items": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "other", "side", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        looks: dict[str, Callable[[Volume, Markup], Iterator[Hit]]] = {
            "outside": self._outside,
            "order": self._order,
            "untagged": self._untagged,
            "placeless": self._placeless,
            "heading": self._heading,
        }
        self._look = looks[parameters["report"]]
        self._is_of_headings = parameters["report"] == "outside"
        self._margin: int = parameters.get("margin", 1)
        self._background: int = parameters.get("background", 5)
        self._share: float = parameters.get("share", 0.2)
        self._at_least: int = parameters.get("at_least", 5)
        self._kinds = frozenset(parameters.get("placeless_kinds", ()))
        self._undated: tuple[str, ...] = tuple(parameters.get("undated", ()))
        self._inferred: tuple[str, ...] = tuple(parameters.get("inferred", ()))

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each dateline that is not as it should be; in plain text, for each date of a heading."""
        if volume.markup is None:
            return self._headings_outside(volume) if self._is_of_headings else ()
        return self._look(volume, volume.markup)

    def _headings_outside(self, volume: Volume) -> Iterator[Hit]:
        for document in volume.documents:
            years, title = _years_in(document.volume.partition("v")[0]), document.title
            found = _DATE.search(title.text.content) if years and title else None
            if years and title and found:
                first, last = years[0] - self._background, years[1] + self._margin
                if not first <= int(found["year"]) <= last:
                    span = title.text.span(*found.span("year"))
                    yield Hit(span, {"found": found["year"], "expected": _period(years)})

    def _outside(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        years = _years(volume, markup)
        if years is None:
            return
        first, last = years[0] - self._margin, years[1] + self._margin
        for chapter in _chapters(volume, markup):
            every = [one.day[0] for one in chapter]
            for place, one in enumerate(chapter):
                if self._is_outside(every, place, first, last) and not _is_in_heading(markup, one):
                    yield Hit(one.attribute.span, {"found": str(one.day[0]), "expected": _period(years)})

    def _is_outside(self, years: Sequence[int], place: int, first: int, last: int) -> bool:
        """Whether a year of a chapter is none from ``first`` to ``last``, and those beside it are.

        A chapter may begin with the background of what it is about, a document of some years before.
        """
        year, beside = years[place], (*years[max(0, place - 1) : place], *years[place + 1 : place + 2])
        if year < first:
            is_background = not place and len(years) > 1 and first - year < self._background
            return not is_background and min(beside, default=first) >= first
        return year > last and max(beside, default=last) <= last

    def _order(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        for dated in _chapters(volume, markup):
            chapter = [one for one in dated if one.attribute.name != "notBefore"]
            for place, (before, one) in enumerate(pairwise(chapter)):
                if one.day < before.day and all(before.day) and all(one.day):
                    around = _day_of(chapter, place - 1), _day_of(chapter, place + 2)
                    yield _late(before, one) if _is_late(before.day, one.day, *around) else _early(one, before)

    def _untagged(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        for document in sketches(volume.documents):
            for number in (one for one in datelines(markup, document) if not markup.within(one, "date")):
                words = " ".join(markup.inner_text(number).split())
                if dates_in(words) and not _is_undated(words, self._undated):
                    yield Hit(markup.words_span(number), {"found": words[:_SHOWN]})

    def _placeless(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        dated = list(self._with_dates(volume, markup))
        without = [number for number, placed in dated if not placed]
        if len(without) >= self._at_least and len(without) > self._share * len(dated):
            return
        for number in without:
            words = " ".join(markup.inner_text(number).split())
            if not _is_undated(words, self._undated):
                yield Hit(markup.words_span(number), {"found": words[:_SHOWN]})

    def _heading(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        for document in sketches(volume.documents):
            head = _dated_head(markup, document)
            said = _day_in(markup, head) if head is not None else None
            periods = list(_periods(markup, datelines(markup, document))) if said is not None else []
            if head is None or said is None or not periods:
                continue
            day = (said.year, said.month, said.day)
            if not any(first <= day <= last for first, last, _ in periods):
                first, _, attribute = periods[0]
                related = (RelatedSpan(attribute.span, "the date of the dateline"),)
                yield Hit(_place_of(markup, head, said), {"found": _iso(day), "expected": _iso(first)}, related)

    def _with_dates(self, volume: Volume, markup: Markup) -> Iterator[tuple[int, bool]]:
        """The first dateline with a date of each document, not an inferred one, and whether a dateline of it names a place."""
        for document in sketches(volume.documents):
            own = datelines(markup, document)
            first = next((one for one in own if _has_date(markup, one, self._inferred)), None)
            if first is not None and document.kind.value not in self._kinds:
                yield first, any(_has_place(markup, one) for one in own)


def _dated_head(markup: Markup, document: Sketch) -> int | None:
    """The heading of a document, if there is a year in it."""
    if document.element is None:
        return None
    children = islice(markup.children(document.element.number), _FIRST)
    head = next((child for child in children if markup.names[child] == "head"), None)
    return head if head is not None and _YEARS.search(markup.raw_text(head)) else None


def _is_in_heading(markup: Markup, one: Dated) -> bool:
    """Whether the heading of a document says the year of its date, too: nobody has the same slip three times."""
    head = _dated_head(markup, one.document)
    return head is not None and str(one.day[0]) in element_words(markup, head)


def _day_in(markup: Markup, head: int) -> DateInWords | None:
    """The one day that a heading says, but for the day of a meeting whose minutes may be of another one."""
    words = element_words(markup, head)
    said = [one for one in dates_in(words) if one.day and one.year and not one.ranges]
    return said[0] if len(said) == 1 and not _HELD.search(words) and not _OTHER.search(words) else None


def _periods(markup: Markup, own: Iterable[int]) -> Iterator[tuple[Day, Day, Attribute]]:
    """The first and the last day that each coded date of some datelines may be, and the attribute that says it."""
    for number in (number for dateline in own for number in markup.within(dateline, "date")):
        for begins, ends in _ENDS:
            first = markup.attribute(number, begins)
            last = markup.attribute(number, ends)
            coded = [coded_date(one.value) for one in (first, last) if one is not None]
            if first is not None and len(coded) == 2 and coded[0] is not None and coded[1] is not None:
                end = coded[1]
                yield coded[0][:3], (end.year, end.month or 12, end.day or 31), first


def _place_of(markup: Markup, head: int, said: DateInWords) -> Span:
    """Where a date stands in a heading: its month, day and year, or the whole heading if it is written otherwise."""
    written = f"{MONTHS[said.month - 1]} {said.day}, {said.year}"
    content = markup.content(head)
    start = markup.text.find(written, content.start, content.end)
    return markup.words_span(head) if start < 0 else Span(start, start + len(written))


def _iso(day: Day) -> str:
    return "-".join(f"{part:02}" for part in day)


def _day_of(chapter: Sequence[Dated], place: int) -> Day | None:
    """The day of a document of a chapter; None where there is no such document, or it has no day."""
    return chapter[place].day if 0 <= place < len(chapter) and all(chapter[place].day) else None


def _is_late(day: Day, next_day: Day, before: Day | None, behind: Day | None) -> bool:
    """Whether of two days in the wrong order the first one is out of place: those around it are in order without it."""
    return behind is not None and next_day <= behind < day and (before is None or before <= next_day)


def _early(one: Dated, before: Dated) -> Hit:
    related = (RelatedSpan(before.attribute.span, "the date of the document before"),)
    return _out_of_order(one, before, "before", related)


def _late(one: Dated, behind: Dated) -> Hit:
    return _out_of_order(
        one, behind, "behind", (RelatedSpan(behind.attribute.span, "the date of the document behind"),)
    )


def _out_of_order(one: Dated, other: Dated, side: str, related: tuple[RelatedSpan, ...]) -> Hit:
    values = {
        "found": _written(one),
        "other": other.document.id or "a document",
        "side": side,
        "expected": _written(other),
    }
    return Hit(one.attribute.span, values, related)


def _chapters(volume: Volume, markup: Markup) -> Iterable[list[Dated]]:
    """The documents that have a date, in order, by the element around them."""
    chapters: dict[int, list[Dated]] = {}
    for document in sketches(volume.documents):
        dated = first_date(markup, document)
        if dated is not None and document.element is not None and document.kind is not DocumentKind.EDITORIAL_NOTE:
            chapters.setdefault(markup.parents[document.element.number], []).append(dated)
    return chapters.values()


def _has_date(markup: Markup, dateline: int, inferred: tuple[str, ...]) -> bool:
    """Whether a date stands in a dateline, and not one that the editors inferred from other words of the document."""
    dates = markup.within(dateline, "date")
    return any(not (markup.value(number, "ana") or "").startswith(inferred) for number in dates)


def _has_place(markup: Markup, dateline: int) -> bool:
    """Whether a dateline has a place, tagged or not: more words than those of its dates."""
    if markup.within(dateline, "placeName"):
        return True
    rest = markup.inner_text(dateline)
    for number in markup.within(dateline, "date"):
        rest = rest.replace(markup.inner_text(number), " ", 1)
    return any(len(word) > 2 and word.isalpha() for word in _NO_WORD.split(rest))


def _is_undated(words: str, undated: Sequence[str]) -> bool:
    return any(word in words.lower() for word in undated)


def _years(volume: Volume, markup: Markup) -> tuple[int, int] | None:
    """The first and the last year that a volume covers, as its title or its id says."""
    titles = [number for number in markup.named("title") if (markup.value(number, "type") or "").startswith("sub")]
    for words in [*(markup.inner_text(number) for number in titles), volume.id.partition("v")[0]]:
        years = _years_in(words)
        if years:
            return years
    return None


def _years_in(words: str) -> tuple[int, int] | None:
    years = [_to_years(found) for found in _YEARS.finditer(words)]
    return (min(years)[0], max(last for _, last in years)) if years else None


def _to_years(found: re.Match[str]) -> tuple[int, int]:
    first = int(found[1])
    if not found[2]:
        return first, first
    last = first - first % 100 + int(found[2])
    return first, last if last >= first else last + 100


def _period(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def _written(one: Dated) -> str:
    return _iso(one.day)
