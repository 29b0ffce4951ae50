"""Weighs the markers of a document against its notes, and explains what is left over on either side.

In a TEI volume a marker and its note are one element and nothing is ever left over; in plain text a note can lose its
marker, a marker its note, and a number can be wrong. One slip is explained once: a marker with a wrong number is not
also reported as a note without a marker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from fruslint.model import Document, Marker, Medium
from fruslint.once import once
from fruslint.record import Record


class Apparatus(Record):
    """What is left over.

    ``unmarked`` are indices of notes no marker points at and nothing explains. ``wrong`` and ``misplaced`` are pairs of
    a note without a marker and the stray that should be its marker: with another number where it belongs, or with
    the right number elsewhere. ``lost`` are markers whose note is not there. ``strays`` are the rest.
    """

    unmarked: tuple[int, ...] = ()
    wrong: tuple[tuple[int, Marker], ...] = ()
    misplaced: tuple[tuple[int, Marker], ...] = ()
    lost: tuple[Marker, ...] = ()
    strays: tuple[Marker, ...] = ()


_BALANCED = Apparatus()


@once
def weigh(document: Document) -> Apparatus:
    """The apparatus of a document; nothing is left over in one that is balanced."""
    if not document.strays and len(document.markers) == len(document.notes) and all_paired(document):
        return _BALANCED
    return _Scales(document).apparatus()


def all_paired(document: Document) -> bool:
    """Whether each marker has a note of its own."""
    return len({marker.note for marker in document.markers} - {None}) == len(document.markers)


@once
def shift(document: Document) -> int:
    """What is added to the number of a marker to get that of its note."""
    paired = first_paired(document)
    if paired is None or paired.note is None:
        return 0
    note, marker = document.notes[paired.note].label.number, paired.label.number
    return note - marker if note is not None and marker is not None else 0


def first_paired(document: Document) -> Marker | None:
    """The first marker that has a note."""
    return next((marker for marker in document.markers if marker.note is not None), None)


@once
def paired(document: Document) -> Sequence[Marker]:
    """The markers that have a note, in order."""
    return [marker for marker in document.markers if marker.note is not None]


def neighbours(document: Document, offset: int) -> tuple[Marker | None, Marker | None]:
    """The markers before and behind an offset."""
    place = bisect_left(document.markers, offset, key=lambda marker: marker.label.span.start)
    before = document.markers[place - 1] if place else None
    return before, document.markers[place] if place < len(document.markers) else None


class _Scales:
    """Works the apparatus of one document out; a stray that explains something is taken out of ``free``."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.free = list(document.strays)
        self.paired = paired(document)

    def apparatus(self) -> Apparatus:
        """Everything that is left over, explained as far as it can be."""
        pointed_at = {marker.note for marker in self.paired}
        unmarked = [index for index in range(len(self.document.notes)) if index not in pointed_at]
        misplaced = tuple(self._misplaced(unmarked))
        without = _left(unmarked, misplaced)
        wrong = tuple(self._wrong(without))
        lost = tuple(self._lost(bool(unmarked)))
        return Apparatus(tuple(_left(without, wrong)), wrong, misplaced, lost, tuple(self._unused()))

    def _misplaced(self, unmarked: list[int]) -> Iterator[tuple[int, Marker]]:
        """A stray with the number that is missing, wherever it stands; others with the same number go with it."""
        by_number = {stray.label.number: stray for stray in reversed(self.free)}
        offset = shift(self.document)
        for index in unmarked:
            number = self.document.notes[index].label.number
            stray = by_number.pop(number - offset, None) if number is not None else None
            if stray is not None:
                yield index, stray
        self.free = [stray for stray in self.free if stray.label.number in by_number]

    def _wrong(self, unmarked: list[int]) -> Iterator[tuple[int, Marker]]:
        """A stray between the markers of the notes around an unmarked one, if it is the only one there."""
        used = set()
        for index in unmarked:
            low, high = self._room(index)
            fitting = self.free[self._free_from(low + 1) : self._free_from(high)]
            if len(fitting) == 1 and fitting[0].label.span not in used:
                used.add(fitting[0].label.span)
                yield index, fitting[0]
        self.free = [stray for stray in self.free if stray.label.span not in used]

    def _free_from(self, offset: int) -> int:
        return bisect_left(self.free, offset, key=lambda stray: stray.label.span.start)

    def _room(self, index: int) -> tuple[int, int]:
        """Between which offsets the marker of a note belongs: those of the markers of its neighbours."""
        place = bisect_right(self.paired, index, key=lambda marker: -1 if marker.note is None else marker.note)
        low = self.paired[place - 1].label.span.start if place else -1
        return low, self.paired[place].label.span.start if place < len(self.paired) else self.document.span.end

    def _lost(self, unmarked: bool) -> Iterator[Marker]:
        """Markers whose number the list does not have, and a stray that goes on where the markers end."""
        yield from (marker for marker in self.document.markers if marker.note is None)
        if not self.document.markers or unmarked:
            return
        end = self.document.markers[-1].label
        behind = self.free[self._free_from(end.span.start + 1) :]
        following = next((s for s in behind if end.number is not None and s.label.number == end.number + 1), None)
        if following is not None:
            self.free.remove(following)
            yield following

    def _unused(self) -> Iterator[Marker]:
        """All but second references to an earlier note; the list of a text has such a note once more for each of them."""
        first = {marker.label.number: marker.label.span for marker in reversed(self.document.markers)}
        is_full = self.document.medium is Medium.TEXT and len(self.document.notes) <= len(self.paired)
        for stray in self.free:
            if is_full or stray.label.number not in first or stray.label.span < first[stray.label.number]:
                yield stray


def _left(unmarked: Sequence[int], explained: Iterable[tuple[int, Marker]]) -> list[int]:
    """The notes without a marker that no stray explains."""
    known = {index for index, _ in explained}
    return [index for index in unmarked if index not in known]
