"""What the walk over a document leaves behind, before it is made into the model."""

from __future__ import annotations

from dataclasses import dataclass, field

from fruslint.model import Block, BlockKind
from fruslint.readers.tei.words import Cut, Run


class Frame:
    """A block under construction: between which places of ``Markup.parts`` it lies, and what is cut out of it.

    ``number`` is its element. It is ``whole`` if paragraphs in it are lines of it, and no blocks of their own; it
    ``holds_blocks`` if others were cut out of it, so that it is no loss if nothing is left. ``block`` is what it comes to.
    """

    __slots__ = ("_cuts", "_taken", "block", "depth", "first", "holds_blocks", "kind", "last", "number", "whole")

    def __init__(self, kind: BlockKind, number: int, first: int, last: int, whole: bool = False) -> None:
        self.kind = kind
        self.number = number
        self.first = first
        self.last = last
        self.whole = whole
        self.depth = 0
        self.holds_blocks = False
        self.block: Block | None = None
        self._cuts: list[Cut] | None = None
        self._taken = -1

    def cut(self, first: int, last: int, mark: str) -> None:
        """Take something out of the block, unless it is in something that was taken out before."""
        if first <= self._taken:
            return
        if self._cuts is None:
            self._cuts = []
        if last > first:
            self._taken = last
        self._cuts.append(Cut(first, last, mark))

    def part(self, first: int, last: int, mark: str) -> None:
        """Set what stands between two places apart from what is around it in the block."""
        self.cut(first, first, mark)
        self.cut(last, last, mark)

    def run(self) -> Run:
        """The stretch of markup its words are in."""
        cuts = self._cuts
        if cuts is None:
            return Run(self.first, self.last)
        return Run(self.first, self.last, tuple(sorted(cuts) if len(cuts) > 1 else cuts))


@dataclass(slots=True)
class ListFrame:
    """A list under construction: its element, the place of its end, its heading, and its items, nested ones too."""

    number: int
    last: int
    heading: Frame | None = None
    items: list[Frame] = field(default_factory=list)


@dataclass(slots=True)
class AttachmentFrame:
    """An attachment under construction."""

    number: int
    title: Frame | None = None


@dataclass(slots=True)
class Draft:
    """What a document came to: its blocks in order, and those of them that are something more."""

    blocks: list[Frame] = field(default_factory=list)
    title: Frame | None = None
    notes: list[Frame] = field(default_factory=list)
    inline_notes: list[Frame] = field(default_factory=list)
    lists: list[ListFrame] = field(default_factory=list)
    attachments: list[AttachmentFrame] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
