"""Counts the notes of a document of a TEI volume: which of them bear numbers, and which number each should have.

Symbols and letters are no numbers and stay; a note with a ``target``, or with the number and the words of an earlier one,
is a second marker and keeps its number; the notes of an attachment or a table that begin to count again are counted by
themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fruslint.markup.elements import Markup
from fruslint.model import Document, Label, Marker
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_SYMBOL = late(r"[^\w\s]+|[a-zA-Z]{1,2}")
_APART = frozenset({"table", "floatingText", "frus:attachment"})
_MAIN = -1


class NumberedNote(Record):
    """A note that bears a number, or should: the number of its element, its label, and what sets it apart.

    ``first`` is the index of the note that it is a second marker of, None if it is a note of its own.
    """

    element: int
    label: Label
    apart: int
    first: int | None


class Change(Record):
    """A note with its new number; ``group`` is the table or attachment that counts its own notes."""

    note: NumberedNote
    new: int
    group: int

    @property
    def old(self) -> int | None:
        """The old number, None if it had none."""
        return self.note.label.number

    @property
    def is_move(self) -> bool:
        """Whether its label changes."""
        return self.note.label.text != str(self.new)


def changes_of(markup: Markup, document: Document) -> Iterator[Change]:
    """All notes of a document that are counted, with their new numbers."""
    notes = list(_numbered(markup, document))
    apart = _counted_apart(notes)
    groups = [note.apart if note.apart in apart else _MAIN for note in notes]
    following = _starts(document, notes, groups)
    new: list[int] = []
    for note, group in zip(notes, groups, strict=True):
        if note.first is not None:
            new.append(new[note.first])
            continue
        new.append(following[group])
        following[group] += 1
    return map(Change, notes, new, groups)


def _starts(document: Document, notes: Sequence[NumberedNote], groups: Sequence[int]) -> dict[int, int]:
    """The number that the notes of each group begin with."""
    chapter = max((note.label.number or 0 for note in document.chapter_notes), default=None)
    labels: dict[int, list[int | None]] = {}
    for note, group in zip(notes, groups, strict=True):
        if note.first is None:
            labels.setdefault(group, []).append(note.label.number)
    return {group: _start(own, chapter if group == _MAIN else None) for group, own in labels.items()}


def _start(labels: Sequence[int | None], chapter: int | None) -> int:
    """The number that notes begin with: 0 or 1, or that behind the notes on the heading of the chapter."""
    lowest = min((label for label in labels if label is not None), default=1)
    if lowest <= 1:
        return lowest
    return chapter + 1 if chapter is not None and chapter < lowest else 1


def _counted_apart(notes: Sequence[NumberedNote]) -> frozenset[int]:
    """The tables and attachments whose notes begin to count again."""
    found: dict[int, bool] = {_MAIN: False}
    last = None
    for note in notes:
        number = note.label.number
        if number is None or note.first is not None:
            continue
        restarts = last is not None and (number <= 1 or number < last)
        if not found.setdefault(note.apart, restarts):
            last = number
    return frozenset(apart for apart, restarts in found.items() if restarts)


def _numbered(markup: Markup, document: Document) -> Iterator[NumberedNote]:
    """The notes of a document that have a number, or anything else that is no symbol in its place."""
    own: dict[Span, int] = {}
    said: dict[tuple[str, str], int] = {}
    labels: list[str] = []
    for marker in document.markers:
        element, label = markup.at(marker.place.start), marker.label
        if element is None or not label.text or _SYMBOL.fullmatch(label.text):
            continue
        first = _first(document, marker, own, said, len(labels))
        if first is not None and labels[first] != label.text:
            first = None
        yield NumberedNote(element, label, _apart(markup, element), first)
        own.setdefault(marker.place, len(labels))
        labels.append(label.text)


def _first(
    document: Document, marker: Marker, own: dict[Span, int], said: dict[tuple[str, str], int], index: int
) -> int | None:
    """The index of the note that a marker repeats, by its target or by its words."""
    if marker.note is None:
        return None
    note = document.notes[marker.note]
    if note.span != marker.place:
        return own.get(note.span)
    words = note.text.content
    first = said.setdefault((marker.label.text, words), index) if words else index
    return first if first != index else None


def _apart(markup: Markup, element: int) -> int:
    for outer in markup.ancestors(element):
        if markup.names[outer] in _APART:
            return outer
        if markup.names[outer] == "div":
            break
    return _MAIN
