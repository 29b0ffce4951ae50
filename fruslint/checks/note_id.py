"""Compares the ids of notes with the documents they stand in and with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import ClassVar

from fruslint.checks.base import Edits, Hit, Parameterless
from fruslint.checks.elements.ids import References
from fruslint.checks.elements.words import plain_number
from fruslint.documents import Sketch, sketches
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_DIGITS = 6
# More ids than that are a habit.
_FEW = 3
# The id of a document, and the number of a note in it.
_ID = late(rf"(.*?)fn(?:0*([0-9]{{1,{_DIGITS}}})|[^0-9]|$)")


class _Note(Record):
    """A note with an id: the document that the id names, its number there, the number of the note, its place and words.

    Its ``position`` counts the notes of the document; those in the line have no number and do not count.
    """

    found: str
    span: Span
    owner: str
    counted: int | None
    label: int | None
    position: int
    document: str
    words: str


class NoteIdCheck(Parameterless):
    """An id is that of the document, ``fn``, and the number of the note.

    Ids that count the notes of a document one by one, as where some have symbols, and those that are off by as many as
    their neighbours, are an info; where most ids of a volume count them so, that is its way. Values: ``found``, ``expected``.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id that names another document or number."""
        if volume.markup is not None:
            references = References(volume.markup)
            documents = list(_wrong(volume.markup, sketches(volume.documents)))
            habit = _is_to_count(volume.markup, documents)
            for notes in documents:
                yield from _check(notes, references, habit)


def _wrong(markup: Markup, documents: Iterable[Sketch]) -> Iterator[list[_Note]]:
    """The notes of each document in which not all ids are as they should be."""
    for document in documents:
        if document.element is not None and not _all_right(markup, document.element.number, document.id):
            notes = list(_notes(markup, document.element.number))
            if not _is_misnamed(markup, document, notes):
                yield notes


def _is_to_count(markup: Markup, documents: Sequence[Sequence[_Note]]) -> bool:
    """Whether most ids of a volume count the notes of their documents, whatever the numbers of these are."""
    counted = sum(_is_off(note) and note.counted == note.position for notes in documents for note in notes)
    return counted > _FEW and 2 * counted > len(markup.named("note"))


def _check(notes: list[_Note], references: References, habit: bool) -> Iterator[Hit]:
    counts, ids = _counts_past_a_repeat(notes) or _counts_past_a_restart(notes), {note.found for note in notes}
    for index, note in enumerate(notes):
        if note.owner != note.document:
            yield _hit(notes, index, references, None)
        elif _is_off(note) and not (counts or _is_told_apart(note, ids) or (habit and note.counted == note.position)):
            yield _hit(notes, index, references, Severity.INFO if _is_counted(notes, index) else None)


def _is_misnamed(markup: Markup, document: Sketch, notes: Sequence[_Note]) -> bool:
    """Whether all ids agree with the number of the document, and its own id does not: then that is what is wrong."""
    number = markup.value(document.element.number, "n") if document.element is not None else None
    meant = f"d{(number or '').strip('[]').lower()}"
    return meant != document.id and bool(notes) and all(note.owner == meant for note in notes)


def _all_right(markup: Markup, number: int, document: str) -> bool:
    """Whether all ids are exactly as they should be, as they are in nearly all documents."""
    if markup.within(number, "div"):
        return False
    parts, opens, value = markup.parts, markup.opens, markup.value
    for note in markup.within(number, "note"):
        expected = f"{document}fn{value(note, 'n')}"
        if f' xml:id="{expected}"' not in parts[opens[note]] and value(note, "xml:id") not in (None, expected):
            return False
    return True


def _notes(markup: Markup, document: int) -> Iterator[_Note]:
    position = 0
    for number in markup.within(document, "note"):
        position += markup.value(number, "rend") != "inline"
        located = markup.located(number, "xml:id")
        if located is None:
            continue
        found = _ID.match(located[0])
        owner, counted = (found[1], found[2]) if found else ("", None)
        label = (markup.value(number, "n") or "").strip()
        value = plain_number(label, _DIGITS)
        division = next(outer for outer in markup.ancestors(number) if markup.names[outer] == "div")
        owned = markup.value(division, "xml:id") or ""
        words = " ".join(markup.inner_text(number).split())
        yield _Note(*located, owner, int(counted) if counted else None, value, position, owned, words)


def _is_off(note: _Note) -> bool:
    return note.counted is not None and note.label is not None and note.counted != note.label


def _counts_past_a_repeat(notes: list[_Note]) -> bool:
    """Whether all ids count the notes one by one, as they must where a number stands twice with the same words."""
    numbered = [(note.label, note.words) for note in notes if note.label is not None]
    labels = {label for label, _ in numbered}
    return len(labels) == len(set(numbered)) < len(numbered) and all(note.counted == note.position for note in notes)


def _counts_past_a_restart(notes: list[_Note]) -> bool:
    """Whether all ids count the notes one by one, as they must where the numbers begin anew on each page."""
    labels = [note.label or 0 for note in notes]
    restarts = any(before > 1 == label for before, label in pairwise(labels))
    return restarts and all(note.counted == note.position for note in notes)


def _is_told_apart(note: _Note, ids: Set[str]) -> bool:
    """Whether its number is repeated in the document, and a digit behind it keeps the id from being repeated too."""
    right = f"{note.document}fn{note.label}"
    return note.found.startswith(right) and right in ids


def _is_counted(notes: list[_Note], index: int) -> bool:
    """Whether the id counts notes, or is as far off as that of a neighbour."""
    note = notes[index]
    if note.counted == note.position:
        return True
    beside = [other for other in (*notes[max(0, index - 1) : index], *notes[index + 1 : index + 2]) if _is_off(other)]
    return any(_shift(other) == _shift(note) for other in beside)


def _shift(note: _Note) -> int:
    return (note.counted or 0) - (note.label or 0)


def _hit(notes: list[_Note], index: int, references: References, severity: Severity | None) -> Hit:
    note = notes[index]
    number = note.counted if note.label is None else note.label
    expected = f"{note.document}fn{'' if number is None else number}"
    edits: Edits = ()
    if (
        severity is None
        and _is_in_order(notes, index)
        and references.is_free(expected)
        and not references.of(note.found)
    ):
        edits = ((note.span, expected),)
    return Hit(note.span, {"found": note.found, "expected": expected}, edits=edits, severity=severity)


def _is_in_order(notes: list[_Note], index: int) -> bool:
    """Whether the number of a note is the one between those of its neighbours in the document, so that it is right."""
    label, document = notes[index].label, notes[index].document
    beside = [other for other in notes[max(0, index - 1) : index + 2] if other.document == document]
    labels = [other.label for other in beside]
    first = beside[0].position == notes[index].position
    if label is None or (len(beside) == 1 and label > 1):
        return False
    return labels == list(range(label - (not first), label - (not first) + len(labels)))
