"""Makes notes and their markers out of the note elements of a document.

A note stands where its marker is printed, so the two cannot come apart. A note with a ``target`` is another reference to
an earlier note: its marker points at that one, whatever text it repeats.
"""

from __future__ import annotations

from fruslint.markup.elements import Markup
from fruslint.model import Label, Marker, Note
from fruslint.readers.tei.frames import Frame
from fruslint.readers.tei.labels import label_of
from fruslint.readers.tei.words import Run, RunText
from fruslint.record import record_of


class NoteReader:
    """Reads the notes of one document; ``notes`` and ``markers`` are what it has read."""

    def __init__(self, markup: Markup) -> None:
        self.notes: list[Note] = []
        self.markers: list[Marker] = []
        self._markup = markup
        self._numbers: list[int] = []
        self._by_id: dict[str, int] = {}
        self._by_label: dict[str, int] = {}
        self._known = 0

    def read(self, frame: Frame) -> None:
        """Read the next note."""
        markup, number = self._markup, frame.number
        label = label_of(markup, number)
        index = self._repeated(number, label) if "target" in markup.parts[frame.first] else None
        if index is None:
            index = len(self.notes)
            note = make_note(markup, number, frame, label)
            self.notes.append(note)
            self._numbers.append(number)
            span = note.span
        else:
            span = markup.span(number)
        self.markers.append(record_of(Marker, (label, index, True, span)))

    def _repeated(self, number: int, label: Label) -> int | None:
        """The earlier note that this one refers to again: the one with the id it names, or else the same label."""
        target = self._markup.value(number, "target")
        if target is None:
            return None
        self._learn()
        index = self._by_id.get(target.strip().lstrip("#"))
        return index if index is not None else self._by_label.get(label.text)

    def _learn(self) -> None:
        """Note the ids and labels of the notes so far; few documents have a use for them."""
        for index in range(self._known, len(self.notes)):
            note_id = self._markup.value(self._numbers[index], "xml:id")
            if note_id is not None:
                self._by_id.setdefault(note_id, index)
            self._by_label[self.notes[index].label.text] = index
        self._known = len(self.notes)


def make_note(markup: Markup, number: int, run: Run, label: Label) -> Note:
    """The note that an element is."""
    return record_of(Note, (label, RunText(markup, run), markup.span(number), markup.value(number, "type") or ""))
