"""Finds the page breaks of a plain-text memorandum, well formed or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from fruslint.model import PUBLISHED, Anomaly, Label, PageBreak
from fruslint.patterns import late
from fruslint.readers.plain.page_candidates import (
    Candidate,
    candidates,
    in_dialect,
    is_in_open_bracket,
    numbers_in_gaps,
)
from fruslint.record import Record
from fruslint.source import Span

_FIRST_ARABIC = 2
_LETTER = late(r"\D")
_DIGITS = late(r"\d+")
_LETTERS_FOR_DIGITS = late(r"[0-9OoDQlISsZzBgqG| ]*")
# What is never glued to a page marker, as a word is not; a dash or an opening bracket may stand right before it.
_CLOSERS = frozenset(".,;:?!)]”’")
_OPENERS = frozenset("“‘(")
_LONGEST_INDENT = 40
_LINE_END = ("", "\n", "\r")
_POINT_IN_SENTENCE = late(r"[.:;] [a-z]")
_LONE_POINT = late(r"[.,:;]\s*$", re.MULTILINE)


class Pages(Record):
    """The page breaks of a stretch of text, in order, and what is wrong with how they are written."""

    breaks: tuple[PageBreak, ...]
    anomalies: tuple[Anomaly, ...]


def find_pages(text: str, form: str = PUBLISHED.page) -> Pages:
    """The page breaks of ``text``, wherever they stand; ``form`` is how the dialect writes them, N for the number."""
    found = list(candidates(text) if form == PUBLISHED.page else in_dialect(text, form))
    pages = _numbered(text, list(_as_plain(_trustworthy(text, found))))
    pages = sorted([*pages, *numbers_in_gaps(text, pages)], key=_span)
    breaks = tuple(PageBreak(page.label, page.span, _in_word(text, page.span)) for page in pages)
    malformed = (_malformed(text, page, form) for page in pages if not page.strict)
    glued = (anomaly for page in pages if not page.guessed for anomaly in _spacing(text, page.span))
    return Pages(breaks, (*malformed, *glued))


def _span(page: Candidate) -> Span:
    return page.span


def _trustworthy(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are page markers, as the sound ones among them tell."""
    if any(one.label.number is None for one in found):
        found = list(_without_misread(found))
    trusted = {one.label.number for one in found if one.strict or (one.certain and one.bracketed and not one.beside)}
    return [one for one in found if one.strict or _fits(one, trusted, text)]


def _as_plain(pages: Sequence[Candidate]) -> Iterator[Candidate]:
    """The pages; one of a facsimile that is alone among others, and has just the number that they lack, is one of them."""
    plain = {page.label.number for page in pages if not page.facsimile}
    facsimiles = {page.label.number for page in pages if page.facsimile}
    for page in pages:
        number = page.label.number
        is_alone = page.facsimile and number is not None and number not in plain and len(facsimiles) == 1
        is_due = is_alone and number is not None and not plain.isdisjoint((number - 1, number + 1))
        yield page._replace(strict=False, facsimile=False) if is_due else page


def _numbered(text: str, pages: list[Candidate]) -> list[Candidate]:
    """The candidates, each with its number: where a letter stands for a digit, the pages around it tell."""
    following = _following(pages)
    last: int | None = None
    for index, page in enumerate(pages):
        if not page.strict and not page.certain:
            pages[index] = _by_sequence(text, page, last, following[index])
        last = _nearest_number(last, pages[index])
    return pages


def _following(pages: Sequence[Candidate]) -> Sequence[int | None]:
    """For each page the number of the next one behind it that is certain."""
    numbers: list[int | None] = []
    nearest: int | None = None
    for page in reversed(pages):
        numbers.append(nearest)
        nearest = _nearest_number(nearest, page)
    return numbers[::-1]


def _nearest_number(number: int | None, page: Candidate) -> int | None:
    """That of a page, if it is certain, or else the ``number`` of the one before it."""
    return page.label.number if page.certain else number


