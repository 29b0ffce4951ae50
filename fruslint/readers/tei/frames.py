"""What the walk over a document leaves behind, before it is made into the model."""

from __future__ import annotations

from fruslint.readers.tei.words import Run
from fruslint.text import Block, BlockKind


class Frame(Run):
    """An element whose words are read: a note, or a block of the document.

    It is ``whole`` if paragraphs in it are lines of it, and no blocks of their own; it ``holds_blocks`` if others were cut
    out of it, so that it is no loss if nothing is left.
    """

    __slots__ = ("block", "holds_blocks", "kind", "number", "whole")

    def __init__(self, kind: BlockKind, number: int, first: int, last: int, whole: bool) -> None:
        self.first = first
        self.last = last
        self._cuts = None
        self._taken = -1
        self.kind = kind
        self.number = number
        self.whole = whole
        self.holds_blocks = False
        self.block: Block | None = None

    def change(self, kind: BlockKind) -> None:
        """Make it a block of another kind."""
        if self.block is not None:
            self.block = self.block._replace(kind=kind)


class ListFrame:
    """A list under construction: its element, the place of its end, its heading, and its items, nested ones too.

    ``inline`` if heading and first item stand on one line, as in a table.
    """

    __slots__ = ("heading", "inline", "items", "last", "number")

    def __init__(self, number: int, last: int, heading: Frame | None = None, inline: bool = False) -> None:
        self.number = number
        self.last = last
        self.heading = heading
        self.items: list[Frame] = []
        self.inline = inline


class AttachmentFrame:
    """An attachment under construction."""

    __slots__ = ("number", "title")

    def __init__(self, number: int) -> None:
        self.number = number
        self.title: Frame | None = None


class Draft:
    """What a document came to: the blocks in order, and those of them that are something more."""

    __slots__ = ("attachments", "dates", "frames", "inline_notes", "lists", "notes", "tables", "title")

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.title: Frame | None = None
        self.notes: list[Frame] = []
        self.inline_notes: list[Frame] = []
        self.lists: list[ListFrame] = []
        self.tables: list[int] = []
        self.attachments: list[AttachmentFrame] = []
        self.dates: list[int] = []

    def release(self) -> None:
        """Let go of the blocks: their words lead back to the frames, and a circle is not freed when nobody needs it."""
        for frame in self.frames:
            frame.block = None
