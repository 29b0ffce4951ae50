"""Reports quotation marks without a partner, or turned the wrong way.

A quotation may reach over several paragraphs; each of them then begins with the opening mark again, and only the last
one has the closing mark. In a note the ends of its paragraphs may be lost. Straight marks take part in the count, so
that a quotation that mixes both kinds is whole, but are never reported here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search import field
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.field import block_kinds
from fruslint.checks.search.marks import MARK, SAYS, EvenMarks, OpenMarks, begins_paragraph, stretches
from fruslint.checks.search.searches import Exceptions
from fruslint.checks.search.sieve import Needs
from fruslint.language.occurrences import occurrences
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.text import Text

_OPENERS = "\n \t\u00a0([{—–-/‘'…*"
_CLOSERS = "\n \t\u00a0)]}—–-/’'…*.,;:!?"
_NO_WORD = "\n \t\u00a0)]}.,;:!?"
_BLANKS = "\n \t\u00a0"
_BREAK = late(r"<lb\b[^<>]*>\s*\Z")
_LONGEST_BREAK = 120
_STOPS = frozenset(".?!;:")
_PUT_OFF = frozenset(":—–-…")
_STRAIGHT = '"'
_OMISSION = frozenset("….'‘")
# The number of a telegram or a paragraph, its period and a blank are no longer than that.
_NUMBER = 8


class _Shape(Enum):
    """What a mark looks like from the characters beside it."""

    OPENING = auto()
    CLOSING = auto()
    ALONE = auto()
    UNCLEAR = auto()


class _Odd(Record):
    """A mark to report: where it stands, and whether it is unclosed, unopened or reversed."""

    at: int
    trouble: str


def _shape(content: str, index: int) -> _Shape:
    before = content[index - 1] if index else "\n"
    behind = content[index + 1] if index + 1 < len(content) else "\n"
    if before in _BLANKS and behind in _BLANKS:
        return _Shape.ALONE
    if before in _OPENERS and behind not in (_NO_WORD if before in _BLANKS else _CLOSERS):
        return _Shape.OPENING
    if before not in _OPENERS and behind in _CLOSERS:
        return _Shape.CLOSING
    return _Shape.UNCLEAR


class _Count:
    """The state of counting through one text."""

    __slots__ = ("_close", "_content", "_is_note", "_last", "_open", "_opened", "odd")

    def __init__(self, opening: str, closing: str, content: str, is_note: bool) -> None:
        self._open, self._close = opening, closing
        self._content = content
        self._is_note = is_note
        self._last = 0
        self._opened = OpenMarks()
        self.odd: list[_Odd] = []

    def run(self, marks: Iterable[int]) -> list[_Odd]:
        """What is odd about these marks, in order."""
        for index in marks:
            end = self._content.find("\n", self._last, index)
            if end >= 0:
                self._end_paragraph(end, index)
            self._last = index
            self._see(index)
        self.odd.extend(_Odd(index, "unclosed") for index in self._opened)
        first = {odd.at: odd for odd in reversed(self.odd) if self._content[odd.at] != _STRAIGHT}
        return sorted(first.values())

    def _end_paragraph(self, end: int, following: int) -> None:
        """A quotation goes on if it is opened again, if it began the paragraph, or if the paragraph announces more."""
        goes_on = self._is_opened_again(end, following) or self._content[end - 1] in _PUT_OFF
        dropped = self._opened.end_paragraph(lambda index: goes_on or self._is_long(index))
        self.odd.extend(_Odd(index, "unclosed") for index in dropped)

    def _is_long(self, index: int) -> bool:
        """Whether it may be a quotation of several paragraphs: it begins one, or a colon or a number announces it."""
        content = self._content
        if begins_paragraph(content, index) or content[max(0, index - 2) : index].strip() == ":":
            return True
        start = content.rfind("\n", max(0, index - _NUMBER), index) + 1
        return (
            (start > 0 or index < _NUMBER)
            and content[start : index - 2].isdigit()
            and content[index - 2 : index] == ". "
        )

    def _is_opened_again(self, end: int, index: int) -> bool:
        following = self._content[end + 1 : index]
        return self._content[index] == self._open and following.strip("\"'‘") == ""

    def _see(self, index: int) -> None:
        mark, shape = self._content[index], _shape(self._content, index)
        if shape is _Shape.ALONE and not begins_paragraph(self._content, index) and not self._opens_omission(index):
            self._close_latest()
        elif mark == _STRAIGHT:
            self._see_straight(index, shape)
        elif mark == self._open:
            self._see_opening(index, shape)
        else:
            self._see_closing(index, shape)

    def _see_straight(self, index: int, shape: _Shape) -> None:
        if shape is _Shape.OPENING:
            self._opened.push(index)
        else:
            self._close_latest()

    def _opens_omission(self, index: int) -> bool:
        """Whether a quotation begins with what was left out, as in “ … on the border”, or with a mark of its own, “ ‘Far’ ”."""
        return self._content[index] == self._open != _STRAIGHT and self._content[index + 2 : index + 3] in _OMISSION

    def _close_latest(self) -> None:
        if self._opened:
            self._opened.pop()

    def _see_opening(self, index: int, shape: _Shape) -> None:
        ends = self._content[index + 1 : index + 2] == "\n"
        if self._opened and self._goes_on(index):
            self._opened.pop()
            self._opened.push(index)
        elif self._opened and (shape is _Shape.CLOSING or ends):
            if not ends:
                self.odd.append(_Odd(index, "reversed"))
            self._opened.pop()
        else:
            self._opened.push(index)

    def _goes_on(self, index: int) -> bool:
        """Whether the mark opens a paragraph behind one in which the quotation stood open."""
        if self._is_note and self._begins_sentence(index):
            return True
        if not begins_paragraph(self._content, index):
            return False
        before = self._content.rfind("\n", 0, index)
        end = self._content.find("\n", self._opened.latest, before)
        return end < 0 or _is_aside(self._content, end + 1, before)

    def _begins_sentence(self, index: int) -> bool:
        head = self._content[max(0, index - 2) : index]
        return head[1:] == " " and head[0] in _STOPS and self._content[index + 1 : index + 2].isupper()

    def _see_closing(self, index: int, shape: _Shape) -> None:
        if self._opened:
            self._opened.pop()
        elif begins_paragraph(self._content, index):
            self._opened.push(index)
        elif shape is _Shape.OPENING:
            self.odd.append(_Odd(index, "reversed"))
            self._opened.push(index)
        else:
            self.odd.append(_Odd(index, "unopened"))


def _is_aside(content: str, start: int, end: int) -> bool:
    """Whether paragraphs within a quotation are in brackets: what he who quotes remarks on it."""
    return content.startswith(("(", "["), start) and content.endswith((")", "]"), start, end)


class QuotesCheck:
    """Counts the marks ``open`` and ``close`` in the blocks ``in``, over paragraphs.

    ``says``: the value ``trouble`` of the message, for a mark that is ``unclosed``, ``unopened`` or ``reversed``.
    ``except``: a mark is not reported where one of these patterns matches a stretch that touches it. Not reported are a
    mark at the edge of a paragraph that is turned the wrong way, and a ditto mark. Paragraphs in brackets within a
    quotation do not end it.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "open", "close", "says"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "open": MARK,
            "close": MARK,
            "says": {**SAYS, "required": ["unclosed", "unopened", "reversed"]},
            "except": PATTERNS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "trouble"})

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = block_kinds(parameters["in"])
        self._open: str = parameters["open"]
        self._close: str = parameters["close"]
        self.needs = Needs(literals=(self._open, self._close))
        self._even = EvenMarks(self._open, self._close)
        self._opens_nothing = late(rf"{re.escape(self._open)}(?:[{_BLANKS}]|\Z)")
        self._says: Mapping[str, str] = parameters["says"]
        self._except = Exceptions(parameters.get("except", ()), {})

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each mark without a partner, or turned the wrong way."""
        if self._is_plain(document):
            return
        for text, is_note in stretches(document, self._kinds):
            content = text.content
            if self._open in content or self._close in content:
                marks = [index for mark in (self._open, self._close, _STRAIGHT) for index in occurrences(content, mark)]
                yield from self._hits(document.source.text, text, sorted(marks), is_note)

    def _is_plain(self, document: Document) -> bool:
        """A quick look: whether all quotations end in their paragraph, and no mark could be anything else."""
        content = document.view(self._kinds).text.content
        is_odd = _STRAIGHT in content or self._opens_nothing.search(content) is not None
        return not is_odd and self._even.are_in(content)

    def _hits(self, source: str, text: Text, marks: Sequence[int], is_note: bool) -> Iterator[Hit]:
        for index, trouble in _Count(self._open, self._close, text.content, is_note).run(marks):
            if not self._except.touch(text.content, index, index + 1):
                place = text.span(index, index + 1)
                if trouble == "unclosed" and _BREAK.search(source, max(0, place.start - _LONGEST_BREAK), place.start):
                    continue  # a quotation that is set in lines, each of which has the mark again
                found = text.content[index]
                expected = self._close if found == self._open else self._open
                values = {"found": found, "expected": expected, "trouble": self._says[trouble]}
                yield Hit(place, values)
