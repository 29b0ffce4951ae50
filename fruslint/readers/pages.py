"""Finds the page breaks of a plain-text memorandum, well formed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fruslint.model import Anomaly, Label, PageBreak
from fruslint.occurrences import occurrences
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span
from fruslint.spelling import distance

_LOOSE = late(
    r"[\[({]\s*(?P<facsimile>Facsimile +)?(?P<word>[A-Za-z]{1,6})\.?(?P<gap>\s*)"
    r"(?P<number>(?=[A-Za-z]{0,4}[0-9])[0-9OoDQlISsZzBgqG|]{1,5}|[ivxlc]{1,7})\b\s*(?P<close>[\])}]?)"
)
_STRICT = late(r"\[(?:Facsimile )?Page (?:\d+|[ivxlc]+)\]")
USUAL = "[Page N]"
_ABBREVIATIONS = frozenset({"p", "pg", "pag", "pge"})
_LETTER = late(r"\D")
_LOOKALIKES = str.maketrans("OoDQlI|ZzSsGBgq", "000011122556899")
# What is never glued to a page marker, as a word is not; a dash or an opening bracket may stand right before it.
_CLOSERS = frozenset(".,;:?!)]”’")
_OPENERS = frozenset("“‘(")
# An unclosed marker is told from "[Page 3 of the original is missing.]" by a bracket that closes later.
_LATER_CLOSE = late(r"[^\[\]\n]{0,200}\]")


class _Candidate(Record):
    """What may be a page marker. It is not ``certain`` which number is meant where a letter stands for a digit."""

    span: Span
    label: Label
    facsimile: bool
    strict: bool
    certain: bool


class Pages(Record):
    """The page breaks of a stretch of text, in order, and what is wrong with how they are written."""

    breaks: tuple[PageBreak, ...]
    anomalies: tuple[Anomaly, ...]


def find_pages(text: str, form: str = USUAL) -> Pages:
    """The page breaks of ``text``, wherever they stand; ``form`` is how the dialect writes them, N for the number."""
    candidates = list(_candidates(text) if form == USUAL else _in_dialect(text, form))
    trusted = {c.label.number for c in candidates if c.strict}
    kept = _numbered(text, [c for c in candidates if c.strict or _fits(c, trusted, text)])
    breaks = tuple(PageBreak(c.label, c.span, _in_word(text, c.span)) for c in kept)
    malformed = (_malformed(text, c, form) for c in kept if not c.strict)
    glued = (anomaly for c in kept for anomaly in _spacing(text, c.span))
    return Pages(breaks, (*malformed, *glued))


def _numbered(text: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates, each with its number: where a letter stands for a digit, the pages around it tell."""
    for index, candidate in enumerate(candidates):
        if not candidate.strict and not candidate.certain:
            candidates[index] = _by_sequence(text, candidate, candidates[:index], candidates[index + 1 :])
    return candidates


def _candidates(text: str) -> Iterator[_Candidate]:
    for found in _looking_like_pages(text):
        word = found["word"].lower()
        if word != "page" and word not in _ABBREVIATIONS and (len(word) < 4 or distance(word, "page", 1) > 1):
            continue
        if not found["close"] and _LATER_CLOSE.match(text, found.end()):
            continue
        strict = _STRICT.fullmatch(found[0]) is not None
        label = _label(found)
        yield _Candidate(_span(text, found), label, bool(found["facsimile"]), strict, label.text == found["number"])


def _looking_like_pages(text: str) -> Iterator[re.Match[str]]:
    """What matches ``_LOOSE``, in order: it is tried only at a bracket, which is found much faster by itself."""
    for start in sorted(start for bracket in "[({" for start in occurrences(text, bracket)):
        found = _LOOSE.match(text, start)
        if found is not None:
            yield found


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
    number = found["number"]
    if any(char.isdigit() for char in number):
        number = number.translate(_LOOKALIKES)
    return Label(number, Span(*found.span("number")))


def _fits(candidate: _Candidate, trusted: set[int | None], text: str) -> bool:
    """Whether a malformed marker is meant as one: in brackets it is, in parentheses only if its number is missing."""
    number = candidate.label.number
    if number is None:
        return False
    fits = number not in trusted and (number - 1 in trusted or number + 1 in trusted)
    square = text[candidate.span.start] == "[" and text[candidate.span.end - 1] == "]"
    capital = text[candidate.span.start :].lstrip("([{ ")[:1].isupper()
    return square or (capital and (fits or not trusted))


def _by_sequence(
    text: str, candidate: _Candidate, before: Sequence[_Candidate], behind: Sequence[_Candidate]
) -> _Candidate:
    """The candidate with the number that its neighbours call for, if its digits are those; else as the letters look."""
    last = next((c.label.number for c in reversed(before) if c.certain), None)
    following = next((c.label.number for c in behind if c.certain), None)
    written = text[slice(*candidate.label.span)]
    due = {last + 1 if last is not None else None, following - 1 if following is not None else None} - {None}
    fitting = [number for number in map(str, due) if _may_be(written, number)]
    if len(fitting) != 1:
        return candidate
    return candidate._replace(label=Label(fitting[0], candidate.label.span), certain=True)


def _may_be(written: str, number: str) -> bool:
    """Whether all digits of what is written are those of the number."""
    pairs = zip(written, number, strict=False)
    return len(written) == len(number) and all(a == b or not a.isdigit() for a, b in pairs)


def _malformed(text: str, candidate: _Candidate, form: str) -> Anomaly:
    written = text[slice(*candidate.label.span)]
    number = candidate.label.text if candidate.certain else _LETTER.sub("?", written)
    expected = f"[Facsimile Page {number}]" if candidate.facsimile else form.replace("N", number)
    found = text[candidate.span.start : candidate.span.end]
    edits = ((candidate.span, expected),) if candidate.certain else ()
    return Anomaly("page-malformed", candidate.span, {"found": found, "expected": expected}, edits)


def _in_word(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isalpha() and text[span.end : span.end + 1].isalpha()


def _spacing(text: str, span: Span) -> Iterator[Anomaly]:
    before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    found = {"found": text[span.start : span.end]}
    glued_before = before[-1:].isalnum() or before[-1:] in _CLOSERS
    glued_behind = behind[:1].isalpha() or behind[:1] in _OPENERS
    if (glued_before or glued_behind) and not _in_word(text, span):
        places = (span.start,) * glued_before + (span.end,) * glued_behind
        yield Anomaly("page-glued", span, found, tuple((Span(place, place), " ") for place in places))
    if before == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.start - 1, span.start), ""),))
    if behind == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.end, span.end + 1), ""),))