def _without_misread(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates; a Roman number among Arabic ones, of which 1 or 2 comes first, is not the number that is meant."""
    arabic = [(one.span, one.label.number) for one in candidates if one.label.number is not None and not one.facsimile]
    spans = [span for span, _ in arabic]
    for one in candidates:
        behind = bisect_right(spans, one.span)
        following = arabic[behind][1] if behind < len(arabic) else 0
        is_among = bool(arabic) and (arabic[0][0] < one.span or following > _FIRST_ARABIC)
        is_misread = one.label.number is None and is_among
        yield one._replace(strict=False, certain=False) if is_misread else one


def _fits(candidate: Candidate, trusted: set[int | None], text: str) -> bool:
    """Whether a malformed marker is meant as one: in brackets it is, in parentheses only if its number is missing."""
    number = candidate.label.number
    if number is None:
        return not candidate.certain
    beside = 0 if number in trusted else (number - 1 in trusted) + (number + 1 in trusted)
    fits = beside >= max(candidate.beside, 1)
    if candidate.beside:
        return fits
    if candidate.bare:
        return (fits or _is_whole_line(text, candidate.span)) and not is_in_open_bracket(text, candidate.span.start)
    capital = text[slice(*candidate.span)].lstrip("([{< ")[:1].isupper()
    return candidate.bracketed or (capital and (fits or not trusted))


def _is_whole_line(text: str, span: Span) -> bool:
    return text[max(0, span.start - 1) : span.start] in ("", "\n") and text[span.end : span.end + 1] in ("", "\n", "\r")


def _by_sequence(text: str, candidate: Candidate, last: int | None, following: int | None) -> Candidate:
    """The candidate with the number that its neighbours call for, if its digits are those; else as the letters look."""
    written = text[slice(*candidate.label.span)]
    due = {last + 1 if last is not None else None, following - 1 if following is not None else None} - {None}
    fitting = [number for number in map(str, due) if not any(map(str.isdigit, written)) or _may_be(written, number)]
    if len(fitting) != 1:
        return candidate
    return candidate._replace(label=Label(fitting[0], candidate.label.span), certain=True)


def _may_be(written: str, number: str) -> bool:
    """Whether all digits of what is written are those of the number, or it is one of several that are written."""
    digits = _DIGITS.findall(written)
    if number in digits or (len(digits) > 1 and number == "".join(digits)):
        return True
    pairs = zip(written, number, strict=False)
    return len(written) == len(number) and all(a == b or not a.isdigit() for a, b in pairs)


def _malformed(text: str, candidate: Candidate, form: str) -> Anomaly:
    written = text[slice(*candidate.label.span)]
    number = candidate.label.text if candidate.certain else _unread(written)
    expected = f"[Facsimile Page {number}]" if candidate.facsimile else form.replace("N", number)
    found = text[candidate.span.start : candidate.span.end]
    span = Span(_line_start(text, candidate.span.start), candidate.span.end)
    edits = ((span, expected),) if candidate.certain and not candidate.guessed else ()
    return Anomaly("page-malformed", candidate.span, {"found": found, "expected": expected}, edits)


def _unread(written: str) -> str:
    """The digits that can be read of a number, N where none is, or where it is more than a number."""
    return _LETTER.sub("?", written) or "N" if _LETTERS_FOR_DIGITS.fullmatch(written) else "N"


def _line_start(text: str, start: int) -> int:
    """Where a line begins of which nothing but a bullet and blanks stand before the end of a malformed marker."""
    indent = 0 if text[start] in "[({<［【〔*_P" else _indent_before(text, start)
    return start - indent


def _in_word(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isalpha() and text[span.end : span.end + 1].isalpha()


def _indent_before(text: str, place: int) -> int:
    """By how many blanks what stands at a place is indented; 0 if words stand before it."""
    low = max(0, place - _LONGEST_INDENT)
    begin = text.rfind("\n", low, place) + 1 or low
    line = text[begin:place]
    return 0 if line.strip() or (begin == low > 0) else len(line)


def _spacing(text: str, span: Span) -> Iterator[Anomaly]:
    """What is wrong with the blanks around a page marker, and before one that has its line to itself."""
    ends_line = text[span.end : span.end + 1] in _LINE_END
    indent = _indent_before(text, span.start) if ends_line and text[span.start - 1 : span.start] == " " else 0
    if indent:
        values = {"found": text[slice(*span)], "expected": "at the beginning of its line"}
        yield Anomaly("page-spacing", span, values, ((Span(span.start - indent, span.start), ""),))
        return
    found = {"found": text[slice(*span)], "expected": "between two single blanks"}
    yield from _glue(text, span, found)
    if text.startswith("  ", span.start - 2) and span.start > 1 and text[span.start] in "[({<":
        yield Anomaly("page-spacing", span, found, ((Span(span.start - 1, span.start), ""),))
    if text.startswith("  ", span.end):
        yield Anomaly("page-spacing", span, found, ((Span(span.end, span.end + 1), ""),))


def _glue(text: str, span: Span, found: Mapping[str, str]) -> Iterator[Anomaly]:
    """Where a marker is glued to a word on one side, or to a point that does not belong there."""
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    glued_before = before.isalnum() or before in _CLOSERS
    glued_behind = behind.isalpha() or behind in _OPENERS
    if (glued_before or glued_behind) and not _in_word(text, span):
        places = (span.start,) * glued_before + (span.end,) * glued_behind
        yield Anomaly("page-glued", span, found, tuple((Span(place, place), " ") for place in places))
    elif _POINT_IN_SENTENCE.match(text, span.end) or (_LONE_POINT.match(text, span.end) and before in ("", "\n")):
        yield Anomaly("page-glued", span, found)
