"""Finds the page breaks of a plain-text memorandum, well formed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fruslint.model import Anomaly, Label, PageBreak
from fruslint.source import Span
from fruslint.spelling import distance

_LOOSE = re.compile(
    r"[\[({]\s*(?P<facsimile>Facsimile +)?(?P<word>[A-Za-z]{1,6})\.?(?P<gap>\s*)"
    r"(?P<number>(?=[A-Za-z]{0,4}[0-9])[0-9OoDQlISsZzBgqG|]{1,5}|[ivxlc]{1,7})\b\s*(?P<close>[\])}]?)"
)
_STRICT = re.compile(r"\[(?:Facsimile )?Page (?:\d+|[ivxlc]+)\]")
_ABBREVIATIONS = frozenset({"p", "pg", "pag", "pge"})
_LOOKALIKES = str.maketrans("OoDQlI|ZzSsGBgq", "000011122556899")
# An unclosed marker is told from "[Page 3 of the original is missing.]" by a bracket that closes later.
_LATER_CLOSE = re.compile(r"[^\[\]\n]{0,200}\]")


class _Candidate(NamedTuple):
    span: Span
    label: Label
    facsimile: bool
    strict: bool


class Pages(NamedTuple):
    """The page breaks of a stretch of text, in order, and what is wrong with how they are written."""

    breaks: tuple[PageBreak, ...]
    anomalies: tuple[Anomaly, ...]


def find_pages(text: str) -> Pages:
    """The page breaks of ``text``, wherever they stand."""
    candidates = list(_candidates(text))
    trusted = {c.label.number for c in candidates if c.strict}
    kept = [c for c in candidates if c.strict or _fits(c, trusted, text)]
    breaks = tuple(PageBreak(c.label, c.span, _in_word(text, c.span)) for c in kept)
    malformed = (_malformed(text, c) for c in kept if not c.strict)
    glued = (anomaly for c in kept for anomaly in _spacing(text, c.span))
    return Pages(breaks, (*malformed, *glued))


def _candidates(text: str) -> Iterator[_Candidate]:
    for found in _LOOSE.finditer(text):
        word = found["word"].lower()
        if word != "page" and word not in _ABBREVIATIONS and (len(word) < 4 or distance(word, "page", 1) > 1):
            continue
        if not found["close"] and _LATER_CLOSE.match(text, found.end()):
            continue
        strict = _STRICT.fullmatch(found[0]) is not None
        yield _Candidate(_span(text, found), _label(found), bool(found["facsimile"]), strict)


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


def _malformed(text: str, candidate: _Candidate) -> Anomaly:
    expected = f"[{'Facsimile ' * candidate.facsimile}Page {candidate.label.text}]"
    found = text[candidate.span.start : candidate.span.end]
    return Anomaly(
        "page-malformed", candidate.span, {"found": found, "expected": expected}, ((candidate.span, expected),)
    )


def _in_word(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isalpha() and text[span.end : span.end + 1].isalpha()


def _spacing(text: str, span: Span) -> Iterator[Anomaly]:
    before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    found = {"found": text[span.start : span.end]}
    glued_before, glued_behind = before[-1:].isalnum(), behind[:1].isalpha()
    if glued_before and not glued_behind:
        yield Anomaly("page-glued", span, found, ((Span(span.start, span.start), " "),))
    elif glued_behind and not glued_before:
        yield Anomaly("page-glued", span, found, ((Span(span.end, span.end), " "),))
    if before == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.start - 1, span.start), ""),))
    if behind == "  ":
        yield Anomaly("page-spacing", span, found, ((Span(span.end, span.end + 1), ""),))
