"""Finds the digits of a plain-text memorandum that could be note markers, each with its weight."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.model import PUBLISHED, Label
from fruslint.patterns import late
from fruslint.readers.plain.weights import (
    CLOSERS,
    DOUBTFUL,
    HIDDEN,
    LIKELY,
    POSSIBLE,
    SURE,
    weight_behind_number,
    weight_by_glue,
)
from fruslint.record import Record
from fruslint.source import Span

_DIGITS = late(r"[0-9¹²³⁰⁴-⁹]+")
_BEYOND_LATIN = "⁰⁴⁵⁶⁷⁸⁹"
_RUN = late(r"00*")  # begins with one letter, which is found much faster than any of several
_AS_ZERO = bytes(0x30 if chr(code) in "0123456789¹²³" else 0x20 for code in range(256))
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BARE, RAISED = PUBLISHED.marker, "¹"
_BEHIND = frozenset(")]”’\"'“‘;:,.!?—–…[(*")
_MAY_CONTINUE = frozenset(".,:–’")
_SENTENCE_GLUED = late(r"[A-Z][a-z]")
_CONTINUED = late(r"[.,:]\d|–\w|’s\b")
# What the marker of a title can be, and what stands before it if it is no number of a part or a meeting
_FIRST = ("0", "1")
_ENDS_TITLE = late(r"(?:[a-z]{5}|\d{4})\s\Z")
_REACH = 8
_RAISING, _RAISED_END = "<sup>", "</sup>"
_OF_TAG = ('"', ">")
# What a page for browsers calls a footnote
_FN = "fn"
_SMALL_BEHIND = late(r"[a-z]{2}")
_LONGEST_IN_WORD = 2
_LONGEST = 3
_LONGEST_RUN = 8


class Candidate(Record):
    """A digit run, or the end of one, that could be a marker. ``written`` is the whole of it, blanks and brackets too.

    ``touches`` is the span of a marker that it is one with: the 1 and the 2 of ``p.m.12`` are both markers, or neither.
    """

    number: int
    span: Span
    weight: float
    written: Span
    touches: Span | None = None

    @property
    def label(self) -> Label:
        """The number and its place."""
        return Label(str(self.number), self.span)

    @property
    def sure(self) -> bool:
        """Whether it looks like a marker at all: the last digit of "telegram 10932" may be one, or not."""
        return self.weight > HIDDEN


def in_form(number: int, form: str) -> str:
    """A marker as a dialect writes it."""
    return str(number).translate(_RAISED) if form == RAISED else form.replace("N", str(number))


def has_form(text: str, candidate: Candidate, form: str) -> bool:
    """Whether a marker is written as a dialect has it."""
    written = text[slice(*candidate.written)]
    if form == BARE:
        return candidate.written == candidate.span and written.isascii()
    return written == in_form(candidate.number, form)


def weighed(text: str, span: Span, title_end: int, form: str) -> Iterator[Candidate]:
    """All candidates, with the weights they have in a dialect: where markers stand in brackets, bare digits are numbers."""
    candidates = _candidates(text, span, title_end)
    if form == BARE:
        return candidates
    return (
        c._replace(weight=SURE if has_form(text, c, form) else min(c.weight, POSSIBLE)) for c in candidates if c.weight
    )


def _candidates(text: str, span: Span, title_end: int) -> Iterator[Candidate]:
    """All candidates, run by run."""
    for start, end in _runs(text, max(span.start, 1), span.end):
        before = text[start - 1]
        if start == span.start and end == title_end and end - start < _LONGEST:  # all that is left of the title
            yield Candidate(int(text[start:end]), Span(start, end), SURE, Span(start, end))
            continue
        if end - start > _LONGEST_RUN or (before == " " and end != title_end and _is_plain_number(text, start, end)):
            continue
        by_signs = _by_signs(text, start, end)
        if by_signs is not None:
            yield from by_signs
        elif start > span.start and _ends_there(text, start, end, span.end):
            yield from _of_run(text, start, end, title_end)


def _by_signs(text: str, start: int, end: int) -> Iterator[Candidate] | None:
    """The candidates of a run that is in a tag, raised, or in brackets; None for plain digits."""
    if text[start - 1] in _OF_TAG and _is_tagged(text, start, end):
        return _in_tag(text, start, end)
    if not text[start:end].isascii():
        return _raised(text, start, end)
    is_bracketed = text[start - 1] in "[(^" and text[end : end + 1] in "])"
    return _bracketed(text, start, end) if is_bracketed else None


def _runs(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the runs of digits stand between ``begin`` and ``end``, raised ones too."""
    if any(digit in text for digit in _BEYOND_LATIN):
        return (found.span() for found in _DIGITS.finditer(text, begin, end))
    zeros = text.encode("latin-1", "replace").translate(_AS_ZERO).decode("latin-1")
    return (found.span() for found in _RUN.finditer(zeros, begin, end))


def _is_plain_number(text: str, start: int, end: int) -> bool:
    """A year, or one digit within a sentence: most numbers, and no marker can be in them."""
    if end - start == 1:
        return text[start - 2] not in ".,?!”’\"')]" if start > 1 else True
    return end - start == 4 and text[start] == "1"


