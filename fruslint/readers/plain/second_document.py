"""Finds where a second document begins in a file that should hold one memorandum."""

from __future__ import annotations

from collections.abc import Sequence, Set

from fruslint.language.vocabulary import document_kind
from fruslint.model import DocumentKind
from fruslint.patterns import late
from fruslint.readers.plain.lines import Line, LineKind, note_parts

_NUMBER = late(r"\[?\d{1,5}[A-Za-z]?\]?[.:]? +(?=[A-Z])")


def second_document(lines: Sequence[Line], page_lines: Set[int]) -> int | None:
    """The index of the line that is the heading of another document; None if there is none.

    It has a number and the name of a kind of document (‘13. Telegram From ...’), is no sentence, and stands behind
    notes, which end a document: paragraphs and lists may begin so too.
    """
    behind_notes = False
    for index, line in enumerate(lines):
        if line.kind is LineKind.BLANK or line.number in page_lines:
            continue
        if behind_notes and is_numbered_heading(line):
            return index
        behind_notes = bool(line.indent) and (behind_notes or _is_note(line))
    return None


def _is_note(line: Line) -> bool:
    return line.kind is LineKind.INDENTED and note_parts(line) is not None


def is_numbered_heading(line: Line) -> bool:
    """Whether a line has a number and the name of a kind of document behind it, and is no sentence."""
    found = _NUMBER.match(line.text)
    if found is None or line.text.endswith("."):
        return False
    return document_kind(line.text[found.end() :]) is not DocumentKind.OTHER
