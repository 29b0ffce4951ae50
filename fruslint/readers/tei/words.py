"""Makes the words a reader sees out of a run of markup, and finds the way back from them to the file.

Inline elements are joined, notes are taken out, references are decoded, and white space is folded as a browser does it.
What XML calls white space is folded and nothing else: a no-break space is a character like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fruslint.markup import CDATA, REFERENCE, Markup, character
from fruslint.model import Piece, Text

WHITE = " \t\r\n"
BLANK = "\x03"
"""The mark of a cut at which the words on both sides stay apart: a line break, or a list inside of a paragraph."""
LINE = "\x01"
"""The mark of a cut at which a new line begins: the paragraphs of a note."""
NOTHING = ""
"""The mark of a cut that leaves no trace: a note."""

# No text of XML holds these characters.
_MARKS = frozenset({BLANK, LINE})
_EDGE = WHITE + BLANK + LINE

# Stands for an ampersand of a CDATA section, where it begins no reference.
_AMPERSAND = "\x02"
_CLOSING = frozenset(",.;:?!)]}”’")
# Of all white space this is found fastest, and mostly nothing is left for the next pattern to do.
_INDENT = re.compile(r"\n *")
_BLANKS = re.compile(r"[ \t\r\n]+")
# Where more than one character of the raw text, or a mark, is one of the words; a lone blank is nothing special.
_STEP = re.compile(r"[ \t\r\n\x01\x03]{2,}+|[\x01\x03]|&[#\w]++;")


class Cut(NamedTuple):
    """What is taken out of a run: from which place of ``Markup.parts`` to which, and the mark that is left."""

    first: int
    last: int
    mark: str


_NO_CUT = Cut(-1, -1, NOTHING)


class Run:
    """A stretch of markup: the places in ``Markup.parts`` it lies between, and what is taken out of it."""

    __slots__ = ("_cuts", "_taken", "first", "last")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self._cuts: list[Cut] | None = None
        self._taken = -1

    @property
    def cuts(self) -> list[Cut]:
        """What is taken out, in order."""
        if self._cuts is None:
            return []
        if len(self._cuts) > 1:
            self._cuts.sort()
        return self._cuts

    def cut(self, first: int, last: int, mark: str) -> None:
        """Take something out, unless it is in something that was taken out before."""
        if first <= self._taken:
            return
        if self._cuts is None:
            self._cuts = []
        if last > first:
            self._taken = last
        self._cuts.append(Cut(first, last, mark))

    def part(self, first: int, last: int, mark: str) -> None:
        """Set what stands between two places apart from what is around it."""
        self.cut(first, first, mark)
        self.cut(last, last, mark)


class RunText(Text):
    """The words of a run, or a part of them."""

    __slots__ = ("_markup", "_run", "_skip")

    def __init__(self, markup: Markup, run: Run) -> None:
        self._content = self._pieces = None
        self._markup = markup
        self._run = run
        self._skip = 0

    def part(self, start: int, end: int | None = None) -> RunText:
        """The words from the character at ``start`` to that before ``end``."""
        chosen = RunText(self._markup, self._run)
        chosen._content = self.content[start:end]
        chosen._skip = self._skip + start
        return chosen

    def _find_content(self) -> str:
        return run_content(self._markup, self._run)

    def _find_pieces(self) -> tuple[Piece, ...]:
        pieces = _Way(self._markup, self._run).pieces()
        if not pieces:
            return (Piece(0, self._markup.offsets[self._run.first + 1]),)
        return _without(pieces, self._skip) if self._skip else tuple(pieces)


def _without(pieces: list[Piece], skip: int) -> tuple[Piece, ...]:
    """The pieces of a text from the character at ``skip`` on."""
    first = max(index for index, piece in enumerate(pieces) if piece.start <= skip)
    head = pieces[first]
    behind = skip - head.start
    start = head if not behind else Piece(skip, head.origin + behind + max(0, head.width - 1))
    return tuple(Piece(piece.start - skip, piece.origin, piece.width) for piece in (start, *pieces[first + 1 :]))


def run_content(markup: Markup, run: Run) -> str:
    """The words of a run."""
    cuts = run.cuts
    if not cuts and not markup.cdata:
        return _fold("".join(markup.parts[run.first + 1 : run.last : 2]))
    raw = "".join(_kept(markup, run, cuts)).replace(BLANK, " ")
    content = "\n".join(filter(None, map(_fold, raw.split(LINE)))) if LINE in raw else _fold(raw)
    return content.replace(_AMPERSAND, "&") if markup.cdata else content


def _kept(markup: Markup, run: Run, cuts: list[Cut]) -> list[str]:
    """The texts between the cuts, at even places, and their marks.

    White space in front of a note is taken away where closing punctuation follows the note.
    """
    kept: list[str] = []
    begin = run.first
    for first, last, mark in cuts:
        text = _stretch(markup, begin, first)
        if text and text[0] in _CLOSING:
            _strip_before_note(kept)
        kept += text, mark
        begin = last
    text = _stretch(markup, begin, run.last)
    if text and text[0] in _CLOSING:
        _strip_before_note(kept)
    kept.append(text)
    return kept


def _strip_before_note(kept: list[str]) -> None:
    for place in range(len(kept) - 1, -1, -1):
        if kept[place] in _MARKS:
            return
        kept[place] = kept[place].rstrip(WHITE)
        if kept[place]:
            return


def _stretch(markup: Markup, first: int, last: int) -> str:
    """The text between two places of ``Markup.parts``."""
    if not markup.cdata:
        return "".join(markup.parts[first + 1 : last : 2])
    return "".join([text for _, text in _texts(markup, first, last)])


def _texts(markup: Markup, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Each text between two places with its offset; that of a CDATA section too, its ampersands masked."""
    offsets = markup.offsets
    for place in range(first + 1, last):
        part = markup.parts[place]
        if not place % 2:
            if part:
                yield offsets[place], part
        elif part.startswith(CDATA):
            yield offsets[place] + len(CDATA), part[len(CDATA) : -3].replace("&", _AMPERSAND)