def _ends_there(text: str, start: int, end: int, limit: int) -> bool:
    """Whether a digit run is followed by what may follow a marker; ``note5He`` has lost its blank."""
    if end == limit or text[end].isspace():
        return True
    if text[end] in _BEHIND:
        return text[end] not in _MAY_CONTINUE or not _CONTINUED.match(text, end, limit)
    if _SENTENCE_GLUED.match(text, end, limit):
        return text[start - 1].islower() or text[start - 1] in ".”"
    return _is_in_word(text, start, end)


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether digits stand between small letters: a marker may have slipped there, or have lost the blank behind it."""
    if end - start > _LONGEST_IN_WORD or _SMALL_BEHIND.match(text, end) is None:
        return False
    before = text[start - 2 : start]
    return before.isalpha() and before.islower()


def _of_run(text: str, start: int, end: int, title_end: int) -> Iterator[Candidate]:
    """The whole run if it is glued to a word, and its last one or two digits where they may follow a number."""
    if text[end : end + 1].islower():
        yield Candidate(int(text[start:end]), Span(start, end), HIDDEN, Span(start, end))
        return
    if text[start - 2 : start] == _FN and end - start <= _LONGEST and not text[start - 3].isspace():
        yield Candidate(int(text[start:end]), Span(start, end), SURE, Span(start - len(_FN), end))
        return
    at_title_end = end <= title_end and not text[end:title_end].strip()
    if end - start > 1:
        yield from _suffixes(text, start, end, at_title_end)
    if end - start <= _LONGEST:
        weight = weight_by_glue(text, start, end)
        if text[start - 1].isspace():
            yield from _spaced(text, start, end, at_title_end)
        elif weight:
            yield Candidate(int(text[start:end]), Span(start, end), SURE if at_title_end else weight, Span(start, end))


def _suffixes(text: str, start: int, end: int, at_title_end: bool) -> Iterator[Candidate]:
    """The digits at the end of a run that may be a marker behind a number, ``October 24, 19571``."""
    if weight_by_glue(text, start, end) >= LIKELY:
        yield from _touching(text, start, end, LIKELY if at_title_end else DOUBTFUL)
        return
    lengths = (2, 1) if end - start > 2 and text[end - 2] != "0" else (1,)
    for length in lengths:
        weight = weight_behind_number(text, start, end - length, end)
        if weight:  # few numbers
            yield from _of_suffix(text, end - length, end, SURE if at_title_end and weight >= POSSIBLE else weight)


def _of_suffix(text: str, start: int, end: int, weight: float) -> Iterator[Candidate]:
    """The digits behind a number as one marker, and as two where they may be."""
    yield Candidate(int(text[start:end]), Span(start, end), weight, Span(start, end))
    if weight > HIDDEN:
        yield from _touching(text, start, end, weight)


def _touching(text: str, start: int, end: int, weight: float) -> Iterator[Candidate]:
    """Two markers without anything between them: 1 and 2 in ``p.m.12``."""
    if end - start == 2 and int(text[start]) + 1 == int(text[start + 1]):
        first, second = Span(start, start + 1), Span(start + 1, start + 2)
        yield Candidate(int(text[start]), first, weight, first, second)
        yield Candidate(int(text[start + 1]), second, weight, second, first)


def _spaced(text: str, start: int, end: int, at_title_end: bool) -> Iterator[Candidate]:
    """A number between the end of a sentence and the next one, or behind a title: a marker with a blank before it."""
    if at_title_end and text[start:end] in _FIRST and _ENDS_TITLE.search(text, max(0, start - _REACH), start):
        yield Candidate(int(text[start:end]), Span(start, end), DOUBTFUL, Span(start - 1, end))
        return
    before = text[:start].rstrip(" ")[-1:] if start < 3 else text[start - 3 : start].rstrip(" ")[-1:]
    behind = text[end : end + 2]
    ends = before in CLOSERS or before in ".,"
    if ends and (behind in ("", "\n") or behind[:1] == "\n" or behind[1:2].isupper()):
        yield Candidate(int(text[start:end]), Span(start, end), DOUBTFUL, Span(start - 1, end))


def _bracketed(text: str, start: int, end: int) -> Iterator[Candidate]:
    """``word[3]``: the form of other editions; ``word[^3]``: that of programs that make plain text."""
    begin = start - 2 if text.startswith("[^", start - 2) else start - 1
    glued = text[begin - 1 : begin]
    if end - start <= _LONGEST and (glued.isalpha() or glued in CLOSERS or glued in ".,"):
        yield Candidate(int(text[start:end]), Span(start, end), DOUBTFUL, Span(begin, end + 1))


def _is_tagged(text: str, start: int, end: int) -> bool:
    """Whether a number is the value of an attribute, or stands in the tags that raise it."""
    return text[start - 2 : start] == '="' or (text.endswith(_RAISING, 0, start) and text.startswith(_RAISED_END, end))


def _in_tag(text: str, start: int, end: int) -> Iterator[Candidate]:
    """``word<sup>3</sup>``: as pages for browsers have it."""
    if text[start - 1] == ">" and end - start <= _LONGEST:
        written = Span(start - len(_RAISING), end + len(_RAISED_END))
        yield Candidate(int(text[start:end]), Span(start, end), SURE, written)


def _raised(text: str, start: int, end: int) -> Iterator[Candidate]:
    """``word³``: raised digits alone; where others stand among them it is no marker."""
    digits = text[start:end]
    if not any(char in "0123456789" for char in digits):
        yield Candidate(int(digits.translate(_SUPERSCRIPTS)), Span(start, end), SURE, Span(start, end))
