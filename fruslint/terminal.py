r"""Text for a terminal: nothing but printable characters, and how many columns they take.

A file may hold control characters, invisible characters and characters that turn the direction of writing. All of
them are shown by name (``\x1b``, ``<U+200B>``), so that no file and no path can write anything but text to a screen.
"""

from __future__ import annotations

import os
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TextIO

from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Excerpt

DEFAULT_WIDTH = 80
MIN_WIDTH = 40
# An excerpt reaches 160 characters to either side; on wider lines its own end would look like the end of the line.
MAX_WIDTH = 140

_WORD_REACH = 16
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
_STYLES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "info": "1;36", "mark": "1;31", "good": "1;32"}
# Letters and symbols that look like nothing at all, but are not in a category that says so.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_TAB = "    "
# Nearly every line is made of these alone: each is shown as it is, in one column.
_PLAIN = late(r"[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2030-\u205e]*")


class Screen(Record):
    """What a report is written to: columns, whether it shows colours, the encoding, and whether somebody looks on."""

    width: int = DEFAULT_WIDTH
    color: bool = False
    encoding: str = "utf-8"
    terminal: bool = False

    def paint(self, text: str, style: str) -> str:
        """``text`` in one of the styles, or as it is where there are no colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color and text else text

    def show(self, text: str) -> str:
        """``text`` with everything escaped that is not plainly visible."""
        return visible(text, self.encoding)

    @property
    def ellipsis(self) -> str:
        """The sign for words left out, in three full stops where the encoding has no character for it."""
        return "…" if _encodable("…", self.encoding) else "..."


def screen_of(stream: TextIO, environ: Mapping[str, str], *, no_color: bool = False) -> Screen:
    """The screen behind a stream, as the stream and the environment (COLUMNS, NO_COLOR, FORCE_COLOR) describe it."""
    terminal = stream.isatty()
    columns = _columns(environ, stream if terminal else None)
    color = not no_color and _wants_color(terminal, environ)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return Screen(min(max(columns, MIN_WIDTH), MAX_WIDTH), color, encoding, terminal)


def _columns(environ: Mapping[str, str], terminal: TextIO | None) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 6:
        return int(columns)
    try:
        return (terminal and os.get_terminal_size(terminal.fileno()).columns) or DEFAULT_WIDTH
    except (OSError, ValueError):
        return DEFAULT_WIDTH


def _wants_color(terminal: bool, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    # The old console of Windows shows escape sequences as letters.
    capable = os.name != "nt" or "WT_SESSION" in environ
    return terminal and capable and environ.get("TERM") != "dumb"


@lru_cache(maxsize=1024)
def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def visible(text: str, encoding: str = "utf-8") -> str:
    """``text`` on one line, with every control, invisible or unencodable character shown by its name."""
    if _is_plain(text, encoding):
        return text
    return "".join(_form(char, encoding, marked=True) for char in text)


def _is_plain(text: str, encoding: str) -> bool:
    """Whether each character of a text is shown as it is and takes one column; others are looked at one by one."""
    if text.isascii():
        return text.isprintable()
    return _PLAIN.fullmatch(text) is not None and _encodable(text, encoding)


@lru_cache(maxsize=4096)
def _form(char: str, encoding: str, *, marked: bool) -> str:
    """How a character is shown; ``marked`` characters are what is wrong, so their tabs and spaces are named."""
    if not marked and char == "\t":
        return _TAB
    if not marked and char == "\u00a0":
        return " "
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() and not _hidden(char) and _encodable(char, encoding):
        return char
    return _named(char)


def _hidden(char: str) -> bool:
    code = ord(char)
    return char in _BLANK or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _named(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        code -= 0xDC00
        return f"\\x{code:02x}"
    return f"\\x{code:02x}" if unicodedata.category(char) == "Cc" else f"<U+{code:04X}>"


def width(text: str) -> int:
    """The columns that printable text takes: two for wide characters, none for combining marks."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


