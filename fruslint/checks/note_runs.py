"""Follows the numbers of the notes of a volume from one document to the next, where they go on and do not begin again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.words import plain_number
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.readers.tei.front import documents_of
from fruslint.record import Record
from fruslint.source import Span

# So many documents tell whether the notes of a volume go on.
_ENOUGH = 12
_DIGITS = 3


class _Step(Record):
    """A note and the one before it, which stands in another document, with their numbers."""

    before: int
    last: int
    note: int
    number: int


class NoteRunsCheck:
    """A volume is looked at if its notes go on over at least ``steps`` ends of documents, and ``times`` as often as not.

    A number that leaves out at most ``most`` is reported; a number 0 or 1 begins again. Values: ``label``, the number of the
    note, ``before``, that of the note before, and ``missing``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["steps", "times", "most"],
        "additionalProperties": False,
        "properties": {key: {"type": "integer", "minimum": 1} for key in ("steps", "times", "most")},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "before", "missing"})

    def __init__(self, parameters: Parameters) -> None:
        self._steps: int = parameters["steps"]
        self._times: int = parameters["times"]
        self._most: int = parameters["most"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each first note of a document whose number leaves some out."""
        if volume.markup is None:
            return
        going, gaps = self._gaps(_steps(volume.markup))
        if gaps and going >= max(self._steps, self._times * len(gaps)):
            yield from (_hit(volume.markup, step) for step in gaps)

    def _gaps(self, steps: Iterator[_Step]) -> tuple[int, Sequence[_Step]]:
        """How often the numbers go on, and where they leave some out; nothing, where they begin again all the time."""
        going = again = 0
        gaps: list[_Step] = []
        for step in steps:
            if step.number == step.last + 1:
                going += 1
            elif step.number < 2:
                again += 1
            elif 1 < step.number - step.last <= self._most + 1:
                gaps.append(step)
            if going + again == _ENOUGH and going <= again:
                return 0, ()
        return (going, gaps) if going > again else (0, ())


def _steps(markup: Markup) -> Iterator[_Step]:
    """The first note of each document behind another one with notes, and the highest number so far.

    Notes on the headings of chapters count as well.
    """
    documents = markup.once(documents_of)
    before = last = owner = -1
    for note in markup.named("note"):
        number = _number(markup, note)
        if number is None:
            continue
        place = bisect_right(documents, note) - 1
        if place >= 0 and note < markup.after[documents[place]]:
            if place != owner and owner >= 0:
                yield _Step(before, last, note, number)
            owner = place
        if number > last or number < 2:
            before, last = note, number


def _number(markup: Markup, note: int) -> int | None:
    return plain_number(markup.value(note, "n") or "", _DIGITS)


def _hit(markup: Markup, step: _Step) -> Hit:
    first, last = step.last + 1, step.number - 1
    missing = f"{first} is" if first == last else f"{first} to {last} are"
    values = {"label": str(step.number), "before": str(step.last), "missing": missing}
    return Hit(_place(markup, step.note), values, (RelatedSpan(_place(markup, step.before), "the note before"),))


def _place(markup: Markup, note: int) -> Span:
    located = markup.located(note, "n")
    return located[1] if located is not None else markup.span(note)
