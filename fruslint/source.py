"""Bytes to text, and offsets to lines and columns.

An *offset* counts Unicode code points from 0. A *line* and a *column* count from 1, the column in code points too.
LF, CRLF and a lone CR each end a line; nothing else does.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, count
from operator import add

from fruslint.patterns import late
from fruslint.record import Record

_LINE_END = late(r"\r\n?|\n")
_CR = late(r"\r\n?")
_LONE_CR = late(r"\r(?!\n)")
_EXCERPT = 160
_USUAL = bytes(range(0x20, 0x7F)) + b"\n\r\t"
"""The letters and signs of ASCII, and what lays a text out."""
_LIKE_LETTERS = frozenset("\u034f\u115f")
"""Characters without a shape that Unicode counts among the marks and letters: a joiner and a filler."""

# Longest first: the UTF-32 mark begins with the bytes of the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Span(Record):
    """A stretch of a source: offsets of its first code point and of the one behind its last."""

    start: int
    end: int


BYTE_ORDER_MARK = Span(-1, 0)
"""Stands for the byte order mark of a file, which is no part of its text: the place of an edit that takes it away."""
LINE_ENDS = Span(-3, -2)
"""Stands for all line ends of a file: the place of an edit that writes another for each, of which there are thousands."""


class Position(Record):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Excerpt(Record):
    """A part of one line: its text, and the column (from 1) at which that part begins in the line."""

    text: str
    column: int


class Decoded(Record):
    """The text of a file, the encoding it was in, and the length of its byte order mark in bytes."""

    text: str
    encoding: str
    mark: int


class UndecodableError(ValueError):
    """The bytes are not in the encoding they should be in.

    ``byte`` is the offset of the first offending byte in the file, ``value`` that byte, ``prefix`` the text before it.
    """

    def __init__(self, encoding: str, byte: int, value: int, prefix: str) -> None:
        super().__init__(f"byte {byte} (0x{value:02X}) is not valid {encoding}")
        self.encoding = encoding
        self.byte = byte
        self.value = value
        self.prefix = prefix


def decode(data: bytes, encoding: str = "utf-8") -> Decoded:
    """The text of ``data``: as its byte order mark says, and otherwise in ``encoding``; raises UndecodableError."""
    mark, name = next(((m, n) for m, n in _MARKS if data.startswith(m)), (b"", encoding))
    body = data[len(mark) :]
    try:
        return Decoded(body.decode(name), name, len(mark))
    except UnicodeDecodeError as error:
        start = error.start
        raise UndecodableError(name, len(mark) + start, body[start], body[:start].decode(name, "replace")) from None


def unusual(text: str) -> frozenset[str]:
    """The characters of a text that are not among the letters and signs of ASCII; line ends and tabs are usual too."""
    # Bytes are left out several times faster than characters are looked at, and few are left.
    left = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return frozenset(left.decode("utf-8", "surrogatepass"))


def unprintable(characters: frozenset[str]) -> str:
    """Those of some characters that nobody can see, in order."""
    return "".join(sorted(char for char in characters if char in _LIKE_LETTERS or not char.isprintable()))


class Source:
    """The text of one file under the name it is reported by."""

    def __init__(self, path: str, text: str, encoding: str = "utf-8", mark: int = 0) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.mark = mark

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} code points)"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins; the first is 0."""
        text = self.text
        if "\r" in text and _LONE_CR.search(text):
            return (0, *(found.end() for found in _LINE_END.finditer(text)))
        return (0, *map(add, accumulate(map(len, text.split("\n")[:-1])), count(1)))

    @property
    def lines(self) -> list[str]:
        """The lines without their terminators; what follows the last terminator is one too, even if it is empty."""
        # To split at one character is much faster, and nearly always enough.
        return _LINE_END.split(self.text) if "\r" in self.text else self.text.split("\n")

    def other_line_ends(self) -> Iterator[Span]:
        """Each line end that is not LF, in order."""
        return (Span(*found.span()) for found in _CR.finditer(self.text))

    @cached_property
    def unusual(self) -> frozenset[str]:
        """The characters of the text that are not among the letters and signs of ASCII; line ends and tabs are usual too."""
        return unusual(self.text)

    @cached_property
    def unprintable(self) -> str:
        """The characters of the text that nobody can see, line ends and tabs apart, in order."""
        return unprintable(self.unusual)

    @cached_property
    def newline(self) -> str:
        """The line end that the file uses: that of its first line."""
        found = _LINE_END.search(self.text)
        return found[0] if found is not None else "\n"

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``; the end of the text is a position too, the mark before it is at 1:1."""
        offset = max(offset, 0)
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def positions(self, span: Span) -> tuple[Position, Position]:
        """Where a span begins and where it ends, which is in the same line as a rule."""
        starts, first, last = self.line_starts, max(span.start, 0), max(span.end, 0)
        line = bisect_right(starts, first)
        begin = starts[line - 1] - 1
        is_one_line = line == len(starts) or last < starts[line]
        return Position(line, first - begin), Position(line, last - begin) if is_one_line else self.position(last)

    def line_span(self, line: int) -> Span:
        """The span of a line (counted from 1), without its terminator."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while start < end and self.text[end - 1] in "\r\n":  # two at most: a line has no end inside
            end -= 1
        return Span(start, end)

    def excerpt(self, offset: int, number: int = 0) -> Excerpt:
        """The line around ``offset``, cut to a bounded length on either side of it; ``number`` is its, where it is known."""
        line = number or self.position(offset).line
        begin = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        start = max(begin, offset - _EXCERPT)
        return Excerpt(self.text[start : min(end, offset + _EXCERPT)].rstrip("\r\n"), start - begin + 1)