@lru_cache(maxsize=4096)
def _columns_of(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"} or 0x1160 <= ord(char) <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


class Marked(Record):
    """A line cut to the screen, and the line of carets to print below it."""

    line: str
    carets: str


def mark(excerpt: Excerpt, column: int, length: int, screen: Screen, room: int) -> Marked:
    """The part of a line around a place, at most ``room`` columns wide, with carets under that place.

    ``column`` counts from 1 in the whole line, ``length`` in code points; an empty place gets one caret.
    """
    start = min(max(column - excerpt.column, 0), len(excerpt.text))
    end = min(max(start + length, start), len(excerpt.text))
    forms, edges = _laid_out(excerpt.text, (start, end), screen.encoding)
    ellipsis = screen.ellipsis
    first, last = _window(excerpt, edges, (start, end), room, 2 * (len(ellipsis) + 1))
    left = f"{ellipsis} " if first > 0 or excerpt.column > 1 else ""
    right = f" {ellipsis}" if last < len(forms) else ""
    before = width(left) + edges[start] - edges[first]
    under = max(edges[min(end, last)] - edges[start], 0)
    if start < len(forms) and edges[start] == edges[start + 1] and before:
        before, under = before - 1, under + 1  # a combining mark stands over what comes before it
    return Marked(left + "".join(forms[first:last]) + right, " " * before + "^" * max(under, 1))


def _laid_out(text: str, marked: tuple[int, int], encoding: str) -> tuple[Sequence[str], Sequence[int]]:
    """How each character of a line is shown, and the column that each begins at, and the last one ends at."""
    if _is_plain(text, encoding):
        return text, range(len(text) + 1)
    start, end = marked
    forms = [_form(char, encoding, marked=start <= index < end) for index, char in enumerate(text)]
    return forms, [0, *accumulate(map(width, forms))]


def _window(
    excerpt: Excerpt, edges: Sequence[int], marked: tuple[int, int], room: int, ellipses: int
) -> tuple[int, int]:
    """The range of characters to show: the marked ones, and as much on both sides as there is room for.

    ``edges`` are the columns at which they begin and end; ``ellipses`` is what the signs for words left out take of the
    room, where not the whole line is shown.
    """
    if excerpt.column == 1 and edges[-1] <= room:
        return 0, len(edges) - 1
    start, end = marked
    free, text, cut = room - ellipses, excerpt.text, excerpt.column > 1
    last = _reach(edges, start, free, end)
    begin = _reach_back(edges, start, (free - edges[last] + edges[start]) // 2)
    begin = _to_word(text, begin, start, cut)
    stop = _reach(edges, last, free - edges[last] + edges[begin], len(edges) - 1)
    begin = _reach_back(edges, begin, free - edges[stop] + edges[begin])
    # The end of a mark that is shown whole stays; one that is cut is cut between two words.
    return _to_word(text, begin, start, cut), _to_word_end(text, stop, end if last == end else start + 1)


def _reach(edges: Sequence[int], start: int, room: int, end: int) -> int:
    """The last of the characters from ``start`` on, up to ``end``, that fit into a number of columns, exclusive."""
    return bisect_right(edges, edges[start] + room, start + 1, end + 1) - 1 if start < end else start


def _reach_back(edges: Sequence[int], end: int, room: int) -> int:
    """The first of the characters before ``end`` that fit into a number of columns."""
    return bisect_left(edges, edges[end] - room, 0, end)


def _to_word(text: str, begin: int, start: int, cut: bool) -> int:
    """``begin``, or the next beginning of a word behind it where it stands in the middle of one."""
    if begin == 0 and not cut:
        return 0
    space = text.find(" ", max(begin - 1, 0), min(begin + _WORD_REACH, start))
    return space + 1 if space >= 0 else begin


def _to_word_end(text: str, stop: int, keep: int) -> int:
    """``stop``, or the end of the word before it where it stands in the middle of one, but not before ``keep``."""
    if stop >= len(text):
        return stop
    space = text.rfind(" ", max(stop - _WORD_REACH, keep), stop + 1)
    return space if space >= 0 else stop
