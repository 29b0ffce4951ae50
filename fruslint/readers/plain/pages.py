"""Finds the page breaks of a plain-text memorandum, well formed or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fruslint.language.occurrences import occurrences
from fruslint.language.spelling import distance
from fruslint.model import PUBLISHED, Anomaly, Label, PageBreak
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_LOOSE = late(
    r"(?:\[\[|[\[({<［【〔])\s*(?P<facsimile>Facsimile +)?(?P<word>[A-Za-z]{1,6})[.,:;#–-]?(?P<gap>\s*)"
    r"(?P<number>(?=[A-Za-z]{0,4}[0-9])[0-9OoDQlISsZzBgqG|](?: ?[0-9OoDQlISsZzBgqG|]){0,4}|[ivxlc]{1,7})\b"
    r"(?:\s*[.,]?\s*(?P<close>\]\]|[\])}>］】〕]))?"
)
_STRICT = late(r"\[(?:Facsimile )?Page (?:[1-9]\d*|[ivxlc]+)\](?<!\[\[)")
# Without its brackets, without the first of them, or without its word
_BARE = late(r"(?<![\w\[({<［【〔])(?P<facsimile>)(?P<word>Page) (?P<number>[1-9]\d{0,4})\b(?P<close>\]?)")
_BARE_NUMBER = late(r"\[(?P<facsimile>)(?P<word>)(?P<number>[1-9]\d{0,4})(?P<close>\])")
_NUMBERLESS = late(r"\[(?P<facsimile>)(?P<word>Page)(?P<number>) ?(?P<close>\])")
_BRACKETED = (_LOOSE, _BARE_NUMBER, _NUMBERLESS)
_FIRST_ARABIC = 2
_BRACKET_REACH = 60
_PAIRS = ("[]", "［］", "【】", "〔〕")
_ABBREVIATIONS = frozenset({"p", "pp", "pg", "pgs", "pag", "pge", "pae"})
_LETTER = late(r"\D")
_LOOKALIKES = str.maketrans("OoDQlI|ZzSsGBgq", "000011122556899")
# What is never glued to a page marker, as a word is not; a dash or an opening bracket may stand right before it.
_CLOSERS = frozenset(".,;:?!)]”’")
_OPENERS = frozenset("“‘(")
_LINE_END = ("", "\n", "\r")
# An unclosed marker is told from "[Page 3 of the original is missing.]" by a bracket that closes later.
_LATER_CLOSE = late(r"[^\[\]\n]{0,200}\]")


class _Candidate(Record):
    """What may be a page marker. It is not ``certain`` which number is meant where a letter stands for a digit.

    One that is ``bare``, of its brackets or of its word, is none unless its number is missing or it has a line to itself.
    """

    span: Span
    label: Label
    facsimile: bool
    strict: bool
    certain: bool
    bare: bool = False


class Pages(Record):
    """The page breaks of a stretch of text, in order, and what is wrong with how they are written."""

    breaks: tuple[PageBreak, ...]
    anomalies: tuple[Anomaly, ...]


def find_pages(text: str, form: str = PUBLISHED.page) -> Pages:
    """The page breaks of ``text``, wherever they stand; ``form`` is how the dialect writes them, N for the number."""
    pages = _numbered(
        text, _trustworthy(text, list(_candidates(text) if form == PUBLISHED.page else _in_dialect(text, form)))
    )
    breaks = tuple(PageBreak(page.label, page.span, _in_word(text, page.span)) for page in pages)
    malformed = (_malformed(text, page, form) for page in pages if not page.strict)
    glued = (anomaly for page in pages for anomaly in _spacing(text, page.span))
    return Pages(breaks, (*malformed, *glued))


def _trustworthy(text: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that are page markers, as the sound ones among them tell."""
    if any(one.label.number is None for one in candidates):
        candidates = list(_without_misread(candidates))
    trusted = {one.label.number for one in candidates if one.strict or (one.certain and _is_in_brackets(text, one))}
    return [one for one in candidates if one.strict or _fits(one, trusted, text)]


