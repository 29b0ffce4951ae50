"""Finds what looks like a page marker in a plain-text memorandum, well formed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fruslint.language.occurrences import occurrences
from fruslint.language.spelling import distance
from fruslint.model import Label
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_LOOSE = late(
    r"(?:\[\[|[\[({<［【〔])\s*(?P<facsimile>Facsimile +)?(?P<word>[A-Za-z]{1,6})[.,:;#–-]?(?P<gap>\s*)"
    r"(?P<number>(?=[A-Za-z]{0,4}[0-9])[0-9OoDQlISsZzBgqG|](?: ?[0-9OoDQlISsZzBgqG|]){0,4}|[ivxlc]{1,7})\b"
    r"(?:\s*[.,]?\s*(?P<close>\]\]|[\])}>］】〕]))?"
)
_STRICT = late(r"\[(?:Facsimile )?Page (?:[1-9]\d*|[ivxlc]+)\](?<!\[\[)")
# With more than a number behind its word, with how many pages there are, or with a blank in its word
_MORE = late(
    r"\[\s*(?P<facsimile>Facsimile +)?(?P<word>[Pp] ?[Aa] ?[Gg] ?[Ee])[Ss]?\s*(?:#|(?i:no\b\.?|nr\b\.?|number\b))?\s*"
    r"(?P<number>[0-9]{1,4}(?:[.,][0-9]{1,3}|[–—-][0-9]{1,4}|\?|[a-z])?|[ivxlcdm]{1,12})(?:(?: of |/)[0-9]{1,4})?"
    r"\s*(?P<close>\])"
)
# Without its brackets, without the first of them, or without its word
_BARE = late(r"(?<![\w\[({<［【〔])(?P<facsimile>)(?P<word>Page) (?P<number>[1-9]\d{0,4})\b(?P<close>\]?)")
_BARE_NUMBER = late(r"\[(?P<facsimile>)(?P<word>)(?P<number>[1-9]\d{0,4})(?P<close>\])")
_NUMBERLESS = late(r"\[(?P<facsimile>)(?P<word>Page)(?P<number>) ?(?P<close>\])")
_OTHER_WORD = late(r"\[(?P<facsimile>)(?P<word>[A-Z][a-z]{2,7})\.? (?P<number>[1-9]\d{0,3})(?P<close>\])")
_BRACKETED = (_LOOSE, _MORE, _BARE_NUMBER, _NUMBERLESS, _OTHER_WORD)
# A line such as - 12 -
_DASHED = late(r"\n(?P<facsimile>)(?P<word>)(?P<close>[–—-]) ?(?P<number>[1-9]\d{0,3}) ?[–—-](?=\r?\n)")
_ABBREVIATIONS = frozenset({"p", "pp", "pg", "pgs", "pag", "pge", "pae"})
# What a page is called elsewhere; other words count only where their number is just the one that is missing.
_FOREIGN_WORDS = frozenset({"seite", "folio", "fol", "blatt", "pagina"})
_LOOKALIKES = str.maketrans("OoDQlI|ZzSsGBgq", "000011122556899")
_PLAIN_NUMBER = late(r"\d+|[ivxlc]+")
# An unclosed marker is told from "[Page 3 of the original is missing.]" by a bracket that closes later.
_LATER_CLOSE = late(r"[^\[\]\n]{0,200}\]")
_BRACKET_REACH = 60
_PAIRS = ("[]", "［］", "【】", "〔〕")
# Lower numbers are too often those of something else; so are those behind such a word.
_LEAST_IN_TEXT = 50
_COUNTED = late(r"(?:\b(?:No|Nos|pp?|[Pp]ages?|Documents?|[Tt]elegrams?|[Nn]otes?|Box|Lot|[A-Z]+)\.?|\$|£) \Z")
_EMPHASIS = "*_"
# A bullet before a marker that has its line to itself otherwise
_BULLET = late(r"(?:\A|\n)[ \t]*(?P<bullet>[•·∙●▪◦‣*–—-])[ \t]+\Z")
_LONGEST_BULLET = 20


class Candidate(Record):
    """What may be a page marker. It is not ``certain`` which number is meant where a letter stands for a digit.

    In square brackets (``bracketed``) it is one. One that is ``bare``, of its brackets or of its word, is none unless its
    number is missing or it has a line to itself. ``beside``: of the pages before and behind it so many must be there, and
    its own must be missing; else it is something else. One that is ``guessed`` may be a number of the text after all.
    """

    span: Span
    label: Label
    facsimile: bool
    strict: bool
    certain: bool
    bracketed: bool = False
    bare: bool = False
    beside: int = 0
    guessed: bool = False


def candidates(text: str) -> Iterator[Candidate]:
    """What looks like a page marker, in order."""
    last = -1
    for found in _looking_like_pages(text):
        one = _candidate(text, found) if found.start() >= last and _is_whole(text, found) else None
        if one is not None:
            last = one.span.end
            yield one


def in_dialect(text: str, form: str) -> list[Candidate]:
    """What has the form of a dialect, N for the number, and what looks like a page marker in another form."""
    before, _, behind = form.partition("N")
    roman = "|[ivxlc]+" if any(map(str.isalpha, before + behind)) else ""
    pattern = late(rf"{re.escape(before)}(?P<number>\d{{1,5}}{roman}){re.escape(behind)}")
    own = {found.start(): found for found in pattern.finditer(text)}
    inside = {offset for found in own.values() for offset in range(*found.span())}
    strict = [Candidate(Span(*found.span()), _label(found), False, True, True, True) for found in own.values()]
    others = (c for c in candidates(text) if inside.isdisjoint(range(*c.span)))
    loose = [c._replace(strict=c.strict and c.facsimile) for c in others]
    return sorted([*strict, *loose], key=lambda c: c.span)


def numbers_in_gaps(text: str, pages: Sequence[Candidate]) -> Iterator[Candidate]:
    """Numbers in the text that may be pages without anything around them: those missing between two pages."""
    for before, behind in pairwise(pages):
        number = (before.label.number or 0) + 1
        if number < _LEAST_IN_TEXT or behind.label.number != number + 1 or before.facsimile or behind.facsimile:
            continue
        among = re.compile(rf"(?<=[\w.,;:?!”’] ){number}(?= [\w“‘(])")
        found = list(among.finditer(text, before.span.end, behind.span.start))
        if len(found) == 1 and not _COUNTED.search(text, before.span.end, found[0].start()):
            span = Span(*found[0].span())
            yield Candidate(span, Label(str(number), span), False, False, True, guessed=True)


def is_in_open_bracket(text: str, place: int) -> bool:
    """Whether a bracket that was opened a few words before a place is not closed there."""
    low = max(place - _BRACKET_REACH, 0)
    return text.rfind("[", low, place) > text.rfind("]", low, place)


def _looking_like_pages(text: str) -> Iterator[re.Match[str]]:
    """What looks like a page marker, in order: it is tried only at a bracket or its word, which are found much faster."""
    brackets = [(start, _BRACKETED) for bracket in "[({<［【〔" for start in occurrences(text, bracket)]
    words = [(start, (_BARE,)) for start in occurrences(text, "Page ")]
    dashes = [(found.start(), (_DASHED,)) for found in _DASHED.finditer(text)]
    for start, patterns in sorted([*brackets, *words, *dashes], key=_start):
        found = next(filter(None, (one.match(text, start) for one in patterns)), None)
        if found is not None:
            yield found if found["close"] else _MORE.match(text, start) or found


def _start(place: tuple[int, object]) -> int:
    return place[0]


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether a marker is closed, or no bracket closes behind it either."""
    return bool(found["close"]) or not _LATER_CLOSE.match(text, found.end("number"))


