"""Follows the numbers of the notes of a document: no gap, no number twice, none going back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.apparatus import shift
from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.sieve import Needs
from fruslint.findings import Severity
from fruslint.model import Document, Note
from fruslint.once import once


class NoteLabelsCheck:
    """``report``: ``gap`` or ``repeated``. Symbols and letters are no numbers and are passed over.

    Values: ``label`` is the number it is about, ``before`` the one before it, ``missing`` what should stand between.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"enum": ["gap", "repeated"]}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "before", "missing"})
    needs = Needs(part="notes")

    def __init__(self, parameters: Parameters) -> None:
        self._gap = parameters["report"] == "gap"

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit at each note whose number does not follow that of the note before."""
        for before, note, again in _breaks(document):
            missing = _between(before, note)
            gap = len(missing) > 0 and _marked(document).isdisjoint(missing)
            repeated = len(missing) == 0 and not _restarts(document, note)
            if gap if self._gap else repeated:
                hit = _hit(before, note)
                yield hit._replace(severity=Severity.INFO) if again else hit


@once
def _breaks(document: Document) -> Sequence[tuple[Note, Note, bool]]:
    """The notes whose number does not follow that of the note before, with that note."""
    pairs = ((note.label.number, note) for note in document.notes)
    numbered = [(number, note) for number, note in pairs if number is not None]
    follows = all(number == last + 1 for (last, _), (number, _) in pairwise(numbered))
    return () if follows else tuple(_odd_steps(numbered))


def _odd_steps(numbered: Sequence[tuple[int, Note]]) -> Iterator[tuple[Note, Note, bool]]:
    """The breaks, and whether the note may be one that is printed again for a second marker: then the notes behind it
    follow the one before it. It has the words of an earlier one, or its number belongs to an earlier document.
    """
    first, before = numbered[0]
    last = first
    seen = {(first, before.text.content)}
    for index, (number, note) in enumerate(numbered[1:], 2):
        following = numbered[index][0] if index < len(numbered) else None
        words = number, note.text.content
        again = number != last + 1 and (words in seen or 1 < number < first)
        if number != last + 1 and not _is_first_of_two(last, number, following):
            yield before, note, again
        if not again:
            last, before = _goes_on(last, number, following), note
            seen.add(words)


def _is_first_of_two(last: int, number: int, following: int | None) -> bool:
    """Whether two notes changed places, which is said of the second."""
    return number == last + 2 and following == last + 1


def _goes_on(last: int, number: int, following: int | None) -> int:
    """The number that the next note must follow: that of one, unless the next goes on as if it were another or not there."""
    if number == last + 1 or _is_first_of_two(last, number, following):
        return number
    if following == last + 2:
        return last + 1
    return last if following == last + 1 else number


@once
def _marked(document: Document) -> frozenset[int]:
    """The numbers in the list that a marker points at in vain."""
    lost = [marker.label.number for marker in document.markers if marker.note is None]
    return frozenset(number + shift(document) for number in lost if number is not None)


def _between(before: Note, note: Note) -> range:
    return range((before.label.number or 0) + 1, note.label.number or 0)


def _restarts(document: Document, note: Note) -> bool:
    """The notes of an enclosure or a table count from the beginning again, and so do their markers."""
    number = note.label.number
    if number not in (0, 1):
        return False
    following = _followers(document).get(id(note))
    if following is not None and following != number + 1:
        return False
    return all(one in (None, 0, 1) for one in _pointing(document).get(id(note), ()))


@once
def _followers(document: Document) -> dict[int, int | None]:
    """The number of the note behind each note."""
    return {id(before): after.label.number for before, after in pairwise(document.notes)}


@once
def _pointing(document: Document) -> dict[int, list[int | None]]:
    """The numbers of the markers of each note."""
    found: dict[int, list[int | None]] = {}
    for marker in document.markers:
        if marker.note is not None:
            found.setdefault(id(document.notes[marker.note]), []).append(marker.label.number)
    return found


def _hit(before: Note, note: Note) -> Hit:
    missing = _between(before, note)
    between = str(missing.start) if len(missing) == 1 else f"{missing.start} to {missing.stop - 1}"
    values = {"label": note.label.text, "before": before.label.text, "missing": between}
    return Hit(note.label.span, values, (RelatedSpan(before.label.span, "the note before"),))
