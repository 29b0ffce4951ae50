"""Marks that come in pairs, brackets or quotation marks: where they are counted, and which of them wait for a partner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fruslint.checks.search.shape import is_rare, only_kinds, shape_of
from fruslint.model import Document
from fruslint.text import BlockKind, Text

_NOTES = frozenset({BlockKind.NOTE})

MARK: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 1}
"""The schema of a parameter that is one character."""
SAYS: dict[str, Any] = {
    "description": "What the value `trouble` of the message says of a mark.",
    "type": "object",
    "required": ["unclosed", "unopened"],
    "additionalProperties": {"type": "string"},
}


def stretches(document: Document, kinds: frozenset[BlockKind]) -> Iterator[tuple[Text, bool]]:
    """What pairs are counted in: the blocks of these kinds as one text, a line each, and each note for itself.

    The second value says whether it is a note.
    """
    rest = kinds - _NOTES
    if rest:
        yield document.view(rest).text, False
    if rest != kinds:
        yield from ((note.text, True) for note in document.notes)


def begins_paragraph(content: str, index: int) -> bool:
    """Whether nothing but quotation marks stands between the start of the paragraph and ``index``."""
    head = content[max(0, index - 3) : index]
    return ("\n" in head or index < 3) and not head.rpartition("\n")[2].strip("“‘\"'")


class EvenMarks:
    """Tells of most texts by a quick look that each opening mark has its closing one behind it, before any other mark.

    It looks at the shape of a text, in which control characters look like some marks: these are counted in the text too.
    """

    __slots__ = ("_closing", "_kept", "_marks", "_opening")

    def __init__(self, opening: str, closing: str) -> None:
        self._marks = (opening, closing)
        known = opening != closing and is_rare(opening) and is_rare(closing)
        self._opening, self._closing = (shape_of(mark) if known else b"" for mark in (opening, closing))
        self._kept = self._opening + self._closing + b"\n"

    def are_in(self, content: str) -> bool:
        """Whether that is certain of all marks in a text; a pair has to end in its line."""
        if not self._opening:
            return False
        marks = only_kinds(content, self._kept)
        odd = marks.replace(self._opening + self._closing, b"")
        if self._opening in odd or self._closing in odd:
            return False
        return (marks.count(self._opening), marks.count(self._closing)) == tuple(map(content.count, self._marks))


class OpenMarks:
    """The opening marks that wait for a partner, the latest first to get one."""

    __slots__ = ("_carried", "_marks")

    def __init__(self) -> None:
        self._marks: list[int] = []
        self._carried = 0

    def __bool__(self) -> bool:
        return bool(self._marks)

    def __iter__(self) -> Iterator[int]:
        return iter(self._marks)

    @property
    def latest(self) -> int:
        """Where the latest one stands."""
        return self._marks[-1]

    def push(self, index: int) -> None:
        """Note an opening mark."""
        self._marks.append(index)

    def pop(self) -> int:
        """Give the latest one a partner."""
        self._carried = min(self._carried, len(self._marks) - 1)
        return self._marks.pop()

    def end_paragraph(self, may_go_on: Callable[[int], bool]) -> list[int]:
        """Keeps what may reach over the end of this paragraph, once for all, and gives back what may not."""
        new = self._marks[self._carried :]
        self._marks[self._carried :] = filter(may_go_on, new)
        self._carried = len(self._marks)
        return [index for index in new if not may_go_on(index)]
