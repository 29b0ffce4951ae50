"""Words as a reader sees them, with the way back to the source: texts, the blocks they stand in, and views of several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import accumulate
from operator import attrgetter

from fruslint.record import Record, record_of
from fruslint.source import Span


class BlockKind(StrEnum):
    """The parts of a document that hold words."""

    TITLE = "title"
    OPENER = "opener"
    DATELINE = "dateline"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    TABLE = "table"
    CLOSER = "closer"
    NOTE = "note"


BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
"""The kinds of blocks that are the running text of a document."""


class Piece(Record):
    """A stretch of a text that stands in the source as it is: where it begins in the text and in the source.

    With a ``width`` it is one character that stands for so many in the source: a blank for a line break and the
    indentation behind it, ``&`` for ``&amp;``.
    """

    start: int
    origin: int
    width: int = 0


class Text:
    """Words as a reader sees them: markers, page breaks and markup taken out, references decoded.

    Where a text is made of something else, its words and its ``pieces`` are worked out when they are first asked for:
    only a finding needs to know where words stand, and most texts have none.
    """

    __slots__ = ("_content", "_pieces")

    def __init__(self, content: str | None = None, pieces: tuple[Piece, ...] | None = None) -> None:
        self._content = content
        self._pieces = pieces

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.content == other.content and self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.content)

    def __repr__(self) -> str:
        return f"Text({self.content!r}, {self.pieces!r})"

    def __reduce__(self) -> tuple[type[Text], tuple[str, tuple[Piece, ...]]]:
        return Text, (self.content, self.pieces)

    @property
    def content(self) -> str:
        """The words."""
        if self._content is None:
            self._content = self._find_content()
        return self._content

    def _find_content(self) -> str:
        return ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The way back: where each stretch stands in the source."""
        if self._pieces is None:
            self._pieces = self._find_pieces()
        return self._pieces

    def _find_pieces(self) -> tuple[Piece, ...]:
        return (Piece(0, 0),)

    def piece(self, index: int) -> Piece:
        """The piece that the character at ``index`` belongs to."""
        return self.pieces[bisect_right(self.pieces, index, key=_start) - 1]

    def origin(self, index: int) -> int:
        """The offset in the source of the character at ``index``."""
        return _origin(self.piece(index), index)

    def span(self, start: int, end: int) -> Span:
        """The span in the source of ``content[start:end]``; an empty range lies before the character at ``start``."""
        if self._pieces is not None and len(self._pieces) == 1 and not self._pieces[0].width:  # as most texts are
            begin = self._pieces[0].origin - self._pieces[0].start
            return record_of(Span, (begin + start, begin + max(start, end)))
        first = self.piece(start)
        origin = _origin(first, start)
        if end <= start:
            return Span(origin, origin)
        last = self.piece(end - 1) if end - 1 > start else first
        return Span(origin, last.origin + (last.width or end - last.start))

    def whole(self) -> Span:
        """The span in the source of all of it."""
        return self.span(0, len(self.content))


def _origin(piece: Piece, index: int) -> int:
    behind = index - piece.start
    return piece.origin + (behind + piece.width - 1 if piece.width and behind else behind)


_start = attrgetter("start")

EMPTY_TEXT = Text("", (Piece(0, 0),))


class Block(Record):
    """A part of a document. ``depth`` is 0 for the outermost items of a list, 1 for those nested in them."""

    kind: BlockKind
    span: Span
    text: Text
    depth: int = 0


class View:
    """The text of several blocks, one a line, and the blocks it was made of with the index at which each begins."""

    __slots__ = ("text",)

    def __init__(self, text: Joined) -> None:
        self.text = text

    def __reduce__(self) -> tuple[Callable[[Iterable[Block]], View], tuple[tuple[Block, ...]]]:
        return join, (self.blocks,)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where in the text each block begins."""
        return self.text.starts

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, in order."""
        return self.text.blocks

    def block_at(self, index: int) -> Block:
        """The block that holds the character at ``index``."""
        return self.blocks[bisect_right(self.starts, index) - 1]


def join(blocks: Iterable[Block]) -> View:
    """The text of blocks, one a line."""
    chosen = tuple(blocks)
    return View(Joined("\n".join([block.text.content for block in chosen]), chosen))


class Joined(Text):
    """The texts of several blocks, one a line; it leaves the way back to the block it is asked about.

    ``among``: the blocks that it is made of and others; those of ``kinds`` are its own, or all. Which these are, and where
    each begins, is looked up when something was found in it.
    """

    __slots__ = ("_among", "_kinds", "_parts")

    def __init__(self, content: str, among: tuple[Block, ...], kinds: frozenset[BlockKind] | None = None) -> None:
        super().__init__(content)
        self._among = among
        self._kinds = kinds
        self._parts: tuple[tuple[Block, ...], tuple[int, ...]] | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks it is made of."""
        return self._found()[0]

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each of them begins."""
        return self._found()[1]

    def _found(self) -> tuple[tuple[Block, ...], tuple[int, ...]]:
        if self._parts is None:
            kinds = self._kinds
            own = tuple([block for block in self._among if kinds is None or block.kind in kinds])
            ends = accumulate([len(block.text.content) + 1 for block in own], initial=0)
            self._parts = own, tuple(ends)[: len(own)]
        return self._parts

    def span(self, start: int, end: int) -> Span:
        """The span in the source of ``content[start:end]``; most stand in one block, which is asked for it."""
        blocks, starts = self._found()
        place = bisect_right(starts, start) - 1
        if place < 0 or end > (starts[place + 1] if place + 1 < len(starts) else len(self.content) + 1) - 1:
            return super().span(start, end)
        begin = starts[place]
        return blocks[place].text.span(start - begin, end - begin)

    def _find_pieces(self) -> tuple[Piece, ...]:
        if not self.blocks:
            return EMPTY_TEXT.pieces
        pairs = zip(self.starts, self.blocks, strict=True)
        return tuple(_moved(piece, start) for start, block in pairs for piece in block.text.pieces)

    def piece(self, index: int) -> Piece:
        """The piece that the character at ``index`` belongs to."""
        blocks, starts = self._found()
        if not blocks:
            return super().piece(index)
        place = bisect_right(starts, index) - 1
        return _moved(blocks[place].text.piece(index - starts[place]), starts[place])


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start + by, piece.origin, piece.width)
