"""Makes documents of the model out of what the walk over their elements has found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fruslint.language.vocabulary import document_kind
from fruslint.markup.element import Element
from fruslint.markup.elements import Markup
from fruslint.model import Anomaly, Attachment, Document, DocumentKind, Label, Medium, Note, PageBreak, Section
from fruslint.patterns import late
from fruslint.readers.participants import read_participants
from fruslint.readers.tei.frames import AttachmentFrame, Draft, Frame
from fruslint.readers.tei.front import chapter_notes, documents_of
from fruslint.readers.tei.labels import label_of
from fruslint.readers.tei.notes import NoteReader, make_note
from fruslint.readers.tei.sections import SectionMaker, opener_frames, section_lists
from fruslint.readers.tei.titles import number_form, title_case
from fruslint.readers.tei.walk import walk
from fruslint.readers.tei.words import RunText
from fruslint.readers.years import year_of
from fruslint.record import record_of
from fruslint.source import Source, Span
from fruslint.text import Block, BlockKind

_NUMBER = late(
    r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*(?P<number>\[?\d{1,5}[A-Za-z]?\]?)(?P<period>\.)?(?(period)|(?=\s))\s*"
)
_YEAR = late(r"\s*(1[5-9]\d\d|20\d\d)")
_DATE_ATTRIBUTES = ("when", "from", "notBefore", "to", "notAfter")
# What is kept although it is empty: its emptiness is a fault that rules report.
_KEPT = frozenset({BlockKind.TITLE, BlockKind.ITEM})


class Place:
    """Where a document is: its element, what of the volume belongs to it, and the documents that stand in it.

    ``kind`` is what it is, as soon as that is known.
    """

    __slots__ = ("chapter_notes", "inner", "kind", "number", "page_breaks")

    def __init__(self, number: int) -> None:
        self.number = number
        self.chapter_notes: tuple[Note, ...] = ()
        self.page_breaks: list[PageBreak] = []
        self.inner: list[int] = []
        self.kind: DocumentKind | None = None


def find_documents(markup: Markup, page_breaks: Sequence[PageBreak]) -> list[Place]:
    """The places of the documents, in order; each page break goes to the innermost document around it."""
    numbers = markup.once(documents_of)
    places = {number: Place(number) for number in numbers}
    for number, outer in markup.enclosing(numbers, numbers).items():
        places[outer].inner.append(number)
    breaks = dict(zip(markup.named("pb"), page_breaks, strict=True))
    for number, outer in markup.enclosing(numbers, breaks).items():
        places[outer].page_breaks.append(breaks[number])
    notes = chapter_notes(markup, numbers)
    for number, own in notes.items():
        places[number].chapter_notes = own
    return list(places.values())


class DocumentReader:
    """Reads the documents of one volume."""

    def __init__(self, source: Source, markup: Markup, volume: str) -> None:
        self._source = source
        self._markup = markup
        self._volume = volume

    def read(self, place: Place) -> Document:
        """The document at a place."""
        draft = walk(self._markup, place.number, place.inner)
        document = self._document(place, draft)
        draft.release()
        place.kind = document.kind
        return document

    def kind(self, place: Place) -> DocumentKind:
        """What the document at a place is; of one that was not read yet the title is read, and no more."""
        if place.kind is None:
            place.kind = self._kind(place.number, self._title_words(place))
        return place.kind

    def _title_words(self, place: Place) -> str:
        markup, number = self._markup, place.number
        head = next((child for child in markup.children(number) if markup.names[child] == "head"), None)
        if head is None:
            return ""
        draft = walk(markup, number, place.inner, markup.after[head])
        title, _ = self._title(draft.title, label_of(markup, number))
        draft.release()
        return title.text.content if title is not None else ""

    def sketched(self, place: Place) -> tuple[str, Span, Element]:
        """The id, the span and the element of the document at a place."""
        markup, number = self._markup, place.number
        return markup.value(number, "xml:id") or "", markup.span(number), Element(markup, number)

    def _document(self, place: Place, draft: Draft) -> Document:
        markup, number = self._markup, place.number
        reader = NoteReader(markup)
        for frame in draft.notes:
            reader.read(frame)
        blocks, sections, anomalies = self._blocks(draft)
        coded = label_of(markup, number)
        given = coded if coded.text else None
        title, printed = self._title(draft.title, coded)
        anomalies += self._title_anomalies(draft.title, title, printed)
        words = title.text.content if title else ""
        return Document(
            source=self._source,
            medium=Medium.TEI,
            volume=self._volume,
            id=markup.value(number, "xml:id") or "",
            kind=self._kind(number, words),
            span=markup.span(number),
            number=printed or given,
            title=title,
            year=self._year(draft, words),
            blocks=(*_with_title(blocks, title), *map(_note_block, reader.notes)),
            sections=tuple(sections),
            participants=read_participants(sections),
            notes=tuple(reader.notes),
            markers=tuple(reader.markers),
            page_breaks=tuple(place.page_breaks),
            anomalies=tuple(anomalies),
            element=Element(markup, number),
            coded_number=given,
            inline_notes=tuple(self._inline_note(frame) for frame in draft.inline_notes),
            chapter_notes=place.chapter_notes,
            attachments=tuple(self._attachment(frame) for frame in draft.attachments),
        )

    def _blocks(self, draft: Draft) -> tuple[list[Block], list[Section], list[Anomaly]]:
        """The blocks in order, the sections that some of them form, and what is wrong with these."""
        lists = section_lists(self._markup, draft)
        for frame in opener_frames(draft.frames, lists):
            frame.change(BlockKind.OPENER)
        for own in lists:
            if own.heading is not None:
                _strip_colon(own.heading)
        blocks = list(self._kept(draft.frames))
        if not lists:
            return blocks, [], []
        maker = SectionMaker(self._markup, blocks)
        sections = maker.make(lists)
        return maker.blocks, sections, maker.anomalies

    def _kept(self, frames: Iterable[Frame]) -> Iterator[Block]:
        """The blocks that have words, or are there to be filled; the frames of the others are left without."""
        parts = self._markup.parts
        for frame in frames:
            block = frame.block
            if block is None:
                continue
            begins = parts[frame.first + 1]
            has_words = begins and not begins.isspace() and frame.last > frame.first and "&#" not in begins
            if has_words or block.text.content or (block.kind in _KEPT and not frame.holds_blocks):
                yield block
            else:
                frame.block = None

    def _title(self, frame: Frame | None, coded: Label) -> tuple[Block | None, Label | None]:
        """The title without its number, and the number."""
        block = frame.block if frame is not None else None
        if frame is None or block is None or not isinstance(block.text, RunText):
            return None, None
        found = _NUMBER.match(block.text.content)
        if found is None or (not found["period"] and found["number"] != coded.text):
            return block, None
        text = found["number"]
        start = self._first_word(frame, text)
        span = block.text.span(*found.span("number")) if start is None else Span(start, start + len(text))
        return Block(BlockKind.TITLE, block.span, block.text.part(found.end())), Label(text, span)

    def _title_anomalies(self, frame: Frame | None, title: Block | None, number: Label | None) -> Iterator[Anomaly]:
        """What is wrong with the number of a document and the capitals of its title."""
        whole = frame.block if frame is not None else None
        if whole is None or title is None:
            return
        if number is not None:
            end = len(whole.text.content) - len(title.text.content)
            yield from number_form(self._source, whole.text, number, end)
        yield from title_case(self._source, title)

    def _first_word(self, frame: Frame, word: str) -> int | None:
        """The offset of ``word`` if a block begins with it, in one piece: quicker than to work out the whole way back."""
        markup = self._markup
        for place in range(frame.first + 1, frame.last, 2):
            text = markup.parts[place]
            if text and not text.isspace():
                start = len(text) - len(text.lstrip(" \t\r\n"))
                return markup.offsets[place] + start if text.startswith(word, start) else None
        return None

    def _kind(self, number: int, title: str) -> DocumentKind:
        if self._markup.value(number, "subtype") == "editorial-note":
            return DocumentKind.EDITORIAL_NOTE
        return document_kind(title)

    def _year(self, draft: Draft, title: str) -> int | None:
        """The year of the first date in a dateline or the title, else what the title or the name of the volume says."""
        for number in draft.dates:
            for name in _DATE_ATTRIBUTES:
                found = _YEAR.match(self._markup.value(number, name) or "")
                if found:
                    return int(found[1])
        return year_of(title, self._volume)

    def _inline_note(self, frame: Frame) -> Note:
        label = label_of(self._markup, frame.number)
        return make_note(self._markup, frame.number, frame, label)

    def _attachment(self, frame: AttachmentFrame) -> Attachment:
        title = frame.title.block if frame.title is not None else None
        return Attachment(self._markup.value(frame.number, "xml:id") or "", self._markup.span(frame.number), title)


class DocumentSketch:
    """What can be told of a document without reading it (`documents.Sketch`)."""

    __slots__ = ("_place", "_reader", "element", "id", "span")

    def __init__(self, reader: DocumentReader, place: Place) -> None:
        self._reader = reader
        self._place = place
        self.id, self.span, self.element = reader.sketched(place)

    @property
    def kind(self) -> DocumentKind:
        """What it is, as its title says."""
        return self._reader.kind(self._place)


def _with_title(blocks: Sequence[Block], title: Block | None) -> Iterable[Block]:
    """The blocks, with the title that is left behind its number."""
    if title is None:
        return blocks
    return [title if block.kind is BlockKind.TITLE else block for block in blocks]


def _note_block(note: Note) -> Block:
    return record_of(Block, (BlockKind.NOTE, note.span, note.text, 0))


def _strip_colon(heading: Frame) -> None:
    """The label of a list is its heading without the colon."""
    if heading.block is not None and isinstance(heading.block.text, RunText):
        text = heading.block.text
        if text.content.endswith(":"):
            heading.block = heading.block._replace(text=text.part(0, len(text.content.rstrip(": "))))
