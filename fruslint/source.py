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
from fruslint.record import Record, record_of

_LINE_END = late(r"\r\n?|\n")
# CR CR LF is what a program makes of CR LF that takes its LF for a whole line end: editors count two, and mean one.
_CR = late(r"\r\r\n|\r\n?")
_LONE_CR = late(r"\r(?!\n)")
_EXCERPT = 160
# Code points: the lines of a text that is large are counted by blocks, and within one only where it is asked.
_LARGE, _BLOCK = 100_000, 4096
_USUAL = bytes(range(0x20, 0x7F)) + b"\n\r\t"
"""The letters and signs of ASCII, and what lays a text out."""
_LIKE_LETTERS = frozenset("\u034f\u115f")
"""Characters without a shape that Unicode counts among the marks and letters: a joiner and a filler."""

# As many bytes tell UTF-16 without a mark.
_HEAD = 32
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
    """The text of a file, the encoding it was in, and the length of its byte order mark in bytes.

    ``unusual`` are such characters in it, and ``has_cr`` whether it has a CR. These are None where only the text can tell:
    of bytes in UTF-8 they are found sooner than of the text.
    """

    text: str
    encoding: str
    mark: int
    unusual: frozenset[str] | None = None
    has_cr: bool | None = None


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
    """The text of ``data``: as its byte order mark says, as UTF-16 if it cannot be anything else, and otherwise in
    ``encoding``; raises UndecodableError.
    """
    mark, name = next(((m, n) for m, n in _MARKS if data.startswith(m)), (b"", _unmarked(data) or encoding))
    body = data[len(mark) :]
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        start = error.start
        raise UndecodableError(name, len(mark) + start, body[start], body[:start].decode(name, "replace")) from None
    if name != "utf-8":
        return Decoded(text, name, len(mark))
    return Decoded(text, name, len(mark), _unusual(body), b"\r" in body)


def readable(data: bytes, encoding: str = "utf-8") -> str:
    """The text of ``data`` as `decode` has it; where it raises, what stands before the first wrong byte."""
    try:
        return decode(data, encoding).text
    except UndecodableError as error:
        return error.prefix


def _unmarked(data: bytes) -> str:
    """The UTF-16 of a file without a mark: its first letters are of ASCII, and each has a zero beside it."""
    head = data[:_HEAD]
    first, second = head[::2], head[1::2]
    if len(head) < _HEAD or 0 not in head:
        return ""
    if not any(second) and 0 not in first:
        return "utf-16-le"
    return "utf-16-be" if not any(first) and 0 not in second else ""


def unusual(text: str) -> frozenset[str]:
    """The characters of a text that are not among the letters and signs of ASCII; line ends and tabs are usual too."""
    return _unusual(text.encode("utf-8", "surrogatepass"))


def _unusual(data: bytes) -> frozenset[str]:
    """The same of bytes in UTF-8: they are left out several times faster than characters are looked at, and few are left."""
    return frozenset(data.translate(None, _USUAL).decode("utf-8", "surrogatepass"))


def unprintable(characters: frozenset[str]) -> str:
    """Those of some characters that nobody can see, in order."""
    return "".join(sorted(char for char in characters if char in _LIKE_LETTERS or not char.isprintable()))


class Source:
    """The text of one file under the name it is reported by."""

    def __init__(
        self,
        path: str,
        text: str,
        encoding: str = "utf-8",
        mark: int = 0,
        unusual: frozenset[str] | None = None,
        has_cr: bool | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.mark = mark
        self._unusual = unusual
        self._has_cr = has_cr

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} code points)"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins; the first is 0."""
        text = self.text
        if self._has_lone_cr:
            return (0, *(found.end() for found in _LINE_END.finditer(text)))
        return (0, *map(add, accumulate(map(len, text.split("\n")[:-1])), count(1)))

    @cached_property
    def has_cr(self) -> bool:
        """Whether there is any line end that is not LF."""
        return "\r" in self.text if self._has_cr is None else self._has_cr

    @cached_property
    def _has_lone_cr(self) -> bool:
        return self.has_cr and _LONE_CR.search(self.text) is not None

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """For each block of the text the number of the line that its first character is in, and where that line begins."""
        text, line, start = self.text, 1, 0
        blocks = [(line, start)]
        for block in range(_BLOCK, len(text) + 1, _BLOCK):
            line += text.count("\n", block - _BLOCK, block)
            start = text.rfind("\n", block - _BLOCK, block) + 1 or start
            blocks.append((line, start))
        return blocks

    def _line_at(self, offset: int) -> tuple[int, int]:
        """The number of the line that ``offset`` is in, and where it begins."""
        if len(self.text) < _LARGE or self._has_lone_cr:
            line = bisect_right(self.line_starts, offset)
            return line, self.line_starts[line - 1]
        # In a large file few places are asked for, and to find all its lines would take longer.
        block = min(offset // _BLOCK, len(self._blocks) - 1)
        line, start = self._blocks[block]
        ends = self.text.count("\n", block * _BLOCK, offset)
        return line + ends, self.text.rfind("\n", block * _BLOCK, offset) + 1 if ends else start

    @property
    def lines(self) -> list[str]:
        """The lines without their terminators; what follows the last terminator is one too, even if it is empty."""
        # To split at one character is much faster, and nearly always enough.
        return _LINE_END.split(self.text) if self.has_cr else self.text.split("\n")

    def other_line_ends(self) -> Iterator[Span]:
        """Each line end that is not LF, in order."""
        return (Span(*found.span()) for found in _CR.finditer(self.text))

    @cached_property
    def unusual(self) -> frozenset[str]:
        """The characters of the text that are not among the letters and signs of ASCII; line ends and tabs are usual too."""
        return unusual(self.text) if self._unusual is None else self._unusual

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
        line, start = self._line_at(offset)
        return Position(line, offset - start + 1)

    def positions(self, span: Span) -> tuple[Position, Position]:
        """Where a span begins and where it ends, which is in the same line as a rule."""
        first, last = span
        first, last = max(first, 0), max(last, 0)
        line, start = self._line_at(first)
        words = self.text[first:last] if last - first < _BLOCK else "\n"  # a long one, as a rule, has one in it
        is_one_line = "\n" not in words and "\r" not in words
        end = record_of(Position, (line, last - start + 1)) if is_one_line else self.position(last)
        return record_of(Position, (line, first - start + 1)), end

    def line_span(self, line: int) -> Span:
        """The span of a line (counted from 1), without its terminator."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while start < end and self.text[end - 1] in "\r\n":  # two at most: a line has no end inside
            end -= 1
        return Span(start, end)

    def excerpt(self, offset: int, column: int = 0) -> Excerpt:
        """The line around ``offset``, cut to a bounded length on either side of it; ``column`` is its, where it is known."""
        here = max(offset, 0)
        begin = here + 1 - (column or self.position(here).column)
        start, last = max(begin, offset - _EXCERPT), offset + _EXCERPT
        end = self.text.find("\n", here, last)
        words = self.text[start : end if end >= 0 else last]
        if "\r" in words:
            words = words[: here - start] + words[here - start :].partition("\r")[0]
        return record_of(Excerpt, (words.rstrip("\r\n"), start - begin + 1))
