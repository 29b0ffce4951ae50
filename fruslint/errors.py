"""The error for what a user wrote wrong outside the documents, and the one of a rule that cannot be checked on a file."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # errors need nothing, so that everything can raise them
    from fruslint.findings import Place

_BEFORE, _AFTER = 60, 40
_LONGEST = 200


class ConfigurationError(Exception):
    """Something in a rule file, a configuration or an option is wrong.

    ``message`` says what, ``hint`` what to do about it (often the nearest right word), ``place`` where; where no line
    can be named, ``path`` is the file or empty. ``str()`` gives all of it, the line and a caret under the place.
    """

    def __init__(self, message: str, place: Place | None = None, path: str = "", hint: str = "") -> None:
        super().__init__(message, place, path, hint)
        self.message = message
        self.place = place
        self.path = place.path if place else path
        self.hint = hint

    def __str__(self) -> str:
        said = f"{self.message}; {self.hint}" if self.hint else self.message
        if self.place is None:
            return _safe(f"{self.path}: {said}" if self.path else said)
        line, column = self.place.start
        return _safe(f"{self.path}:{line}:{column}: {said}") + _pointer(self.place)


class NotCheckedError(Exception):
    """A rule cannot be checked on a file, for a reason that lies in the file; ``str()`` says which, without a full stop."""


def told(error: Exception) -> str:
    """What an exception of the program says, with its kind; cut where it is long."""
    return f"{type(error).__name__}: {error}"[:_LONGEST]


def _pointer(place: Place) -> str:
    """The line of the place, cut to what is around it, and a second line with a caret."""
    text, first = place.excerpt
    index = place.start.column - first
    begin = max(0, index - _BEFORE)
    before, after = _safe(text[begin:index]), _safe(text[index : index + _AFTER])
    if not (before + after).strip():
        return ""
    return f"\n    {before}{after}\n    {' ' * sum(map(_width, before))}^"


def _safe(text: str) -> str:
    """``text`` with one harmless character for each that a terminal would obey."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
