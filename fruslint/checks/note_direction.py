"""Follows references to other notes of the same document, such as ``see footnote 3 above``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search.expressions import PATTERNS, compile_pattern
from fruslint.checks.search.sieve import Needs
from fruslint.model import Document, Note


class NoteDirectionCheck:
    """Compares the number a note refers to with its own.

    ``patterns`` have the groups ``number`` and ``above`` or ``below``; one of these two words must occur in the note.
    Numbers are those of the markers, which is what a reader of the text sees; documents in which they start again are
    passed over.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["patterns"],
        "additionalProperties": False,
        "properties": {"patterns": PATTERNS},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "number", "label", "last", "detail"})
    needs = Needs(part="notes")

    def __init__(self, parameters: Parameters) -> None:
        self._patterns = tuple(compile_pattern(pattern, {}) for pattern in parameters["patterns"])

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each reference that leads the wrong way or nowhere."""
        if not any(_has_direction(note) for note in document.notes):
            return
        notes = {number: document.notes[index] for index, number in _numbers(document).items()}
        last = max(notes, default=0)
        for own, note in notes.items():
            if _has_direction(note):
                for pattern in self._patterns:
                    for found in pattern.finditer(note.text.content):
                        yield from _compare(notes, own, last, found)


def _compare(notes: Mapping[int, Note], own: int, last: int, found: re.Match[str]) -> Iterator[Hit]:
    number = int(found["number"])
    above = found.groupdict().get("above") is not None
    if number < own if above else own < number <= last:
        return
    detail = _detail(number, own, last)
    values = {"found": found[0], "number": str(number), "label": str(own), "last": str(last), "detail": detail}
    related = (RelatedSpan(notes[number].label.span, f"note {number}"),) if number in notes else ()
    yield Hit(notes[own].text.span(*found.span()), values, related)


def _has_direction(note: Note) -> bool:
    content = note.text.content
    return "above" in content or "below" in content


def _numbers(document: Document) -> dict[int, int]:
    """The number of each note, by its index, as its marker has it; empty where they are not in order."""
    pairs = [(marker.note, marker.label.number) for marker in document.markers]
    numbers = {index: number for index, number in pairs if index is not None and number is not None}
    in_order = [*numbers] == sorted(numbers) and [*numbers.values()] == sorted({*numbers.values()})
    return numbers if in_order else {}


def _detail(number: int, own: int, last: int) -> str:
    if number == own:
        return "which is the note itself"
    if number > last:
        return f"and the last note is {last}"
    return "which stands above" if number < own else "which stands below"
