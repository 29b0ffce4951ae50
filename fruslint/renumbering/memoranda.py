"""Renumbers the notes of a plain-text memorandum: its markers, its list, and the words that refer to them.

Markers count up from where the document begins to count, the list from where the list does: in many memoranda the
one begins with 0 and the other with 1. A second marker for an earlier note keeps the number of that note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.apparatus.balance import Apparatus, weigh
from fruslint.findings import place
from fruslint.model import Document, Marker, Note, Volume
from fruslint.readers.plain.candidates import BARE, RAISED, in_form
from fruslint.readers.plain.markers import find_sequence
from fruslint.record import Record
from fruslint.renumbering.plan import Draft, Move, Numbers, Plan, Renumbered, read_again
from fruslint.renumbering.words import move_mentions, number_of
from fruslint.source import Span

_HINT = "add what is missing or take its other half away, and run this again"


class _Pair(Record):
    """A marker and the note it points at. ``first`` is the pair it repeats, as an index, None if it repeats none."""

    marker: Marker
    note: Note
    first: int | None = None


def plan_memorandum(volume: Volume) -> Plan:
    """How the one document of ``volume`` is to be changed."""
    plan = _plan(volume)
    if not plan.edits or _is_settled(read_again(volume, plan), plan.notes):
        return plan
    draft = Draft(volume.source)
    message = "with new numbers its markers could not be told from the numbers beside them; renumber it by hand"
    draft.refuse(volume.documents[0].span, message)
    return draft.plan()


def _is_settled(volume: Volume | None, notes: int) -> bool:
    """Whether a memorandum was renumbered so that it reads as it should: nothing is left to do, and no note is lost."""
    plan = _plan(volume) if volume is not None and volume.documents else None
    return plan is not None and not plan.edits and not plan.refused and plan.notes == notes


def _plan(volume: Volume) -> Plan:
    draft = Draft(volume.source)
    document = volume.documents[0]
    notes = [note for note in document.notes if note.label.number is not None]
    pairs = _pairs(document, notes)
    if pairs is None:
        for span, message in _faults(document):
            draft.refuse(span, message)
        return draft.plan()
    draft.notes = len(notes)
    moved = _renumber(draft, document, pairs)
    return draft.plan(Renumbered(document.volume, {}, moved))


def _renumber(draft: Draft, document: Document, pairs: Sequence[_Pair]) -> dict[str, Numbers]:
    """Write all numbers; returns them by the number of the document, if it has one."""
    fresh = [pair for pair in pairs if pair.first is None]
    numbers = _count(pairs, _start([_number(pair.marker) for pair in fresh], _first_label(pairs)))
    labels = range(_list_start(pairs), _list_start(pairs) + len(pairs))
    for pair, number, label in zip(pairs, numbers, labels, strict=True):
        _write_marker(draft, pair.marker, number)
        draft.replace(pair.note.label.span, str(label))
        if pair.first is None and _number(pair.marker) != number:
            _note_move(draft, document, pair, (_number(pair.marker), number))
        elif pair.note.label.number != label:
            _note_move(draft, document, pair, (pair.note.label.number or 0, label))
    moved = Numbers(document, list(zip(map(_number, (pair.marker for pair in pairs)), numbers, strict=True)))
    _second_markers(draft, document, pairs, moved)
    by_document = {number_of(document): moved} if moved else {}
    move_mentions(draft, [document], by_document, lambda _: False)
    return by_document


def _note_move(draft: Draft, document: Document, pair: _Pair, numbers: tuple[int, int]) -> None:
    old, new = numbers
    draft.moves.append(Move(document.id, str(old), str(new), place(draft.source, pair.note.label.span)))


def _number(marker: Marker) -> int:
    return marker.label.number or 0


def _first_label(pairs: Sequence[_Pair]) -> int:
    return min((pair.note.label.number or 0 for pair in pairs), default=1)


def _list_start(pairs: Sequence[_Pair]) -> int:
    return min(_first_label(pairs), 1)


def _start(numbers: Sequence[int], first_label: int) -> int:
    """The number that markers begin with: 0 or 1, or a later one where the list begins with 1 all the same."""
    lowest = min(numbers, default=1)
    if lowest <= 1:
        return lowest
    return numbers[0] if first_label <= 1 else 1


def _count(pairs: Sequence[_Pair], start: int) -> list[int]:
    """The new numbers of the markers."""
    numbers: list[int] = []
    following = start
    for pair in pairs:
        if pair.first is not None:
            numbers.append(numbers[pair.first])
            continue
        numbers.append(following)
        following += 1
    return numbers


def _write_marker(draft: Draft, marker: Marker, number: int) -> None:
    span = marker.label.span
    written = draft.source.text[span.start : span.end]
    draft.replace(span, in_form(number, BARE if written.isascii() else RAISED))


def _second_markers(draft: Draft, document: Document, pairs: Sequence[_Pair], moved: Numbers) -> None:
    """Markers that stand for an earlier note, which the list does not repeat, go with it."""
    used = {pair.marker.label.span for pair in pairs}
    for stray in document.strays:
        number = stray.label.number
        if stray.label.span in used or number is None:
            continue
        if number in moved.changed:
            draft.references.append(place(draft.source, stray.label.span))
            _write_marker(draft, stray, moved.changed[number])
        elif number in moved.ambiguous:
            draft.leave(stray.label.span, f"a second marker {number}: two notes have that number")


def _pairs(document: Document, notes: Sequence[Note]) -> list[_Pair] | None:
    """The markers with their notes, in the order of both; None where they do not come out even."""
    as_read = [(marker, document.notes[marker.note]) for marker in document.markers if marker.note is not None]
    even = _is_even(document, as_read, notes)
    if even and len({(note.label.number or 0) - _number(marker) for marker, note in as_read}) <= 1:
        return _repeated(as_read)
    return _in_order_of_list(document, notes) or (_repeated(as_read) if even else None)


def _in_order_of_list(document: Document, notes: Sequence[Note]) -> list[_Pair] | None:
    """The notes with markers that have just their numbers, in the same order, whatever that is."""
    numbers = [note.label.number or 0 for note in notes]
    for shift in (0, -1):
        chain = _chain(document, [number + shift for number in numbers]) if notes else None
        if chain is not None:
            return [_Pair(marker, note) for marker, note in zip(chain, notes, strict=True)]
    return None


def _is_even(document: Document, pairs: Sequence[tuple[Marker, Note]], notes: Sequence[Note]) -> bool:
    """Whether each note has one marker and each marker a note, in the same order."""
    whole = weigh(document) == Apparatus() and len(pairs) == len(document.markers)
    return whole and all(marker.sure for marker, _ in pairs) and [note for _, note in pairs] == list(notes)


def _repeated(pairs: Sequence[tuple[Marker, Note]]) -> list[_Pair]:
    """The pairs; one with the number and the words of an earlier one repeats it."""
    known: dict[tuple[int, str], int] = {}
    found = []
    for index, (marker, note) in enumerate(pairs):
        first = known.setdefault((_number(marker), note.text.content), index)
        found.append(_Pair(marker, note, first if first != index else None))
    return found


def _chain(document: Document, numbers: Sequence[int]) -> list[Marker] | None:
    """The markers with exactly these numbers, one behind the other; None where they are not there, or more of them."""
    title = document.title
    if title is None:
        return None
    searched = Span(title.text.origin(0) if title.text.content else title.span.start, document.notes[0].span.start)
    pages = [page.span for page in document.page_breaks]
    chain = find_sequence(document.source.text, searched, title.span.end, numbers, pages)
    if chain is None or any(stray.number not in numbers for stray in chain.strays):
        return None
    return [Marker(candidate.label) for candidate in chain.markers]


def _faults(document: Document) -> Iterator[tuple[Span, str]]:
    """What does not come out even."""
    apparatus = weigh(document)
    for index in apparatus.unmarked:
        yield _fault(document.notes[index].label.span, f"note {document.notes[index].label.text} has no marker")
    for index, marker in (*apparatus.wrong, *apparatus.misplaced):
        label = document.notes[index].label.text
        yield _fault(marker.label.span, f"marker {marker.label.text} stands where that of note {label} is expected")
    for marker in apparatus.lost:
        yield _fault(marker.label.span, f"marker {marker.label.text} has no note")
    for marker in apparatus.strays:
        yield _fault(marker.label.span, f"{marker.label.text} looks like a marker, and no note is left for it")
    if apparatus == Apparatus():
        yield from _doubts(document)


def _doubts(document: Document) -> Iterator[tuple[Span, str]]:
    unsure = [marker for marker in document.markers if not marker.sure]
    for marker in unsure:
        yield _fault(
            marker.label.span, f"nobody can tell whether {marker.label.text} is a marker or a number of the text"
        )
    if not unsure:
        yield _fault(document.span, "markers and notes are not in the same order")


def _fault(span: Span, message: str) -> tuple[Span, str]:
    return span, f"{message}; {_HINT}"
