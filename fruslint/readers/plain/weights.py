"""How likely digits of a plain-text memorandum are a note marker: by what they are glued to, and by the number before them."""

from __future__ import annotations

from fruslint.language.vocabulary import ANY_MONTH
from fruslint.patterns import late

SURE = 1.0
LIKELY = 0.7
POSSIBLE = 0.4
DOUBTFUL = 0.1
HIDDEN = 0.05
"""From what is glued to its word to what does not look like a marker at all, and may be one where nothing else fits."""

CLOSERS = frozenset(")]”’\"'?!;}›»")
"""What ends a word or a sentence: a marker behind it is one for certain."""
_CLOCK = late(r"(?::\d\d)?\s*(?:[ap]\. ?m\.|[ap]m\b|noon|midnight|o’clock)")
_DESIGNATIONS = (
    *("telegram", "despatch", "airgram", "circular", "message", "cable", "note", "document"),
    *("paragraph", "resolution", "directive", "decision", "article"),
)
_DESIGNATED = frozenset(_DESIGNATIONS)
_DESIGNATOR = late(
    r"(?:\b[Nn]os?\. ?|# ?|/|\b[A-Z][A-Za-z]*[ –-]|\bS?NIE [\d./–-]{1,9}[–-]"
    rf"|\b(?:{'|'.join(_DESIGNATIONS)})s? (?:[Nn]o\. )?)$"
)
_ABBREVIATION = late(r"(?:\b[Nn]o|\bpp?|\bvol|[/.]?[A-Z])\.$")
_YEAR = late(r"1[6-9]\d\d$")
_MONTH_BEFORE = late(rf"(?:{ANY_MONTH})\s+$")
_YEAR_BEHIND = late(r",? 1[6-9]\d\d\b")
_DAY_BEFORE = late(r"(?<!\d)\d{1,2} $")
_PAUSES = frozenset("…—")


def weight_by_glue(text: str, start: int, end: int) -> float:
    """How likely digits are a marker, by the character they are glued to."""
    before = text[start - 1]
    if before.isalpha():
        return _after_letter(text, start)
    if before in ".,":
        return _after_point(text, start, end)
    if before in "’'":
        return _after_apostrophe(text[start - 2 : start - 1])
    if before in CLOSERS:
        return SURE
    if before in _PAUSES or (before == "“" and end - start == 1):
        return POSSIBLE
    return _after_colon(text[start - 2 : start - 1], end - start) if before == ":" else 0.0


def _after_apostrophe(earlier: str) -> float:
    """``said.’3`` holds a marker, ``of ’61`` does not."""
    return SURE if earlier.isalnum() or earlier in CLOSERS or earlier in ".," else 0.0


def _after_colon(earlier: str, length: int) -> float:
    """``1959:2`` may hold a marker; ``6:10`` is a time, ``XXIV:6`` a paragraph."""
    if earlier.isdigit():
        return POSSIBLE if length == 1 else 0.0
    return 0.0 if earlier.isupper() else LIKELY


def _after_letter(text: str, start: int) -> float:
    if text[start - 1].isupper():
        return _after_capitals(text, start)
    return SURE if text[start - 2 : start - 1].isalpha() else POSSIBLE


def _after_capitals(text: str, start: int) -> float:
    """``NATO3`` is a marker more often than ``F1`` or ``U2``, which are names of things."""
    word_start = start
    while word_start > 0 and (text[word_start - 1].isalnum() or text[word_start - 1] in "./-–&"):
        word_start -= 1
    word = text[word_start:start]
    return LIKELY if len(word) > 2 and word.isalpha() else POSSIBLE


def _after_point(text: str, start: int, end: int) -> float:
    """``subject.7`` holds a marker, ``in 1968.5 The`` may; ``3.5 percent``, ``20,000`` and ``No.1`` do not."""
    if not text[start - 2 : start - 1].isdigit():
        return LIKELY if _ABBREVIATION.search(text, max(0, start - 6), start) else SURE
    if text[start - 1] == ",":
        return 0.0 if end - start >= 3 or _CLOCK.match(text, end) else LIKELY
    weight = POSSIBLE if _ends_sentence(text, end) else 0.0
    if _YEAR.search(text, max(0, start - 5), start - 1):
        return LIKELY if weight else POSSIBLE
    return weight


def _ends_sentence(text: str, end: int) -> bool:
    """Whether a line or a sentence can be over at a place: what comes behind a blank begins one."""
    following = text[end + 1 : end + 2]
    return text[end : end + 1] in ("", "\n") or following.isupper() or following in "([“"


def weight_behind_number(text: str, start: int, split: int, end: int) -> float:
    """How likely ``text[start:split]`` is a number of its own, which makes the rest of the run a marker."""
    head = text[start:split]
    if end - start == 4 and _YEAR.match(text, start, end):
        return 0.0
    if len(head) == 4 and _YEAR.match(head) and text[start - 1] not in "–-/":
        return LIKELY if _month_or_comma(text, start) else POSSIBLE
    if _ends_amount_or_time(text, start, head) or _is_day(text, start, head, end):
        return LIKELY
    return HIDDEN if _is_designated(text, start) and not _is_in_date(text, start, end) else 0.0


def _ends_amount_or_time(text: str, start: int, head: str) -> bool:
    """Three digits behind a comma, or two behind an hour."""
    return (len(head) == 3 and text[start - 1] == ",") or (len(head) == 2 and _hour_before(text, start))


def _is_day(text: str, start: int, head: str, end: int) -> bool:
    """A day behind its month, where all digits together are none, and not the year of ``31 March 62``."""
    if int(text[start:end]) <= 31 or not 0 < int(head) <= 31 or _is_in_date(text, start, end):
        return False
    month = _MONTH_BEFORE.search(text, max(0, start - 12), start)
    return month is not None and _DAY_BEFORE.search(text, max(0, month.start() - 3), month.start()) is None


def _is_in_date(text: str, start: int, end: int) -> bool:
    """Whether digits stand between a month and a year, where no marker stands: ``June 32, 1958`` is a slip."""
    return (
        _YEAR_BEHIND.match(text, end) is not None and _MONTH_BEFORE.search(text, max(0, start - 12), start) is not None
    )


def _is_designated(text: str, start: int) -> bool:
    """Whether what stands before says what the number is of: a telegram, a paragraph."""
    return _may_be_designated(text, start) and _DESIGNATOR.search(text, max(0, start - 16), start) is not None


def _may_be_designated(text: str, start: int) -> bool:
    """A quick look: not by most signs, and not by most words in small letters."""
    if text[start - 1] != " ":
        return text[start - 1] in ".#/–-\n"
    word = text[max(0, start - 16) : start - 1].rpartition(" ")[2]
    return not (word.isalpha() and word.islower()) or word.rstrip("s") in _DESIGNATED


def _hour_before(text: str, start: int) -> bool:
    return text[start - 1] == ":" and text[start - 2 : start - 1].isdigit()


def _month_or_comma(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    return before.endswith(", ") or _MONTH_BEFORE.search(before) is not None
