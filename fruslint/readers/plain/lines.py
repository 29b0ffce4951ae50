"""Splits a plain-text memorandum into its lines and tells what each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, auto

from fruslint.patterns import late
from fruslint.record import Record, record_of
from fruslint.source import Source, Span

# A bullet, doubled or glued to its item too; what a conversion made of one; and what stands for one before a blank only.
_DOTS = "•●▪◦‣‧・\uf0a7\uf0b7"
_CONVERTED = r"&(?:bull|middot|#8226|#183|#[xX]2022|#[xX][bB]7);|â€¢"
_SIGNS = "·∙*–—+>?o»►➢-"
_BEGINS_ITEM = frozenset(f"{_DOTS}{_SIGNS}&â")
_ITEM = late(rf"(\s*)(?:((?:[{_DOTS}]|{_CONVERTED})[{_DOTS}]*)(\s*)|([{_SIGNS}])(\s+|$))(.*)")
_NOTE_SIGNS = "*†‡§¶[(l"
_NOTE = late(
    r"(\s*)(\d{1,4}|[*†‡§¶]|\d?[lO]\d?(?=\. ))([^\S\r\n]?[.)]|\.\.|[:,;]|)(\s+|$|(?<=[.)])(?=[A-Z“‘\"(\[]))(.*)"
)
_THREE = "\r\r\n"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_DIGITS = str.maketrans(_RAISED, "0123456789")
_MISREAD_DIGITS = str.maketrans("lO", "10")
# How some offices number their notes: ¹ Source, [1] Source, (1) Source; and programs that make plain text: [^1]: Source
_OTHER_NOTE = late(rf"(\s*)(?:[\[(]\^?(?P<boxed>\d{{1,3}})(\]:?|\))|(?P<raised>[{_RAISED}]{{1,3}})\.?)(\s*)(?=\S)(.*)")


class LineKind(StrEnum):
    """What a line looks like by itself."""

    BLANK = auto()
    ITEM = auto()
    INDENTED = auto()
    PLAIN = auto()


class Line(Record):
    """A line without its terminator; ``number`` counts from 0, ``indent`` the white space it begins with.

    ``words`` is the span without white space at either end.
    """

    number: int
    span: Span
    text: str
    kind: LineKind
    indent: int
    words: Span


class ItemParts(Record):
    """An item of a list: its indentation and bullet as written, and the span of its words."""

    indent: str
    bullet: str
    gap: str
    words: Span


class NoteParts(Record):
    """A note of the list: its indentation, label, period and gap as written, and the span of its words.

    The label of a ``raised`` number (¹) is written in plain digits, and so is one in which a letter stands for a digit,
    or that begins with a zero.
    """

    indent: str
    label: str
    label_span: Span
    period: str
    gap: str
    words: Span
    raised: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether the number is told from one of the text by its form."""
        return bool(self.period) or self.raised

    @property
    def number(self) -> int | None:
        """The value of the label; None for a sign."""
        return int(self.label) if self.label.isascii() and self.label.isdigit() else None


def split_lines(source: Source) -> list[Line]:
    """The lines of a source; white space behind the last line end is no line of its own."""
    pairs = _pairs(source)
    lines = [
        _line(number, start, text) if text else _blank(number, start) for number, (start, text) in enumerate(pairs)
    ]
    if lines and not lines[-1].text:
        lines.pop()
    return lines


def _pairs(source: Source) -> Iterable[tuple[int, str]]:
    """Each line and where it begins, without the empty ones that CR CR LF leaves between all lines."""
    pairs = zip(source.line_starts, source.lines, strict=True)
    if not source.has_cr or _THREE not in source.text:
        return pairs
    return [one for one in pairs if one[1] or not source.text.startswith(_THREE, one[0] - 1)]


def _blank(number: int, start: int, text: str = "") -> Line:
    end = start + len(text)
    nothing = record_of(Span, (end, end))
    whole = record_of(Span, (start, end)) if text else nothing
    return record_of(Line, (number, whole, text, LineKind.BLANK, len(text), nothing))


def _line(number: int, start: int, text: str) -> Line:
    stripped = text.strip()
    if not stripped:
        return _blank(number, start, text)
    whole = words = record_of(Span, (start, start + len(text)))
    indent, kind = 0, LineKind.PLAIN
    if len(stripped) != len(text):
        indent = len(text) - len(text.lstrip())
        words = record_of(Span, (start + indent, start + indent + len(stripped)))
        kind = LineKind.INDENTED if indent else LineKind.PLAIN
    if stripped[0] in _BEGINS_ITEM and _ITEM.match(text):
        kind = LineKind.ITEM
    return record_of(Line, (number, whole, text, kind, indent, words))


def item_parts(line: Line) -> ItemParts:
    """The parts of a line of kind ITEM."""
    found = _ITEM.match(line.text)
    assert found is not None  # noqa: S101 - a line is of kind ITEM because this pattern matches it
    bullet, gap = (2, 3) if found[2] else (4, 5)
    start = line.span.start + found.start(6)
    return ItemParts(found[1], found[bullet], found[gap], Span(start, line.span.start + len(line.text.rstrip())))


def note_parts(line: Line) -> NoteParts | None:
    """The parts of a line that begins like a note of the list, None for any other."""
    first = line.text[line.indent : line.indent + 1]
    if not (first.isdigit() or first in _NOTE_SIGNS):  # most lines
        return None
    found = _NOTE.match(line.text)
    if found is None:
        return _other_note_parts(line)
    base, (indent, label, period, gap, _) = line.span.start, found.groups()
    begin = base + found.start(5)
    words = record_of(Span, (begin, max(begin, line.words.end)))
    label_span = record_of(Span, (base + found.start(2), base + found.end(2)))
    number = label.translate(_MISREAD_DIGITS)
    if number[0] == "0":
        number = number.lstrip("0") or "0"
    return record_of(NoteParts, (indent, number, label_span, period, gap, words, False))


def _other_note_parts(line: Line) -> NoteParts | None:
    found = _OTHER_NOTE.match(line.text)
    if found is None:
        return None
    group = "boxed" if found["boxed"] else "raised"
    base = line.span.start
    words = Span(base + found.start(6), base + len(line.text.rstrip()))
    label = Span(base + found.start(group), base + found.end(group))
    text = found[group].translate(_PLAIN_DIGITS)
    return NoteParts(found[1], text, label, found[3] or "", found[5], words, group == "raised")
