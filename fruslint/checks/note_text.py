"""Looks at the words of each note: that there are some, that they end, and that they do not begin with the number again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.sieve import Needs
from fruslint.model import Document, Note
from fruslint.patterns import late

_LONGEST_END = 40
_LONGEST_PLACEHOLDER = 40


class NoteTextCheck:
    """``report``: ``empty``, ``unfinished`` or ``self-numbered``.

    ``endings`` (for ``unfinished``): a regular expression; a note whose last characters match it is finished.
    ``placeholders`` (for ``empty``): one for what holds the place of words, such as ‘text missing’; so do signs alone.
    Values: ``label`` is the number of the note, ``found`` its last or first words.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["empty", "unfinished", "self-numbered"]},
            "endings": {"type": "string", "format": "regex"},
            "placeholders": {"type": "string", "format": "regex"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "found"})
    needs = Needs(part="notes")

    def __init__(self, parameters: Parameters) -> None:
        self._endings = late(parameters.get("endings", "[.]$"))
        self._placeholders = late(parameters.get("placeholders", r"\Z"))
        self._hit = {"empty": self._empty, "unfinished": self._unfinished, "self-numbered": _self_numbered}[
            parameters["report"]
        ]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each note."""
        for note in document.notes:
            hit = self._hit(note)
            if hit is not None:
                yield hit

    def _empty(self, note: Note) -> Hit | None:
        words = note.text.content
        if len(words) > _LONGEST_PLACEHOLDER or (_says(words) and self._placeholders.fullmatch(words.strip()) is None):
            return None
        return Hit(note.label.span, {"label": note.label.text, "found": words.strip()})

    def _unfinished(self, note: Note) -> Hit | None:
        words = note.text.content.rstrip()
        if not words or self._endings.search(words, max(0, len(words) - _LONGEST_END)):
            return None
        start = words.rfind(" ") + 1
        values = {"label": note.label.text, "found": words[-_LONGEST_END:]}
        return Hit(note.text.span(start, len(words)), values)


def _says(words: str) -> bool:
    return any(map(str.isalnum, words))


def _self_numbered(note: Note) -> Hit | None:
    label = note.label.text
    words = note.text.content
    if not words.startswith(label) or not label.isdigit():
        return None
    found = re.match(rf"{label}(?:[.)]\s|\s)\s*(?=[“\"(\[]?[A-Z](?:[a-z]|(?<=A) ))", words)
    if found is None or found.end() == len(words):
        return None
    return Hit(note.text.span(0, len(label)), {"label": label, "found": words[: found.end() + 20]})
