"""Looks at what stands beside the notes of a TEI volume: their numbers typed, and punctuation on the wrong side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_TYPED = late(r"(?:(?<=[A-Za-z”’)\]])|(?<=[A-Za-z”’)\]][.,;:])|(?<=[0-9]{4}[.,;:]))[0-9]{1,3}\Z")
_MARKS = (".", ",", ";", ":")
_POINTS = ("..", ". .")


class NotePositionCheck:
    """Reports a number typed in front of the note which has it, and a note in front of punctuation or between two marks.

    That in front where at most the ``share`` of all notes beside such a mark, of which there are ``at_least`` so many,
    stand in front of it, and as an info. Values: ``label``, the number of the note, and ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["share", "at_least", "typed", "in_front", "both"],
        "additionalProperties": False,
        "properties": {
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "at_least": {"type": "integer", "minimum": 1},
            "typed": {"type": "string", "description": "What to say of a number that is typed."},
            "in_front": {"type": "string", "description": "What to say of a note in front of punctuation."},
            "both": {"type": "string", "description": "What to say of a note between two marks that are the same."},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._share: float = parameters["share"]
        self._at_least: int = parameters["at_least"]
        self._typed: str = parameters["typed"]
        self._in_front: str = parameters["in_front"]
        self._both: str = parameters["both"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each such note."""
        if volume.markup is not None:
            yield from self._numbers(volume.markup)
            yield from self._twice(volume.markup)
            yield from self._marks(volume.markup)

    def _numbers(self, markup: Markup) -> Iterator[Hit]:
        parts, opens = markup.parts, markup.opens
        for number in [one for one in markup.named("note") if "0" <= parts[opens[one] - 1][-1:] <= "9"]:
            found = _TYPED.search(parts[opens[number] - 1])
            label = (markup.value(number, "n") or "").strip()
            if found is not None and found[0] == label:
                end = markup.offsets[opens[number]]
                yield Hit(Span(end - len(label), end), {"label": label, "detail": self._typed})

    def _twice(self, markup: Markup) -> Iterator[Hit]:
        """Notes that have the same mark in front of them and behind."""
        parts, opens, closes = markup.parts, markup.opens, markup.closes
        for number in [one for one in markup.named("note") if parts[closes[one] + 1][:1] in _MARKS]:
            mark, before = parts[closes[number] + 1][:1], parts[opens[number] - 1]
            if mark and before.endswith(mark) and not before.endswith(_POINTS):
                start = markup.offsets[closes[number] + 1]
                values = {"label": (markup.value(number, "n") or "").strip(), "detail": self._both}
                yield Hit(Span(start, start + 1), values)

    def _marks(self, markup: Markup) -> Iterator[Hit]:
        parts, opens, closes = markup.parts, markup.opens, markup.closes
        notes = markup.named("note")
        behind = [one for one in notes if parts[opens[one] - 1][-1:] in _MARKS]
        front = [one for one in notes if parts[closes[one] + 1][:1] in _MARKS]
        if front and self._is_rare(front, behind):
            for number in front:
                label = (markup.value(number, "n") or "").strip()
                if label and parts[opens[number] - 1][-1:].isalpha():
                    values = {"label": label, "detail": self._in_front}
                    yield Hit(markup.name_span(number), values, severity=Severity.INFO)

    def _is_rare(self, front: Sequence[int], behind: Sequence[int]) -> bool:
        total = len(front) + len(behind)
        return total >= self._at_least and len(front) <= self._share * total
