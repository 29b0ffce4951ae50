"""Reports what is left over when the markers of a document are weighed against its notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from fruslint.apparatus.balance import first_paired, neighbours, paired, shift, weigh
from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.pattern import PatternCheck
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.language.vocabulary import SOURCE_LEAD
from fruslint.model import UNREAD_NOTE, Document, Marker, Medium, Note
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import BlockKind

# What marks a note that the source has itself, behind a word or a mark.
_SIGN = late(r"(?<=[\w.,;:?!)”’])[*†‡]{1,2}(?=[\s.,;:)]|\Z)")
_OF_SOURCE = "ootnote in the "


class ApparatusCheck:
    """``report``: which of the troubles this rule is about.

    ``typed``: the parameters of a check ``pattern`` for digits that look like markers. It is for TEI, where a marker is an
    element, and no digit of the text.

    Values: ``label`` is the marker or note it is about, ``note`` the note that belongs to it, ``last`` what is to be
    said of the list of notes, ``place`` where a marker stands among the others, ``hint`` what else is to be said, or nothing.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {
                "enum": ["marker-without-note", "note-without-marker", "marker-order", "stray-marker", "offset"],
                "description": "Which kind of imbalance to report.",
            },
            "typed": PatternCheck.SCHEMA,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "note", "last", "place", "hint"})

    def __init__(self, parameters: Parameters) -> None:
        self._hits = _REPORTS[parameters["report"]]
        self._typed = PatternCheck(parameters["typed"]) if "typed" in parameters else None
        self.needs = self._needs(parameters["report"])

    def _needs(self, report: str) -> Needs | None:
        """In TEI, which has no stray markers, these are what is typed."""
        needs = self._typed.needs if self._typed is not None and report == "stray-marker" else None
        return needs._replace(medium=Medium.TEI) if needs is not None else None

    def check_document(self, document: Document) -> Iterator[Hit]:
        """The troubles of the chosen kind, in the order of the text."""
        yield from self._hits(document)
        if self._typed is not None and document.medium is Medium.TEI:
            yield from (_stray(document, hit.values["found"], hit.span) for hit in self._typed.check_document(document))


def _markers_without_note(document: Document) -> Iterator[Hit]:
    left = weigh(document)
    if not left.lost and not left.wrong:
        return
    if not document.notes and any(one.kind == UNREAD_NOTE for one in document.anomalies):
        return  # said of the notes, which stand in the text
    notes = document.notes
    last = f"the list ends with {notes[-1].label.text}" if notes else "the document has no notes"
    yield from (_lost(document, marker, last) for marker in left.lost)
    for index, stray in left.wrong:
        note = notes[index]
        hint = f"; note {note.label.text} has no marker, and its place is here"
        values = {"label": stray.label.text, "last": last, "hint": hint}
        yield Hit(stray.label.span, values, (RelatedSpan(note.label.span, "the note without a marker"),))


def _lost(document: Document, marker: Marker, last: str) -> Hit:
    """A marker without its note; the notes around the gap are named where the list leaves one out."""
    notes = document.notes
    number = (marker.label.number or 0) + shift(document)
    place = bisect_left(notes, number, key=lambda note: note.label.number or 0)
    related = (RelatedSpan(notes[-1].span, "the last note"),) if notes else ()
    if 0 < place < len(notes):
        before, behind = notes[place - 1].label, notes[place].label
        if (before.number or 0) < number < (behind.number or 0):
            last = f"the list goes from {before.text} to {behind.text}"
            related = (RelatedSpan(behind.span, "the note behind the gap"),)
    elif notes and number != marker.label.number:
        last = f"it would be note {number}, and {last}"
    return Hit(marker.label.span, {"label": marker.label.text, "last": last, "hint": ""}, related)


def _notes_without_marker(document: Document) -> Iterator[Hit]:
    unmarked = weigh(document).unmarked
    for index in () if _have_signs(document, len(unmarked)) else unmarked:
        note = document.notes[index]
        if index == 0 and note.text.content.startswith(SOURCE_LEAD) and _has_unmarked_title(document):
            yield _lost_on_title(document, note)
            continue
        lost = _lost_with_dateline(document, index)
        hint = "; it may have stood on the dateline, which this text does not have" if lost else ""
        severity = Severity.INFO if lost else None
        yield Hit(note.label.span, {"label": note.label.text, "hint": hint}, _around(document, index), (), severity)
    for marker in document.markers:
        if not marker.sure and marker.note is not None and not _is_in_word(document, marker):
            note = document.notes[marker.note]
            values = {
                "label": note.label.text,
                "hint": f", unless it is the {marker.label.text} at the end of a number",
            }
            related = RelatedSpan(marker.label.span, "the digit that may be it")
            yield Hit(note.label.span, values, (related,), (), Severity.INFO)


