"""Reads the list of notes of a plain-text memorandum, and pairs the markers of its text with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fruslint.language.vocabulary import SOURCE_LEAD
from fruslint.model import Anomaly, Label, Marker, Note
from fruslint.patterns import late
from fruslint.readers.plain.candidates import Candidate
from fruslint.readers.plain.lines import Line, NoteParts, note_parts
from fruslint.readers.plain.markers import Chain
from fruslint.readers.plain.note_zone import is_heading_of_notes
from fruslint.readers.plain.outline import Entry, Role
from fruslint.readers.plain.together import are_nearly_all, as_one, groups
from fruslint.record import Record
from fruslint.source import Source, Span

_GOES_ON = "it goes on in another line"
# A letter, a Roman number, a bullet or the sign of a quotation in mail where the number of a note should be
_OTHER_LABEL = late(
    r"(?:> *)+(?:\d{1,3}\.)?|[•*†‡§¶·+–—-] *(?:\d{1,3}\.)?(?=\s)|\(?(?:[a-z]|[ivxl]{1,6}|[IVX]{1,6})[.)](?=\s)"
)
# What nearly all of so many notes have in common is said once.
_MANY = 3
_BRACKETS = ("]", "]:", ")")
_PAGE = late(r"\[(?:Facsimile )?Page [\divxlc]+\]\Z")


class RawNote:
    """A note under construction: its label, the stretches of the source its words stand in, the blank lines before it.

    ``lines`` goes from the beginning of its first line to the end of its last.
    """

    __slots__ = ("blanks", "label", "lines", "span", "words")

    def __init__(self, label: Label, span: Span, words: list[Span], blanks: int, lines: Span) -> None:
        self.label = label
        self.span = span
        self.words = words
        self.blanks = blanks
        self.lines = lines


class NoteList(Record):
    """The notes of a document in the order of the list, and what is wrong with how they are written."""

    notes: tuple[RawNote, ...]
    anomalies: tuple[Anomaly, ...]


def read_notes(source: Source, above: Entry, entries: Sequence[Entry]) -> NoteList:
    """The notes that ``entries``, the lines of the list, hold; ``above`` is the last line in front of them."""
    notes: list[RawNote] = []
    anomalies: list[Anomaly] = []
    for entry in entries:
        parts = note_parts(entry.line) if entry.role is Role.NOTE else None
        if parts is not None:
            notes.append(
                RawNote(
                    Label(parts.label, parts.label_span),
                    entry.line.words,
                    [parts.words],
                    entry.blanks,
                    entry.line.span,
                )
            )
            anomalies.extend(_format_anomalies(source, entry, parts))
        elif notes:
            anomalies.extend(_continue(notes[-1], entry))
    anomalies.extend(_blank_lines(source, notes))
    if notes:
        anomalies.extend(_heading(above.line, notes[0]))
    return NoteList(tuple(notes), tuple(_together(anomalies, len(notes))))


def _together(anomalies: Sequence[Anomaly], notes: int) -> Iterator[Anomaly]:
    """The anomalies; what is wrong with nearly all of so many ``notes`` in the same way is said once, at the first."""
    for those in groups(anomalies, lambda one: (one.kind, one.values["detail"])):
        if those[0].kind == "note-split" or not are_nearly_all(those, notes, _MANY):
            yield from those
        else:
            yield as_one(those, {"found": f"{those[0].values['found']} and {len(those) - 1} others, each"})


def _blank_lines(source: Source, notes: Sequence[RawNote]) -> Iterator[Anomaly]:
    """A blank line parts two notes only where one of them has several paragraphs."""
    for before, note in pairwise(notes):
        if note.blanks and len(before.words) == 1 and len(note.words) == 1:
            gap = Span(before.lines.end, note.lines.start)
            follows = note.label.number is not None and note.label.number - 1 == before.label.number
            yield Anomaly(
                "blank-in-notes",
                note.span,
                {"found": note.label.text, "detail": "a blank line stands before it"},
                ((gap, source.newline),) if follows else (),
            )


def _heading(line: Line, first: RawNote) -> Iterator[Anomaly]:
    """The list of notes has no heading; one that stands above it, as the last line of the text, is none of the document."""
    if is_heading_of_notes(line):
        detail = f"‘{line.text.strip()}’ stands above the list, which has no heading"
        edits = ((Span(line.span.start, first.lines.start), ""),)
        yield Anomaly("note-format", line.words, {"found": first.label.text, "detail": detail}, edits, unsafe=True)


def _format_anomalies(source: Source, entry: Entry, parts: NoteParts) -> Iterator[Anomaly]:
    head = Span(entry.line.span.start, parts.words.start)
    expected = f"  {parts.label}. "
    written = source.text[slice(*head)]
    if parts.words.end > parts.words.start and written != expected:
        detail = _wrong(parts, source.text[slice(*parts.label_span)])
        edits = ((head, expected),) if parts.number is not None else ()
        yield Anomaly("note-format", head, {"found": parts.label, "detail": detail}, edits)


def _wrong(parts: NoteParts, label: str) -> str:
    if parts.number is None:
        return "a sign stands for its number"
    if parts.raised:
        return "its number is raised"
    if label != parts.label:
        return f"its number is written ‘{label}’"
    if parts.period in _BRACKETS:
        return "its number stands in brackets"
    if parts.indent != "  ":
        if "\t" in parts.indent:
            return "a tab stands before it"
        return f"it is indented by {len(parts.indent) or 'nothing'} and not by two blanks"
    if parts.period != ".":
        return (
            "the period behind its number is missing" if not parts.period else f"its number ends with ‘{parts.period}’"
        )
    return "one blank belongs between its number and its text"


def _continue(note: RawNote, entry: Entry) -> Iterator[Anomaly]:
    """A further paragraph of a note stands behind a blank line and is indented by four; a line without either is split off."""
    words = entry.line.words
    if entry.blanks == 0 or not entry.line.indent:
        gap = Span(note.span.end, words.start)
        detail = _not_of_note(entry.line)
        values = {"found": note.label.text, "detail": detail or _GOES_ON}
        is_certain = entry.blanks == 0 or entry.line.text[:1].islower()
        yield Anomaly("note-split", words, values, ((gap, " "),) if is_certain and not detail else ())
        note.words[-1] = Span(note.words[-1].start, words.end)
    else:
        note.words.append(words)
    note.span = Span(note.span.start, words.end)
    note.lines = Span(note.lines.start, entry.line.span.end)


def _not_of_note(line: Line) -> str:
    """What is to be said of a line that does not begin as half a note does; nothing of any other."""
    text = line.text.strip()
    label = _OTHER_LABEL.match(text)
    if label is not None:
        return f"the line behind it begins ‘{label[0].strip()}’, as if it were a note of its own with a wrong number"
    return "a page marker stands in a line behind it" if _PAGE.match(text) else ""


def doubted(note_list: NoteList, markers: Sequence[Marker], strays: Sequence[Marker]) -> Iterator[Anomaly]:
    """The anomalies of a list; where a marker has no note, or the list leaves a number out, a line may be that note.

    To join it to the note before would then hide where it begins.
    """
    if not note_list.anomalies:  # most memoranda
        return
    numbers = [note.label.number or 0 for note in note_list.notes]
    has_gap = any(following != number + 1 for number, following in pairwise(numbers))
    left_over = has_gap or bool(strays) or any(marker.note is None for marker in markers)
    for one in note_list.anomalies:
        if left_over and one.kind == "note-split" and one.values["detail"] == _GOES_ON:
            detail = f"{_GOES_ON}, unless a note begins there that has lost its number"
            yield one._replace(values={**one.values, "detail": detail}, unsafe=True)
        else:
            yield one


def pair(chain: Chain, notes: Sequence[Note], title_end: int) -> tuple[tuple[Marker, ...], tuple[Marker, ...]]:
    """The markers, each with the note it points at, and the strays.

    The list numbers its notes from 1 whatever the markers begin with: one constant offset maps the ones to the others.
    Where the first one, that of the title, is lost, nothing but the place of the others tells what they begin with.
    """
    repeats = _repeats(chain, notes)
    ordered = sorted((*chain.markers, *repeats), key=lambda c: c.span)
    taken = {c.span for c in repeats}
    strays = tuple(Marker(c.label) for c in chain.strays if c.span not in taken)
    if repeats:
        return tuple(_marker(c, index if index < len(notes) else None) for index, c in enumerate(ordered)), strays
    if _is_complete(chain.markers, len(notes)):
        return tuple(_marker(c, index) for index, c in enumerate(chain.markers)), strays
    shift = 1 if _has_lost_zero(chain.markers, notes, title_end) else offset(chain.markers, notes)
    by_number = _numbered(notes)
    return tuple(_marker(c, by_number.get(c.number + shift)) for c in ordered), strays


def _is_complete(markers: Sequence[Candidate], notes: int) -> bool:
    """As many markers as notes, without a gap: if a number of the list is wrong, it is that of the list."""
    return len(markers) == notes > 0 and markers[-1].number - markers[0].number == notes - 1


def _marker(candidate: Candidate, note: int | None) -> Marker:
    return Marker(candidate.label, note, candidate.sure)


def _numbered(notes: Sequence[Note]) -> dict[int, int]:
    """Note number -> index; by place where the numbers of the list are not in ascending order."""
    numbers = [note.label.number for note in notes]
    ascending = all(a is not None and b is not None and a < b for a, b in pairwise(numbers))
    if ascending:
        return {number: index for index, number in enumerate(numbers) if number is not None}
    first = numbers[0] or 1
    return {first + index: index for index in range(len(numbers))}


def offset(markers: Sequence[Candidate], notes: Sequence[Note]) -> int:
    """What is added to the number of a marker to get that of its note."""
    if not markers or not notes:
        return 0
    first = notes[0].label.number or 1
    if markers[0].number == 0 and markers[-1].number + 1 == notes[-1].label.number:
        return 1
    return first - markers[0].number if _starts_list(markers, notes) else 0


def _has_lost_zero(markers: Sequence[Candidate], notes: Sequence[Note], title_end: int) -> bool:
    """Whether the markers count from 0, which was that of the source note, on the title, and is lost."""
    if not markers or len(notes) != len(markers) + 1 or markers[0].span.start < title_end:
        return False
    counted = markers[0].number == 1 and markers[-1].number == len(markers)
    return counted and notes[0].label.number == 1 and notes[0].text.content.startswith(SOURCE_LEAD)


def _starts_list(markers: Sequence[Candidate], notes: Sequence[Note]) -> bool:
    """Whether the first marker belongs to the first note: it counts from 0, or the markers fill the list to its end."""
    first, last = markers[0].number, markers[-1].number
    return first == 0 or (first > 1 and last - first + 1 == len(notes))


def _repeats(chain: Chain, notes: Sequence[Note]) -> list[Candidate]:
    """Second references to an earlier note: the list then holds the same sentence again, once for each of them."""
    surplus = len(notes) - len(chain.markers)
    if surplus <= 0 or not _same_words(notes):
        return []
    used = {c.number: c.span for c in chain.markers}
    again = [c for c in chain.strays if c.number in used and c.span > used[c.number]]
    return again if len(again) == surplus else []


def _same_words(notes: Sequence[Note]) -> bool:
    words = [note.text.content for note in notes]
    return len(set(words)) < len(words)
