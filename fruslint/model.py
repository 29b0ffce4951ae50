"""What an edition file holds, the same for both media: a volume of documents with their sections, notes and pages.

Everything is frozen. A *span* is in offsets of the source; a *text* is what a reader sees, with the way back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from fruslint.source import Source, Span


class Medium(StrEnum):
    """The two forms an edition file comes in."""

    TEXT = "text"
    TEI = "tei"


class DocumentKind(StrEnum):
    """What a document is, as its heading says."""

    MEMCON = "memorandum-of-conversation"
    TELEPHONE = "telephone-conversation"
    MEMORANDUM = "memorandum"
    TELEGRAM = "telegram"
    LETTER = "letter"
    MINUTES = "minutes"
    EDITORIAL_NOTE = "editorial-note"
    OTHER = "other"


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


class Piece(NamedTuple):
    """A stretch of a text that stands in the source as it is: where it begins in the text and in the source."""

    start: int
    origin: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words as a reader sees them: markers, page breaks and markup taken out, references decoded."""

    content: str
    pieces: tuple[Piece, ...]

    def origin(self, index: int) -> int:
        """The offset in the source of the character at ``index``."""
        piece = self.pieces[bisect_right(self.pieces, index, key=lambda p: p.start) - 1]
        return piece.origin + index - piece.start

    def span(self, start: int, end: int) -> Span:
        """The span in the source of ``content[start:end]``; an empty range lies before the character at ``start``."""
        if end <= start:
            origin = self.origin(start)
            return Span(origin, origin)
        return Span(self.origin(start), self.origin(end - 1) + 1)


EMPTY_TEXT = Text("", (Piece(0, 0),))


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document. ``depth`` is 0 for the outermost items of a list, 1 for those nested in them."""

    kind: BlockKind
    span: Span
    text: Text
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A number or symbol as it is printed, and where; ``number`` is its value where it has one."""

    text: str
    span: Span

    @property
    def number(self) -> int | None:
        """The value of an arabic number, None for anything else."""
        return int(self.text) if self.text.isascii() and self.text.isdigit() else None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its label, its words, and the span of the whole."""

    label: Label
    text: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Marker:
    """A reference to a note. ``note`` is the index of that note in the document, None where there is none.

    It is not ``sure`` where it only might be one: the last digit of "telegram 10932", and nothing else fits.
    """

    label: Label
    note: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a new page of the printed edition begins; ``in_word`` if it stands inside a word."""

    label: Label
    span: Span
    in_word: bool = False
    in_note: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a list of participants: the name, the office behind or before it, and the side it is grouped under."""

    item: Block
    name: Label
    office: Label | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled list at the head of a memorandum.

    ``kind`` is what the heading is known as ("participants", "subject"), empty if it is not known; without a heading it is
    what the list looks like. ``expected`` is the label a misspelt heading is meant to be. ``inline`` if label and text
    stand on one line, ``after_body`` if paragraphs of the body come before it.
    """

    kind: str
    heading: Block | None
    items: tuple[Block, ...]
    span: Span
    expected: str = ""
    inline: bool = False
    after_body: bool = False


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something the reader met that is not as the format has it: a name for the kind, and values for the message.

    ``edits`` are (span, replacement) pairs that would put it right.
    """

    kind: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[tuple[Span, str], ...] = ()


class View(NamedTuple):
    """The text of several blocks, one a line, and the blocks it was made of with the index at which each begins."""

    text: Text
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]

    def block_at(self, index: int) -> Block:
        """The block that holds the character at ``index``."""
        return self.blocks[bisect_right(self.starts, index) - 1]


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a volume.

    ``id`` is its id in the volume ("d326"), ``number`` the printed number, ``year`` that of its text where one is
    known. ``markers`` are those that belong to the numbering, in the order of the text; ``strays`` look like markers
    and fit nowhere.
    """

    source: Source
    medium: Medium
    volume: str
    id: str
    kind: DocumentKind
    span: Span
    number: Label | None = None
    title: Block | None = None
    year: int | None = None
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    participants: tuple[Participant, ...] = ()
    notes: tuple[Note, ...] = ()
    markers: tuple[Marker, ...] = ()
    strays: tuple[Marker, ...] = ()
    page_breaks: tuple[PageBreak, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    _views: dict[frozenset[BlockKind], View] = field(default_factory=dict, repr=False, compare=False)

    def view(self, kinds: frozenset[BlockKind]) -> View:
        """The text of all blocks of these kinds, in order, one a line; made once and kept."""
        if kinds not in self._views:
            self._views[kinds] = join(block for block in self.blocks if block.kind in kinds)
        return self._views[kinds]


def join(blocks: Iterable[Block]) -> View:
    """The text of blocks, one a line."""
    chosen = tuple(blocks)
    starts: list[int] = []
    pieces: list[Piece] = []
    length = 0
    for block in chosen:
        starts.append(length)
        pieces.extend(Piece(piece.start + length, piece.origin) for piece in block.text.pieces)
        length += len(block.text.content) + 1
    content = "\n".join(block.text.content for block in chosen)
    return View(Text(content, tuple(pieces) or EMPTY_TEXT.pieces), tuple(starts), chosen)


@dataclass(frozen=True, slots=True)
class Volume:
    """An edition file as it was read: a text memorandum is a volume of one document."""

    source: Source
    medium: Medium | None
    documents: tuple[Document, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