def _fold(raw: str) -> str:
    """The text with each run of white space as one blank, none at its ends, and references decoded."""
    if "\n" in raw:
        raw = _INDENT.sub(" ", raw)
    if "  " in raw or "\t" in raw or "\r" in raw:
        raw = _BLANKS.sub(" ", raw)
    raw = raw.strip(" ")
    return REFERENCE.sub(_visible, raw) if "&" in raw else raw


def _visible(reference: re.Match[str]) -> str:
    """What a reference shows; a line break is a blank to the reader."""
    shown = character(reference)
    return " " if shown in WHITE else shown


class _Stretch(NamedTuple):
    """A stretch of raw text: the index at which it begins there, its offset in the source, and its width in the source if it is a mark."""

    at: int
    origin: int
    width: int


class _Way:
    """Works out the pieces of a run: slower than its content, and exact."""

    def __init__(self, markup: Markup, run: Run) -> None:
        self._markup = markup
        self._stretches: list[_Stretch] = []
        self._raw = self._trace(run)
        self._stretches.append(_Stretch(len(self._raw), 0, 0))
        self._pieces: list[Piece] = []
        self._at = 0
        self._length = 0

    def _trace(self, run: Run) -> str:
        """The raw text of the run, with ``_stretches`` that say where it stands."""
        cuts = run.cuts
        kept = _kept(self._markup, run, cuts)
        begin = run.first
        length = 0
        for text, mark, cut in zip(kept[0::2], [*kept[1::2], ""], [*cuts, _NO_CUT], strict=True):
            length = self._trace_text(length, text, begin, cut.first if cut is not _NO_CUT else run.last)
            if mark:
                start = self._markup.offsets[cut.first]
                self._stretches.append(_Stretch(length, start, self._markup.offsets[cut.first + 1] - start))
                length += 1
            begin = cut.last
        return "".join(kept)

    def _trace_text(self, length: int, text: str, first: int, last: int) -> int:
        """Note where the text between two places stands, of which the end may be cut off; the length with it."""
        end = length + len(text)
        for origin, part in _texts(self._markup, first, last) if text else ():
            if length < end:
                self._stretches.append(_Stretch(length, origin, 0))
                length = min(end, length + len(part))
        return length

    def pieces(self) -> list[Piece]:
        """The pieces in order; none if there are no words."""
        raw = self._raw
        done = len(raw) - len(raw.lstrip(_EDGE))
        end = len(raw.rstrip(_EDGE))
        for step in _STEP.finditer(raw, done, end):
            self._plain(done, step.start())
            self._step(step.start(), step.end(), step[0][0] == "&")
            done = step.end()
        self._plain(done, end)
        return self._pieces

    def _step(self, start: int, end: int, reference: bool) -> None:
        """A reference, or a run of white space, of which as much counts as lies side by side in the source."""
        stretch = self._stretch(start)
        if stretch.width:
            self._add(stretch.origin, stretch.width)
        else:
            width = end - start if reference else min(end, self._stretches[self._at + 1].at) - start
            self._add(stretch.origin + start - stretch.at, width)
        self._length += 1

    def _plain(self, start: int, end: int) -> None:
        """Text that stands in the source as it is, apart from tags in it."""
        while start < end:
            stretch = self._stretch(start)
            stop = min(end, self._stretches[self._at + 1].at)
            self._add(stretch.origin + start - stretch.at, 1)
            self._length += stop - start
            start = stop

    def _add(self, origin: int, width: int) -> None:
        """A piece from here on, unless it only goes on with the last one."""
        if width == 1 and self._pieces:
            last = self._pieces[-1]
            if not last.width and last.origin + self._length - last.start == origin:
                return
        self._pieces.append(Piece(self._length, origin, width if width != 1 else 0))

    def _stretch(self, index: int) -> _Stretch:
        """The stretch that the character at ``index`` is in; to be asked in ascending order."""
        stretches = self._stretches
        while stretches[self._at + 1].at <= index:
            self._at += 1
        return stretches[self._at]
