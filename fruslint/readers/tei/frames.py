"""What the walk over a document leaves behind, before it is made into the model."""

from __future__ import annotations

from dataclasses import dataclass, field

from fruslint.model import Block, BlockKind
from fruslint.readers.tei.words import Run


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


@dataclass(slots=True)
class ListFrame:
    """A list under construction: its element, the place of its end, its heading, and its items, nested ones too.

    ``inline`` if heading and first item stand on one line, as in a table.
    """

    number: int
    last: int
    heading: Frame | None = None
    items: list[Frame] = field(default_factory=list)
    inline: bool = False


@dataclass(slots=True)
class AttachmentFrame:
    """An attachment under construction."""

    number: int
    title: Frame | None = None


@dataclass(slots=True)
class Draft:
    """What a document came to: the blocks in order, and those of them that are something more."""

    frames: list[Frame] = field(default_factory=list)
    title: Frame | None = None
    notes: list[Frame] = field(default_factory=list)
    inline_notes: list[Frame] = field(default_factory=list)
    lists: list[ListFrame] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    attachments: list[AttachmentFrame] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
