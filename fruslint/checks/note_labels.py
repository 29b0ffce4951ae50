"""Follows the numbers of the notes of a document: no gap, no number twice, none going back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.apparatus.balance import shift
from fruslint.apparatus.changed_places import changed_places
from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity
from fruslint.model import Document, Note
from fruslint.once import once
from fruslint.record import Record


class NoteLabelsCheck:
    """``report``: ``gap`` or ``repeated``. Symbols and letters are no numbers and are passed over.

    Of notes that changed places the first of the fewer ones is reported.
    Values: ``label`` is the number it is about, ``before`` the one before it, ``missing`` what should stand between;
    ``due`` says what is missing or expected, or where the note belongs.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"enum": ["gap", "repeated"]}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "before", "missing", "due"})
    needs = Needs(part="notes")

    def __init__(self, parameters: Parameters) -> None:
        self._gap = parameters["report"] == "gap"

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit at each note whose number does not follow that of the note before."""
        for one in _breaks(document):
            missing = _between(one)
            gap = len(missing) > 0 and _marked(document).isdisjoint(missing)
            repeated = len(missing) == 0 and not _restarts(document, one.note)
            if gap if self._gap else repeated:
                yield _hit(one)


class _Break(Record):
    """A note whose number does not follow that of the note ``before``.

    ``again``: it may be one that is printed again. ``expected``: the number that stands there if only this one is wrong.
    ``home``: the note behind which it belongs, if it only stands in the wrong place.
    """

    before: Note
    note: Note
    again: bool = False
    expected: int | None = None
    home: Note | None = None


@once
def _breaks(document: Document) -> Sequence[_Break]:
    """The notes whose number does not follow that of the note before."""
    pairs = ((note.label.number, note) for note in document.notes)
    numbered = [(number, note) for number, note in pairs if number is not None]
    follows = all(number == last + 1 for (last, _), (number, _) in pairwise(numbered))
    return () if follows else tuple(_odd_steps(numbered))


def _odd_steps(numbered: Sequence[tuple[int, Note]]) -> Iterator[_Break]:
    """The breaks; a note that may be printed again has the words of an earlier one, or a number of an earlier document.

    Then the notes behind it follow the one before it.
    """
    numbers = [number for number, _ in numbered]
    followers = (*numbers[1:], None)
    first, before = numbered[0]
    last, index = first, 1
    seen = {(first, before.text.content)}
    while index < len(numbered):
        number, note = numbered[index]
        words, is_odd = (number, note.text.content), number != last + 1
        again = is_odd and (words in seen or 1 < number < first)
        moved = changed_places(numbers, index, last + 1) if is_odd and not again else None
        if moved is not None:
            yield _Break(numbered[moved.first - 1][1], numbered[moved.first][1], home=numbered[moved.home][1])
            (last, before), index = numbered[moved.highest], moved.end
            continue
        following = followers[index]
        if not _follows(last, number, following):
            yield _Break(before, note, again, _expected(last, number, following, first))
        if not again:
            last, before = _goes_on(last, number, following), note
            seen.add(words)
        index += 1


def _expected(last: int, number: int, following: int | None, first: int) -> int | None:
    """The number that a note should have, where those behind it go on as if it had that, or were not there.

    One below the first may show that it is the first that is wrong.
    """
    return last + 1 if following in (last + 1, last + 2) and number >= first else None


def _follows(last: int, number: int, following: int | None) -> bool:
    """Whether it follows the one before, or is the first of two that changed places, which is said of the second."""
    return number == last + 1 or (number == last + 2 and following == last + 1)


def _goes_on(last: int, number: int, following: int | None) -> int:
    """The number that the next note must follow: that of one, unless the next goes on as if it were another or not there."""
    if _follows(last, number, following):
        return number
    if following == last + 2:
        return last + 1
    return last if following == last + 1 else number


@once
def _marked(document: Document) -> frozenset[int]:
    """The numbers in the list that a marker points at in vain."""
    lost = [marker.label.number for marker in document.markers if marker.note is None]
    return frozenset(number + shift(document) for number in lost if number is not None)


def _between(one: _Break) -> range:
    return range((one.before.label.number or 0) + 1, one.note.label.number or 0)


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


def _hit(one: _Break) -> Hit:
    values = {
        "label": one.note.label.text,
        "before": one.before.label.text,
        "missing": _numbers(_between(one)),
        "due": _due(one),
    }
    related = [RelatedSpan(one.before.label.span, "the note before")]
    if one.home is not None:
        related.append(RelatedSpan(one.home.label.span, "it belongs behind this note"))
    return Hit(one.note.label.span, values, tuple(related), severity=Severity.INFO if one.again else None)


def _due(one: _Break) -> str:
    """What should be there; that a number is missing is said where it can be no other."""
    missing = _between(one)
    if one.home is not None:
        return f"it belongs behind note {one.home.label.text}"
    if one.again and not missing:
        return "it may be printed again, for a second marker"
    if one.expected is not None and not one.again and len(missing) != 1:
        return f"{one.expected} is expected"
    if not missing:
        return "the numbers must ascend"
    return f"{_numbers(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def _numbers(missing: range) -> str:
    return str(missing.start) if len(missing) == 1 else f"{missing.start} to {missing.stop - 1}"
