"""What an edition file holds, the same for both media: a volume of documents with their sections, notes and pages.

Everything is frozen; what a document has by the hundred is a tuple, which is the fastest to make. A *span* is in offsets
of the source; a *text* is what a reader sees, with the way back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from fruslint.record import Record
from fruslint.source import Source, Span
from fruslint.text import Block, BlockKind, Joined, Text, View, join

if TYPE_CHECKING:  # a run over memoranda needs no markup
    from fruslint.markup.element import Element
    from fruslint.markup.elements import Markup


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


_LONGEST_NUMBER = 9


class Label(Record):
    """A number or symbol as it is printed, and where; ``number`` is its value where it has one."""

    text: str
    span: Span

    @property
    def number(self) -> int | None:
        """The value of an arabic number, None for anything else, and for what is longer than any number of an edition."""
        sensible = len(self.text) <= _LONGEST_NUMBER and self.text.isascii() and self.text.isdigit()
        return int(self.text) if sensible else None


class Note(Record):
    """A footnote: its label, its words, and the span of the whole. ``kind`` is what the markup calls it ("source")."""

    label: Label
    text: Text
    span: Span
    kind: str = ""


class Marker(Record):
    """A reference to a note. ``note`` is the index of that note in the document, None where there is none.

    It is not ``sure`` where it only might be one: the last digit of "telegram 10932", and nothing else fits. ``anchor``
    is where it stands in the text if that is not where its label is written: the whole element of a note.
    """

    label: Label
    note: int | None = None
    sure: bool = True
    anchor: Span | None = None

    @property
    def place(self) -> Span:
        """Where it stands in the text: what is before and behind it are the words it hangs on and those that follow."""
        return self.anchor or self.label.span


class PageBreak(Record):
    """Where a new page of the printed edition begins; ``in_word`` if it stands inside a word."""

    label: Label
    span: Span
    in_word: bool = False
    in_note: bool = False


class Extract(Record):
    """Words out of a text that begin at ``start``; where they stand in the source is worked out when it is asked for."""

    text: str
    whole: Text
    start: int

    @property
    def span(self) -> Span:
        """Where they stand in the source."""
        return self.whole.span(self.start, self.start + len(self.text))


class Participant(Record):
    """A person in a list of participants: the name, the office behind or before it, and the side it is grouped under."""

    item: Block
    name: Extract
    office: Extract | None = None
    side: str = ""


class Section(Record):
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


_NO_VALUES: Mapping[str, str] = {}


UNREAD_NOTE = "note-unread"
"""The kind of the anomaly of a note that stands in the text of a memorandum, in a form in which it is none."""


class Anomaly(Record):
    """Something the reader met that is not as the format has it: a name for the kind, and values for the message.

    ``edits`` are (span, replacement) pairs that would put it right; ``unsafe`` ones need a judgement.
    """

    kind: str
    span: Span
    values: Mapping[str, str] = _NO_VALUES
    edits: tuple[tuple[Span, str], ...] = ()
    unsafe: bool = False


class Attachment(Record):
    """A paper that is printed with a document. Its words, notes and page breaks are among those of the document."""

    id: str
    span: Span
    title: Block | None = None


class Entry(Record):
    """A person or a term in the lists of a volume: the id that references name, its name, and all that is said of it."""

    id: str
    name: Text
    text: Text
    span: Span


class _Document(Record):
    """The fields of a Document."""

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
    element: Element | None = None
    coded_number: Label | None = None
    inline_notes: tuple[Note, ...] = ()
    chapter_notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class Document(_Document):
    """One document of a volume.

    ``id`` is its id in the volume ("d326"), ``number`` the printed number, ``year`` that of its text where one is
    known. ``markers`` are those that belong to the numbering, in the order of the text; ``strays`` look like markers
    and fit nowhere.

    Of a TEI volume alone: ``element`` is the element of the document, ``coded_number`` the number its markup gives,
    ``inline_notes`` are notes that are printed as a line of the text and have no marker, ``chapter_notes`` those on the
    headings of the chapters that begin with this document (its own may go on from their numbers).
    """

    @cached_property
    def _views(self) -> dict[object, View]:
        return {}

    @cached_property
    def _lines(self) -> list[tuple[BlockKind, str]]:
        return [(block.kind, block.text.content) for block in self.blocks]

    @cached_property
    def _kinds(self) -> frozenset[BlockKind]:
        return frozenset([block.kind for block in self.blocks])

    @cached_property
    def _indices(self) -> dict[int, int]:
        return {id(known): index for index, known in enumerate(self.blocks)}

    @cached_property
    def kept(self) -> dict[str, object]:
        """What was worked out of the document (``fruslint.once``), by a name for it."""
        return {}

    @cached_property
    def page_numbers(self) -> list[tuple[int, PageBreak]]:
        """The pages with an arabic number, in order, and their numbers."""
        return numbered(self.page_breaks)

    def forget(self) -> None:
        """Let go of what was worked out of it; it is worked out again for whoever asks once more."""
        self.__dict__.clear()

    def index_of(self, block: Block) -> int:
        """Where one of the blocks of the document stands among them."""
        return self._indices[id(block)]

    def view(self, kinds: frozenset[BlockKind]) -> View:
        """The text of all blocks of these kinds, in order, one a line; made once and kept."""
        kept = self._views.get(kinds)
        if kept is None:
            # Kinds that come to the same, since the document has no others, share a view and what is known of its text.
            there = kinds & self._kinds
            kept = self._views.get(there) or self._joined(there)
            self._views[kinds] = self._views[there] = kept
        return kept

    def _joined(self, kinds: frozenset[BlockKind]) -> View:
        return View(Joined("\n".join(self.lines(kinds)), self.blocks, kinds))

    @property
    def kinds_and_lines(self) -> Sequence[tuple[BlockKind, str]]:
        """The kind and the words of each block, in order."""
        return self._lines

    def lines(self, kinds: frozenset[BlockKind]) -> list[str]:
        """The words of all blocks of these kinds, block by block."""
        if kinds >= self._kinds:
            return [line for _, line in self._lines]
        return [line for kind, line in self._lines if kind in kinds]

    def items(self, sections: frozenset[str]) -> View:
        """The text of the items of all sections of these kinds, one a line; made once and kept."""
        key = "items", sections
        kept = self._views.get(key)
        if kept is None:
            kept = self._views[key] = join(item for one in self.sections if one.kind in sections for item in one.items)
        return kept


def numbered(pages: Iterable[PageBreak]) -> list[tuple[int, PageBreak]]:
    """The pages with an arabic number, in order, and their numbers."""
    pairs = ((page.label.number, page) for page in pages)
    return [(number, page) for number, page in pairs if number is not None]


class Dialect(Record):
    """How the memoranda of a house are written where that is not as in the published volumes; N stands for a number.

    ``bullet`` is that of lists, ``page`` a page break, ``marker`` a marker in the text: ``N``, ``[N]``, ``(N)`` or ``¹``
    (raised digits). What is written otherwise is read too, and is a departure.
    """

    bullet: str = "•"
    page: str = "[Page N]"
    marker: str = "N"


PUBLISHED = Dialect()
"""That of the published volumes."""


class Volume(Record):
    """An edition file as it was read: a text memorandum is a volume of one document.

    Of a TEI volume alone: ``markup`` is all of its elements, ``id`` the one it calls itself by, ``page_breaks`` are
    those of the whole file, ``persons`` and ``terms`` the entries of its lists, ``schema_version`` names the version of
    the edition's schema that it is of. ``earlier`` is its text at the revision that a run compares with, if it does.
    ``dialect`` is how memoranda were expected to be written. ``matter`` is the front and back matter, read as if each
    section of it were a document: prefaces, lists, appendices.
    """

    source: Source
    medium: Medium | None
    documents: Sequence[Document] = ()
    anomalies: tuple[Anomaly, ...] = ()
    markup: Markup | None = None
    id: str = ""
    page_breaks: tuple[PageBreak, ...] = ()
    persons: tuple[Entry, ...] = ()
    terms: tuple[Entry, ...] = ()
    schema_version: str = ""
    earlier: str | None = None
    dialect: Dialect = PUBLISHED
    matter: Sequence[Document] = ()