def _have_signs(document: Document, unmarked: int) -> bool:
    """Whether so many notes of the source are there, and an asterisk for each of them, which the list of notes counts in."""
    of_source = sum(_OF_SOURCE in note.text.content for note in document.notes) if unmarked else 0
    return 0 < unmarked <= of_source and unmarked <= len(_SIGN.findall(document.source.text))


def _is_in_word(document: Document, marker: Marker) -> bool:
    """Whether a marker stands inside of a word, which is said of the marker."""
    text, (start, end) = document.source.text, marker.label.span
    return text[start - 1].islower() and text[end : end + 1].islower()


def _has_unmarked_title(document: Document) -> bool:
    """Whether a document has a title of more than a number, and no marker in it."""
    title = document.title
    if title is None or not title.text.content:
        return False
    return all(marker.label.span.start >= title.span.end for marker in document.markers)


def _lost_on_title(document: Document, note: Note) -> Hit:
    """The hit for a source note, whose marker belongs at the end of the title."""
    title = document.title
    number = (note.label.number or 1) - shift(document)
    hint = f"; the heading has lost its marker {number}"
    place = title.span if title is not None else note.label.span
    return Hit(place, {"label": note.label.text, "hint": hint}, (RelatedSpan(note.label.span, "the source note"),))


def _around(document: Document, index: int) -> tuple[RelatedSpan, ...]:
    """The markers of the notes before and behind a note."""
    markers = paired(document)
    place = bisect_left(markers, index, key=lambda marker: marker.note or 0)
    before = [RelatedSpan(markers[place - 1].label.span, "the marker before")] if place else []
    behind = [RelatedSpan(markers[place].label.span, "the marker after")] if place < len(markers) else []
    return (*before, *behind)


def _lost_with_dateline(document: Document, index: int) -> bool:
    """The second note of a text whose dateline was dropped: its marker hung there, and no editor can find it."""
    if index != 1 or document.title is None or any(block.kind is BlockKind.DATELINE for block in document.blocks):
        return False
    first = first_paired(document)
    return first is not None and first.note == 0 and first.label.span.start < document.title.span.end


def _out_of_order(document: Document) -> Iterator[Hit]:
    for index, stray in weigh(document).misplaced:
        values = {"label": stray.label.text, "place": _place(document, stray.label.span.start)}
        yield Hit(stray.label.span, values, (RelatedSpan(document.notes[index].label.span, "its note"),))


def _strays(document: Document) -> Iterator[Hit]:
    for stray in weigh(document).strays:
        yield _stray(document, stray.label.text, stray.label.span)


def _stray(document: Document, label: str, span: Span) -> Hit:
    nearest = next((marker for marker in neighbours(document, span.start) if marker), None)
    related = (RelatedSpan(nearest.label.span, "the nearest marker"),) if nearest else ()
    return Hit(span, {"label": label, "place": _place(document, span.start)}, related)


def _place(document: Document, offset: int) -> str:
    before, behind = neighbours(document, offset)
    parts = [f"behind {before.label.text}"] if before else []
    parts += [f"before {behind.label.text}"] if behind else []
    return " and ".join(parts) or "where no other marker is"


def _offset(document: Document) -> Iterator[Hit]:
    first = first_paired(document)
    if first is not None and first.note is not None and shift(document):
        note = document.notes[first.note]
        values = {"label": first.label.text, "note": note.label.text}
        yield Hit(first.label.span, values, (RelatedSpan(note.label.span, "its note"),))


_REPORTS: dict[str, Callable[[Document], Iterator[Hit]]] = {
    "marker-without-note": _markers_without_note,
    "note-without-marker": _notes_without_marker,
    "marker-order": _out_of_order,
    "stray-marker": _strays,
    "offset": _offset,
}
