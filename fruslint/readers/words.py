"""Makes the text a reader sees out of plain text, by taking markers and page breaks out of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fruslint.model import Block, Piece, Text
from fruslint.readers.draft import RawBlock
from fruslint.source import Span


class Cutter:
    """Cuts blocks out of a source, without what is no part of their words."""

    def __init__(self, source: str, markers: Sequence[Span], pages: Sequence[Span]) -> None:
        self._source = source
        self._holes = sorted((*markers, *pages))
        self._starts = [hole.start for hole in self._holes]

    def block(self, raw: RawBlock) -> Block:
        """The block with its words."""
        return Block(raw.kind, raw.span, self.text(raw.words), raw.depth)

    def text(self, span: Span) -> Text:
        """The words of a span.

        A hole with a blank on both sides takes the blank behind it along: the words around it stay one blank apart.
        """
        holes = self._within(span)
        if not holes:
            return Text(self._source[span.start : span.end], (Piece(0, span.start),))
        pieces: list[Piece] = []
        parts: list[str] = []
        length = 0
        begin = span.start
        for hole in (*holes, Span(span.end, span.end)):
            if hole.start > begin or not pieces:
                pieces.append(Piece(length, begin))
                parts.append(self._source[begin : hole.start])
                length += max(0, hole.start - begin)
            begin = self._behind(hole, span.end)
        return Text("".join(parts), tuple(pieces))

    def join(self, spans: Sequence[Span]) -> Text:
        """The words of several spans, a line each."""
        texts = [self.text(span) for span in spans]
        pieces: list[Piece] = []
        length = 0
        for text in texts:
            pieces.extend(Piece(piece.start + length, piece.origin) for piece in text.pieces)
            length += len(text.content) + 1
        return Text("\n".join(text.content for text in texts), tuple(pieces))

    def _within(self, span: Span) -> list[Span]:
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return self._holes[first:last]

    def _behind(self, hole: Span, end: int) -> int:
        blank_before = hole.start > 0 and self._source[hole.start - 1] in " \n"
        blank_behind = hole.end < end and self._source[hole.end] == " "
        return hole.end + 1 if blank_before and blank_behind else hole.end
