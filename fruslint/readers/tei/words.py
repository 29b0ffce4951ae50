"""Makes the words a reader sees out of a run of markup, and finds the way back from them to the file.

Inline elements are joined, notes are taken out, references are decoded, and white space is folded as a browser does it.
What XML calls white space is folded and nothing else: a no-break space is a character like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from fruslint.markup import CDATA, REFERENCE, Markup, character
from fruslint.model import Piece, Text

WHITE = " \t\r\n"
BLANK = " "
"""The mark of a cut at which the words on both sides stay apart: a line break, or a list inside of a paragraph."""
LINE = "\x01"
"""The mark of a cut at which a new line begins: the paragraphs of a note. No text of XML holds this character."""
NOTHING = ""
"""The mark of a cut that leaves no trace: a note."""

# Stands for an ampersand of a CDATA section, where it begins no reference.
_AMPERSAND = "\x02"
_CLOSING = frozenset(",.;:?!)]}”’")
_BLANKS = re.compile(r"[ \t\r\n]+")
_STEP = re.compile(r"[ \t\r\n\x01]++|&[#\w]++;")


class Cut(NamedTuple):
    """What is taken out of a run: from which place of ``Markup.parts`` to which, and the mark that is left."""

    first: int
    last: int
    mark: str


class Run(NamedTuple):
    """A stretch of markup: the places in ``Markup.parts`` it lies between, and what is taken out, in order."""

    first: int
    last: int
    cuts: tuple[Cut, ...] = ()


class RunText(Text):
    """The words of a run, or a part of them."""

    __slots__ = ("_markup", "_run", "_skip")

    def __init__(self, markup: Markup, run: Run) -> None:
        super().__init__(run_content(markup, run))
        self._markup = markup
        self._run = run
        self._skip = 0

    def part(self, start: int, end: int | None = None) -> RunText:
        """The words from the character at ``start`` to that before ``end``."""
        chosen = RunText.__new__(RunText)
        Text.__init__(chosen, self.content[start:end])
        chosen._markup, chosen._run, chosen._skip = self._markup, self._run, self._skip + start
        return chosen

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
    if not run.cuts and not markup.cdata:
        return _fold("".join(markup.parts[run.first + 1 : run.last : 2]))
    raw = "".join([segment.text for segment in _segments(markup, run)])
    content = "\n".join(filter(None, map(_fold, raw.split(LINE)))) if LINE in raw else _fold(raw)
    return content.replace(_AMPERSAND, "&") if markup.cdata else content


def _fold(raw: str) -> str:
    """The text with each run of white space as one blank, none at its ends, and references decoded."""
    if "\n" in raw:
        raw = " ".join([line.strip(WHITE) for line in raw.split("\n")])
    if "  " in raw or "\t" in raw or "\r" in raw:
        raw = _BLANKS.sub(" ", raw)
    raw = raw.strip(" ")
    return REFERENCE.sub(_visible, raw) if "&" in raw else raw


def _visible(reference: re.Match[str]) -> str:
    """What a reference shows; a line break is a blank to the reader."""
    shown = character(reference)
    return " " if shown in WHITE else shown


class _Segment:
    """A stretch of a run between two cuts, or the mark of a cut (``part`` is then the place of the cut)."""

    __slots__ = ("last", "mark", "part", "text")

    def __init__(self, text: str, part: int, last: int, mark: bool) -> None:
        self.text = text
        self.part = part
        self.last = last
        self.mark = mark


def _segments(markup: Markup, run: Run) -> list[_Segment]:
    """The run without what is cut out; white space before a note goes too where closing punctuation follows it."""
    segments: list[_Segment] = []
    begin = run.first
    behind_note = False
    for cut in (*run.cuts, Cut(run.last, run.last, NOTHING)):
        text = _stretch(markup, begin, cut.first)
        if text:
            if behind_note and text[0] in _CLOSING:
                _strip_end(segments)
            segments.append(_Segment(text, begin, cut.first, False))
            behind_note = behind_note and text.isspace()
        if cut.mark:
            segments.append(_Segment(cut.mark, cut.first, cut.last, True))
        behind_note = not cut.mark
        begin = cut.last
    return segments


def _strip_end(segments: list[_Segment]) -> None:
    while segments and not segments[-1].mark:
        segments[-1].text = segments[-1].text.rstrip(WHITE)
        if segments[-1].text:
            return
        segments.pop()


def _stretch(markup: Markup, first: int, last: int) -> str:
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


class _Way:
    """Works out the pieces of a run: slower than its content, and exact."""

    def __init__(self, markup: Markup, run: Run) -> None:
        self._markup = markup
        self._origins: list[tuple[int, int, int]] = []
        self._pieces: list[Piece] = []
        self._raw = self._trace(run)
        self._length = 0

    def _trace(self, run: Run) -> str:
        """The raw text; ``_origins`` gets (index in it, offset in the source, width if it is a mark) of each stretch."""
        texts: list[str] = []
        length = 0
        for segment in _segments(self._markup, run):
            left = len(segment.text)
            for origin, text, width in self._stretches(segment):
                kept = text[:left]
                left -= len(kept)
                self._origins.append((length, origin, width))
                texts.append(kept)
                length += len(kept)
        return "".join(texts)

    def _stretches(self, segment: _Segment) -> Iterator[tuple[int, str, int]]:
        if segment.mark:
            start = self._markup.offsets[segment.part]
            yield start, segment.text, self._markup.offsets[segment.part + 1] - start
            return
        for origin, text in _texts(self._markup, segment.part, segment.last):
            yield origin, text, 0

    def pieces(self) -> list[Piece]:
        """The pieces in order; none if there are no words."""
        raw = self._raw
        done = len(raw) - len(raw.lstrip(WHITE + LINE))
        end = len(raw.rstrip(WHITE + LINE))
        for step in _STEP.finditer(raw, done, end):
            self._plain(done, step.start())
            self._step(step)
            done = step.end()
        self._plain(done, end)
        return self._pieces

    def _step(self, step: re.Match[str]) -> None:
        start, end = step.span()
        found = step[0]
        if found[0] == "&":
            width = end - start
        else:
            _, origin, width = self._stretch_at(start)
            if not width:
                width = self._white_width(start, end)
        index, origin, mark = self._stretch_at(start)
        self._add(origin if mark else origin + start - index, width)
        self._length += 1

    def _white_width(self, start: int, end: int) -> int:
        """How many characters of the source at the start of a run of white space lie side by side."""
        place = self._place(start)
        limit = self._origins[place + 1][0] if place + 1 < len(self._origins) else end
        return min(end, limit) - start

    def _plain(self, start: int, end: int) -> None:
        """A stretch that stands in the source as it is, apart from tags in it."""
        place = self._place(start) if end > start else 0
        while start < end:
            index, origin, _ = self._origins[place]
            limit = self._origins[place + 1][0] if place + 1 < len(self._origins) else end
            stop = min(end, limit)
            if stop > start:
                self._add(origin + start - index, 0)
                self._length += stop - start
            start = max(start, stop)
            place += 1

    def _add(self, origin: int, width: int) -> None:
        """A piece from here on, unless it only goes on with the last one."""
        width = width if width != 1 else 0
        if self._pieces and not width:
            last = self._pieces[-1]
            if not last.width and last.origin + self._length - last.start == origin:
                return
        self._pieces.append(Piece(self._length, origin, width))

    def _place(self, index: int) -> int:
        """Which stretch holds the character at ``index``."""
        return bisect_right(self._origins, index, key=lambda stretch: stretch[0]) - 1

    def _stretch_at(self, index: int) -> tuple[int, int, int]:
        return self._origins[self._place(index)]