def _numbered(text: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates, each with its number: where a letter stands for a digit, the pages around it tell."""
    for index, candidate in enumerate(candidates):
        if not candidate.strict and not candidate.certain:
            candidates[index] = _by_sequence(text, candidate, candidates[:index], candidates[index + 1 :])
    return candidates


def _candidates(text: str) -> Iterator[_Candidate]:
    last = -1
    for found in _looking_like_pages(text):
        if found.start() < last or not _is_page_word(found["word"]):
            continue
        if found["close"] or not _LATER_CLOSE.match(text, found.end("number")):
            last = found.end()
            yield _candidate(text, found)


def _is_page_word(written: str) -> bool:
    """Whether a word is ‘page’, one of its abbreviations, or almost it; nothing stands for it where it is lost."""
    word = written.lower()
    return not word or word == "page" or word in _ABBREVIATIONS or (len(word) > 3 and distance(word, "page", 1) <= 1)


def _candidate(text: str, found: re.Match[str]) -> _Candidate:
    label = _label(found)
    bare = not found["word"] or text[found.start()] == "P"
    strict = not bare and _STRICT.match(text, found.start()) is not None
    certain = label.text == found["number"].replace(" ", "").lstrip("0") != ""
    return _Candidate(_span(text, found), label, bool(found["facsimile"]), strict, certain, bare)


def _without_misread(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """The candidates; a Roman number among Arabic ones, of which 1 or 2 comes first, is not the number that is meant."""
    arabic = [(one.span, one.label.number) for one in candidates if one.label.number is not None and not one.facsimile]
    spans = [span for span, _ in arabic]
    for one in candidates:
        behind = bisect_right(spans, one.span)
        following = arabic[behind][1] if behind < len(arabic) else 0
        is_among = bool(arabic) and (arabic[0][0] < one.span or following > _FIRST_ARABIC)
        is_misread = one.label.number is None and is_among
        yield one._replace(strict=False, certain=False) if is_misread else one


def _looking_like_pages(text: str) -> Iterator[re.Match[str]]:
    """What looks like a page marker, in order: it is tried only at a bracket or its word, which are found much faster."""
    brackets = [(start, _BRACKETED) for bracket in "[({<［【〔" for start in occurrences(text, bracket)]
    words = [(start, (_BARE,)) for start in occurrences(text, "Page ")]
    for start, patterns in sorted([*brackets, *words], key=_start):
        found = next(filter(None, (one.match(text, start) for one in patterns)), None)
        if found is not None:
            yield found


def _start(place: tuple[int, object]) -> int:
    return place[0]


def _in_dialect(text: str, form: str) -> list[_Candidate]:
    """What has the form of a dialect, and what looks like a page marker in another form."""
    before, _, behind = form.partition("N")
    roman = "|[ivxlc]+" if any(map(str.isalpha, before + behind)) else ""
    pattern = late(rf"{re.escape(before)}(?P<number>\d{{1,5}}{roman}){re.escape(behind)}")
    own = {found.start(): found for found in pattern.finditer(text)}
    inside = {offset for found in own.values() for offset in range(*found.span())}
    strict = [_Candidate(Span(*found.span()), _label(found), False, True, True) for found in own.values()]
    others = (c for c in _candidates(text) if inside.isdisjoint(range(*c.span)))
    loose = [c._replace(strict=c.strict and c.facsimile) for c in others]
    return sorted([*strict, *loose], key=lambda c: c.span)


def _span(text: str, found: re.Match[str]) -> Span:
    if found["close"]:
        return Span(*found.span())
    return Span(found.start(), found.end("number"))


def _label(found: re.Match[str]) -> Label:
    number = found["number"].replace(" ", "")
    if any(char.isdigit() for char in number):
        number = number.translate(_LOOKALIKES).lstrip("0")
    return Label(number, Span(*found.span("number")))


def _fits(candidate: _Candidate, trusted: set[int | None], text: str) -> bool:
    """Whether a malformed marker is meant as one: in brackets it is, in parentheses only if its number is missing."""
    number = candidate.label.number
    if number is None:
        return not candidate.certain
    fits = number not in trusted and (number - 1 in trusted or number + 1 in trusted)
    if candidate.bare:
        return (fits or _is_whole_line(text, candidate.span)) and not _is_in_open_bracket(text, candidate.span.start)
    capital = text[candidate.span.start :].lstrip("([{< ")[:1].isupper()
    return _is_in_brackets(text, candidate) or (capital and (fits or not trusted))


def _is_in_open_bracket(text: str, place: int) -> bool:
    low = max(place - _BRACKET_REACH, 0)
    return text.rfind("[", low, place) > text.rfind("]", low, place)


def _is_whole_line(text: str, span: Span) -> bool:
    return text[max(0, span.start - 1) : span.start] in ("", "\n") and text[span.end : span.end + 1] in ("", "\n", "\r")


def _is_in_brackets(text: str, candidate: _Candidate) -> bool:
    return not candidate.bare and text[candidate.span.start] + text[candidate.span.end - 1] in _PAIRS


def _by_sequence(
    text: str, candidate: _Candidate, before: Sequence[_Candidate], behind: Sequence[_Candidate]
) -> _Candidate:
    """The candidate with the number that its neighbours call for, if its digits are those; else as the letters look."""
    last = next((c.label.number for c in reversed(before) if c.certain), None)
    following = next((c.label.number for c in behind if c.certain), None)
    written = text[slice(*candidate.label.span)]
    due = {last + 1 if last is not None else None, following - 1 if following is not None else None} - {None}
    fitting = [number for number in map(str, due) if not any(map(str.isdigit, written)) or _may_be(written, number)]
    if len(fitting) != 1:
        return candidate
    return candidate._replace(label=Label(fitting[0], candidate.label.span), certain=True)


def _may_be(written: str, number: str) -> bool:
    """Whether all digits of what is written are those of the number."""
    pairs = zip(written, number, strict=False)
    return len(written) == len(number) and all(a == b or not a.isdigit() for a, b in pairs)


def _malformed(text: str, candidate: _Candidate, form: str) -> Anomaly:
    written = text[slice(*candidate.label.span)]
    number = candidate.label.text if candidate.certain else _LETTER.sub("?", written) or "N"
    expected = f"[Facsimile Page {number}]" if candidate.facsimile else form.replace("N", number)
    found = text[candidate.span.start : candidate.span.end]
    edits = ((candidate.span, expected),) if candidate.certain else ()
    return Anomaly("page-malformed", candidate.span, {"found": found, "expected": expected}, edits)


def _in_word(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isalpha() and text[span.end : span.end + 1].isalpha()


def _indent_before(text: str, place: int) -> int:
    """By how many blanks what stands at a place is indented; 0 if words stand before it."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return 0 if line.strip() else len(line)


def _spacing(text: str, span: Span) -> Iterator[Anomaly]:
    before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    found = {"found": text[span.start : span.end], "expected": "between two single blanks"}
    if before[-1:] == " " and behind[:1] in _LINE_END:
        indent = _indent_before(text, span.start)
        if indent:
            place = Span(span.start - indent, span.start)
            yield Anomaly("page-spacing", span, {**found, "expected": "at the beginning of its line"}, ((place, ""),))
            return
    glued_before = before[-1:].isalnum() or before[-1:] in _CLOSERS
    glued_behind = behind[:1].isalpha() or behind[:1] in _OPENERS
    if (glued_before or glued_behind) and not _in_word(text, span):
        places = (span.start,) * glued_before + (span.end,) * glued_behind
        yield Anomaly("page-glued", span, found, tuple((Span(place, place), " ") for place in places))
    if before == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.start - 1, span.start), ""),))
    if behind == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.end, span.end + 1), ""),))
