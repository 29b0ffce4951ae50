"""Makes the text a reader sees out of plain text, by taking markers and page breaks out of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fruslint.patterns import late
from fruslint.readers.plain.draft import RawBlock
from fruslint.record import record_of
from fruslint.source import Span
from fruslint.text import Block, Piece, Text

_LINE_BREAK = late(r"[\r\n]\s*")


class Cutter:
    """Cuts blocks out of a source, without what is no part of their words."""

    def __init__(self, source: str, markers: Sequence[Span], pages: Sequence[Span]) -> None:
        self._source = source
        self._holes = sorted((*markers, *pages))
        self._starts = [hole.start for hole in self._holes]

    def block(self, raw: RawBlock) -> Block:
        """The block with its words."""
        return record_of(Block, (raw.kind, raw.span, self.text(raw.words), raw.depth))

    def text(self, span: Span) -> Text:
        """The words of a span.

        A hole with a blank on both sides takes the blank behind it along: the words around it stay one blank apart. A
        line break, in an item or a note that is split over two lines, is one blank.
        """
        holes = self._within(span)
        start, end = span
        words = self._source[start:end]
        broken = "\n" in words or "\r" in words
        if not holes and not broken:
            return Text(words, (record_of(Piece, (0, start, 0)),))
        stretches = self._stretches(span, holes)
        return self._joined(self._at_line_breaks(stretches) if broken else stretches)

    def _stretches(self, span: Span, holes: Sequence[Span]) -> list[Span]:
        """What is left of a span without the holes; never nothing."""
        stretches: list[Span] = []
        begin = span.start
        for hole in (*holes, Span(span.end, span.end)):
            if hole.start > begin or not stretches:
                stretches.append(Span(begin, max(begin, hole.start)))
            begin = self._behind(hole, span.end)
        return stretches

    def join(self, spans: Sequence[Span]) -> Text:
        """The words of several spans, a line each."""
        texts = [self.text(span) for span in spans]
        pieces: list[Piece] = []
        length = 0
        for text in texts:
            pieces.extend(piece._replace(start=piece.start + length) for piece in text.pieces)
            length += len(text.content) + 1
        return Text("\n".join(text.content for text in texts), tuple(pieces))

    def _at_line_breaks(self, stretches: Sequence[Span]) -> list[Span]:
        """The stretches, taken apart at their line breaks; a break with the blanks around it is a stretch of its own."""
        parts: list[Span] = []
        for stretch in stretches:
            begin = stretch.start
            for found in _LINE_BREAK.finditer(self._source, *stretch):
                end = begin + len(self._source[begin : found.start()].rstrip())
                parts += Span(begin, end), Span(end, found.end())
                begin = found.end()
            parts.append(Span(begin, stretch.end))
        return parts

    def _joined(self, stretches: Sequence[Span]) -> Text:
        """The words of several stretches; one that is a line break is one blank."""
        pieces: list[Piece] = []
        parts: list[str] = []
        length = 0
        for start, end in stretches:
            words = self._source[start:end]
            is_break = words.isspace() and ("\n" in words or "\r" in words)
            pieces.append(Piece(length, start, end - start if is_break else 0))
            parts.append(" " if is_break else words)
            length += len(parts[-1])
        return Text("".join(parts), tuple(pieces))

    def _within(self, span: Span) -> list[Span]:
        start, end = span
        first = bisect_left(self._starts, start)
        if first == len(self._starts) or self._starts[first] >= end:  # most blocks have none
            return []
        return self._holes[first : bisect_left(self._starts, end, first)]

    def _behind(self, hole: Span, end: int) -> int:
        blank_before = hole.start > 0 and self._source[hole.start - 1] in " \n"
        blank_behind = hole.end < end and self._source[hole.end] == " "
        return hole.end + 1 if blank_before and blank_behind else hole.end
