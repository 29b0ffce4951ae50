"""Reads a plain-text memorandum: a numbered title, sections, paragraphs, page markers, and the notes at the end.

The reader never fails. What is not as the format has it becomes an anomaly of the document, and the document is read as
it was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from fruslint.language.vocabulary import SOURCE_LEAD, USUAL_TITLES, document_kind
from fruslint.model import (
    PUBLISHED,
    Anomaly,
    Dialect,
    Document,
    DocumentKind,
    Label,
    Marker,
    Medium,
    Note,
    PageBreak,
    Section,
    Volume,
)
from fruslint.patterns import late
from fruslint.readers.merges import unfinished_merges
from fruslint.readers.participants import read_participants
from fruslint.readers.plain.added import above_heading, heading_place, in_front_of_lines
from fruslint.readers.plain.blanks import blank_line_anomalies
from fruslint.readers.plain.candidates import BARE, Candidate, has_form, in_form
from fruslint.readers.plain.draft import Draft, RawBlock, RawSection
from fruslint.readers.plain.lines import Line, LineKind, split_lines
from fruslint.readers.plain.markers import Chain, find_markers
from fruslint.readers.plain.notes import NoteList, RawNote, doubted, pair, read_notes
from fruslint.readers.plain.outline import Entry, Role, outline
from fruslint.readers.plain.pages import Pages, find_pages
from fruslint.readers.plain.second_document import second_document
from fruslint.readers.plain.sections import Builder
from fruslint.readers.plain.unread_notes import source_note_in_text, unread_notes, without_layout
from fruslint.readers.plain.words import Cutter
from fruslint.readers.years import year_of
from fruslint.source import Source, Span
from fruslint.text import Block, BlockKind

# A letter between digits is a misread digit, as in ‘1l5.’: nobody knows where such a number ends.
_TITLE = late(
    r"(?!\d{1,4}[A-Za-z]\d)(?P<number>\[?\d{1,5}(?!\d)(?:[A-Za-z](?![A-Za-z]))?\]?)"
    r"(?P<period> ?[.,:;)]| ?[—–](?!\s*\d)| -(?= )|)(?P<gap>\s*)"
    r"(?=[^\W\d]|[“‘\"'(\[]|\d\s|\d{1,2}\Z|\Z)"
)
_NUMBERED_TITLE = late(r"\[?\d{1,5}\D")
_WORD_AROUND = late(r"[^\s.,;:()“”]+")
_STANDS_ALONE = late(r"\s|[.,;:)”]|\Z")
_ZEROS = late(r"^0+(?=\d)")
_POINTS = ".,;:"
_SHOWN = 60
_SECOND = 2
_NUMBERED_FILE = late(r"d?\d+[A-Za-z]?$")


def read_plain(source: Source, dialect: Dialect = PUBLISHED) -> Volume:
    """The one document of a plain-text file; none, and an anomaly that says so, if it is no memorandum."""
    merges = unfinished_merges(source)
    if merges:
        return Volume(source, Medium.TEXT, anomalies=merges)
    lines = split_lines(source)
    added = in_front_of_lines(lines)
    if added is not None:
        return Volume(source, Medium.TEXT, anomalies=(added,))
    pages = find_pages(source.text, dialect.page)
    page_lines = _page_lines(lines, pages)
    second = second_document(lines, page_lines)
    if second is not None:
        pages = _pages_before(pages, lines[second].span.start)
    begin = heading_place(lines[:second], page_lines)
    entries = outline(lines[:second], page_lines, dialect.bullet, begin)
    if not _is_edition_file(source, entries):
        detail = "it is empty" if not entries else "it has no heading such as ‘12. Memorandum of Conversation’"
        return Volume(source, None, anomalies=(Anomaly("not-edition-file", Span(0, 0), {"detail": detail}),))
    document = _document(source, entries, pages, dialect)
    if second is not None:
        document = document._replace(anomalies=(*document.anomalies, _second(lines[second])))
    if begin:
        document = document._replace(anomalies=(above_heading(lines, begin), *document.anomalies))
    return Volume(source, Medium.TEXT, (document,), dialect=dialect)


def _pages_before(pages: Pages, end: int) -> Pages:
    return Pages(
        tuple(page for page in pages.breaks if page.span.start < end),
        tuple(anomaly for anomaly in pages.anomalies if anomaly.span.start < end),
    )


def _second(heading: Line) -> Anomaly:
    """What says that another document begins with a line, from which on nothing is read."""
    return Anomaly("second-document", heading.words, {"found": heading.text.strip()[:_SHOWN]})


def _page_lines(lines: Sequence[Line], pages: Pages) -> frozenset[int]:
    """The lines that hold a page marker and nothing else."""
    spans = {page.span for page in pages.breaks}
    return frozenset(line.number for line in lines if line.kind is not LineKind.BLANK and line.words in spans)


def _is_edition_file(source: Source, entries: Sequence[Entry]) -> bool:
    if not entries:
        return False
    title = entries[0].line.text.strip()
    if _TITLE.match(title) or _NUMBERED_TITLE.match(title) or document_kind(title) is not DocumentKind.OTHER:
        return True
    has_parts = any(entry.role in (Role.HEADING, Role.NOTE) for entry in entries)
    return has_parts or bool(_NUMBERED_FILE.match(PurePosixPath(source.path).stem))


def _document(source: Source, entries: Sequence[Entry], pages: Pages, dialect: Dialect) -> Document:
    body = [entry for entry in entries if entry.role not in (Role.NOTE, Role.MORE_OF_NOTE)]
    note_list = read_notes(source, body[-1], entries[len(body) :])
    number, title = _title(source, entries)
    draft = Builder(source, dialect.bullet).build(body)
    in_text = source_note_in_text(body)
    found = _chain(source, title, body, note_list, pages, dialect.marker, in_text is not None)
    cutter = Cutter(source.text, [c.written for c in found.markers], [page.span for page in pages.breaks])
    title_block = cutter.block(title)
    blocks = {id(raw): cutter.block(raw) for raw in draft.blocks}
    notes = tuple(_note(raw, cutter) for raw in note_list.notes)
    markers, strays = pair(found, notes, title.words.end)
    unread = unread_notes(body, in_text, [note.label.number for note in notes], _without_note(markers, strays))
    sections = tuple(_section(raw, blocks) for raw in draft.sections)
    path, volume = PurePosixPath(source.path), PurePosixPath(source.path).parent.name
    return Document(
        source=source,
        medium=Medium.TEXT,
        volume=volume,
        id=path.stem,
        kind=document_kind(title_block.text.content),
        span=Span(_start(entries, pages), entries[-1].line.span.end),
        number=number,
        title=title_block,
        year=_year(title_block, blocks.values(), volume),
        blocks=(title_block, *blocks.values(), *(_note_block(note) for note in notes)),
        sections=sections,
        participants=read_participants(sections),
        notes=notes,
        markers=markers,
        strays=strays,
        page_breaks=_page_breaks(pages, notes),
        anomalies=(
            *without_layout(_anomalies(source, entries, draft, pages), unread.lines),
            *doubted(note_list, markers, strays),
            *unread.anomalies,
            *_title_case(title_block),
            *_marker_forms(source.text, found, dialect.marker, title.words.end),
        ),
    )


def _start(entries: Sequence[Entry], pages: Pages) -> int:
    """Where a document begins: with its title, or with the page that is named above it."""
    title = entries[0].line.span.start
    return min(title, pages.breaks[0].span.start) if pages.breaks else title


def _year(title: Block, blocks: Iterable[Block], volume: str) -> int | None:
    """The year of a dated heading, else that of the volume, else that of the line with place and date."""
    datelines = [block.text.content for block in blocks if block.kind is BlockKind.DATELINE]
    return year_of(title.text.content, volume) or next(filter(None, (year_of(line, "") for line in datelines)), None)


def _title(source: Source, entries: Sequence[Entry]) -> tuple[Label | None, RawBlock]:
    last = entries[1] if _is_split(entries) else entries[0]
    words = Span(entries[0].line.words.start, last.line.words.end)
    found = _TITLE.match(source.text, words.start, words.end)
    if found is None:
        return None, RawBlock(BlockKind.TITLE, words, words)
    number = Label(found["number"], Span(*found.span("number")))
    return number, RawBlock(BlockKind.TITLE, words, Span(found.end(), words.end))


def _is_split(entries: Sequence[Entry]) -> bool:
    """Whether the title goes on in a second line."""
    return len(entries) > 1 and entries[1].role is Role.MORE_OF_TITLE


def _split_title(entries: Sequence[Entry]) -> Iterator[Anomaly]:
    if _is_split(entries):
        first, second = (entry.line for entry in entries[:2])
        gap = Span(first.words.end, second.words.start)
        yield Anomaly("title-split", second.words, {"found": second.text.strip()[:_SHOWN]}, ((gap, " "),))


def _number_anomalies(source: Source, entry: Entry) -> Iterator[Anomaly]:
    """A number that is not written as in ‘12. Memorandum’."""
    found = _TITLE.match(source.text, entry.line.words.start, entry.line.words.end)
    if found is None or found.end() == entry.line.words.end or found["number"].startswith("["):
        return
    expected = _ZEROS.sub("", found["number"]) + ". "
    start = entry.line.span.start
    if found["number"] + found["period"] + found["gap"] == expected and start == found.start():
        return
    span = Span(start, found.end())
    written = source.text[slice(*span)]
    edits = () if entry.line.indent and source.text.startswith(SOURCE_LEAD, found.end()) else ((span, expected),)
    yield Anomaly("number-form", span, {"found": written, "expected": expected}, edits)


def _chain(
    source: Source,
    title: RawBlock,
    body: Sequence[Entry],
    note_list: NoteList,
    pages: Pages,
    form: str,
    first_in_text: bool,
) -> Chain:
    """The markers; the first note counts, too, where it stands in the text and the list begins with the second."""
    searched = Span(title.words.start, body[-1].line.span.end)
    labels = [note.label.number for note in note_list.notes]
    numbers = [number for number in labels if number is not None]
    if len(numbers) < len(labels) or sorted(set(numbers)) != numbers:
        numbers = list(range(1, len(labels) + 1))
    if first_in_text and numbers[:1] == [_SECOND]:
        numbers = [1, *numbers]
    spans = [page.span for page in pages.breaks]
    return find_markers(source.text, searched, title.words.end, numbers, spans, form)


def _page_breaks(pages: Pages, notes: Sequence[Note]) -> tuple[PageBreak, ...]:
    start = notes[0].span.start if notes else None
    return tuple(page._replace(in_note=start is not None and page.span.start > start) for page in pages.breaks)


def _without_note(markers: Iterable[Marker], strays: Iterable[Marker]) -> Iterator[int | None]:
    """The numbers of what may be a marker and has no note."""
    return (marker.label.number for marker in chain(markers, strays) if marker.note is None)


def _note(raw: RawNote, cutter: Cutter) -> Note:
    return Note(raw.label, cutter.join(raw.words), raw.span)


def _note_block(note: Note) -> Block:
    return Block(BlockKind.NOTE, note.span, note.text)


def _section(raw: RawSection, blocks: dict[int, Block]) -> Section:
    heading = blocks[id(raw.heading)] if raw.heading else None
    items = tuple(blocks[id(item)] for item in raw.items)
    return Section(raw.kind, heading, items, raw.span, raw.expected, raw.inline, raw.after_body)


def _anomalies(source: Source, entries: Sequence[Entry], draft: Draft, pages: Pages) -> tuple[Anomaly, ...]:
    return (
        *_number_anomalies(source, entries[0]),
        *_split_title(entries),
        *draft.anomalies,
        *pages.anomalies,
        *blank_line_anomalies(source, entries),
    )


def _title_case(title: Block) -> Iterator[Anomaly]:
    """A title that is one of the usual ones but for its capitals."""
    words = title.text.content
    usual = USUAL_TITLES.get(words.casefold())
    if usual is not None and usual != words:
        span = title.text.span(0, len(words))
        yield Anomaly("title-case", span, {"found": words, "expected": usual}, ((span, usual),))


def _before_point(text: str, marker: Candidate, title_end: int) -> Iterator[Anomaly]:
    """A marker before a comma or a period, or between two of them; a title has none at all behind it."""
    start, end = marker.written
    point, behind = text[end : end + 1], text[end + 1 : end + 2]
    if point not in _POINTS or not point or behind.strip() or not marker.sure:
        return
    is_between = text[start - 1] in _POINTS
    if is_between and text[text.rfind("\n", 0, start) + 1].isdigit():
        return  # in a paragraph that begins with 1. the next point is 2.
    is_alone = is_between or end < title_end == end + 1
    expected = text[start:end] if is_alone else point + text[start:end]
    span = Span(start, end + 1)
    yield Anomaly("marker-form", span, {"found": text[slice(*span)], "expected": expected}, ((span, expected),))


def _in_word(text: str, marker: Candidate) -> Iterator[Anomaly]:
    """A marker between small letters: it has slipped into a word, or lost the blank behind it."""
    start, end = marker.written
    if not (text[start - 1].islower() and text[end : end + 1].islower()):
        return
    found = _WORD_AROUND.match(text, text.rfind(" ", 0, start) + 1)
    word = found[0] if found is not None else text[start:end]
    values = {"found": text[start:end], "expected": f"at the end of a word, and not inside of ‘{word[:_SHOWN]}’"}
    yield Anomaly("marker-form", marker.written, values)


def _twice(text: str, marker: Candidate) -> Iterator[Anomaly]:
    """The number of a marker that stands behind it once more."""
    start, end = marker.written
    again = f" {text[start:end]}"
    behind = end + len(again)
    if marker.sure and text.startswith(again, end) and _STANDS_ALONE.match(text, behind):
        span = Span(start, behind)
        values = {"found": text[slice(*span)], "expected": text[start:end]}
        yield Anomaly("marker-form", span, values, ((span, text[start:end]),), unsafe=True)


def _marker_forms(text: str, chain: Chain, form: str, title_end: int) -> Iterator[Anomaly]:
    for marker in chain.markers:
        yield from _marker_form(text, marker, form, title_end)


def _marker_form(text: str, marker: Candidate, form: str, title_end: int) -> Iterator[Anomaly]:
    """What is wrong with how a marker is written: it should have the form of the dialect, and be glued to its word.

    It stands behind a comma or a period, and not before it or between two.
    """
    if has_form(text, marker, form):
        if not marker.sure:
            yield from _in_word(text, marker)
        if form == BARE:
            yield from _before_point(text, marker, title_end)
            if (
                text.startswith(" ", marker.written.end)
                and text[marker.written.end + 1 : marker.written.end + 2].isdigit()
            ):
                yield from _twice(text, marker)
        return
    written = text[slice(*marker.written)]
    kind = "marker-spaced" if written[0].isspace() else "marker-form"
    expected = in_form(marker.number, form)
    values = {"found": written.strip(), "expected": expected}
    has_letters = any(map(str.isalpha, written))
    yield Anomaly(kind, marker.written, values, ((marker.written, expected),), unsafe=has_letters)