def _candidate(text: str, found: re.Match[str]) -> Candidate | None:
    another = not _is_page_word(found["word"])
    if another and not _OTHER_WORD.match(text, found.start()):
        return None
    label, span = _label(found), _span(text, found)
    bare = not found["word"] or text[span.start] == "P"
    bracketed = not bare and text[span.start] + text[span.end - 1] in _PAIRS
    strict = bracketed and text[slice(*span)] == _strict(text, span.start)
    certain = label.text == found["number"].replace(" ", "").lstrip("0") and _PLAIN_NUMBER.fullmatch(label.text)
    beside = 2 if another else int(text[found.start()] == "\n")
    one = Candidate(span, label, bool(found["facsimile"]), strict, bool(certain), bracketed, bare, beside)
    return _with_signs(text, one)


def _strict(text: str, start: int) -> str:
    """The well-formed marker that begins at a place, empty where there is none."""
    found = _STRICT.match(text, start)
    return found[0] if found else ""


def _is_page_word(written: str) -> bool:
    """Whether a word is ‘page’, one of its abbreviations, or almost it; nothing stands for it where it is lost."""
    word = written.lower().replace(" ", "")
    if not word or word == "page" or word in _ABBREVIATIONS or word in _FOREIGN_WORDS:
        return True
    return len(word) > 3 and distance(word, "page", 1) <= 1


def _label(found: re.Match[str]) -> Label:
    number = found["number"].replace(" ", "")
    if any(char.isdigit() for char in number):
        number = number.translate(_LOOKALIKES).lstrip("0")
    return Label(number, Span(*found.span("number")))


def _span(text: str, found: re.Match[str]) -> Span:
    start, end = found.span()
    if not found["close"]:
        return Span(start, found.end("number"))
    if text[start] == "\n":
        return Span(start + 1, end)
    # the second bracket of [Here follows a list. [Page 12]] closes another one
    closes_another = found["close"] == "]]" and not text.startswith("[[", start) and is_in_open_bracket(text, start)
    return Span(start, end - 1 if closes_another else end)


def _with_signs(text: str, one: Candidate) -> Candidate:
    """The candidate with the signs of emphasis around it, and with the bullet before it, which it should not have."""
    start, end = one.span
    while start > 0 and text[start - 1] in _EMPHASIS and text[end : end + 1] == text[start - 1]:
        start, end = start - 1, end + 1
    is_last = text[end : end + 1] in ("", "\n", "\r")
    bullet = _BULLET.search(text, max(0, start - _LONGEST_BULLET), start) if is_last else None
    span = Span(bullet.start("bullet") if bullet else start, end)
    return one if span == one.span else one._replace(span=span, strict=False)
