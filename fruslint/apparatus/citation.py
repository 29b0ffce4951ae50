"""Finds the source note of a document: the note that says where the printed text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fruslint.model import Document
from fruslint.once import once
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span
from fruslint.text import EMPTY_TEXT, BlockKind, Piece, Text

# The colon is sometimes lost or misprinted. Behind a summary the source begins on a line of its own.
_LEAD = late(r"\[?[Ss]ource\b(?:[:;,.]?(?=\s*[A-Z“‘(\[])|: (?=department of ))")
_BEHIND_SUMMARY = late(r"^Source:", re.MULTILINE)
_FIRST = ("S", "s", "[")
_PLAIN = frozenset({BlockKind.PARAGRAPH, BlockKind.OPENER})


class SourceNote(Record):
    """The source note: its words from ``Source:`` on, and which note it is (None if it is no numbered note)."""

    text: Text
    note: int | None


@once
def source_notes(document: Document) -> Sequence[SourceNote]:
    """All notes that begin with the word Source; a withheld document has its source in brackets instead of a text."""
    return tuple(_source_notes(document))


def _source_notes(document: Document) -> Iterator[SourceNote]:
    for index, note in enumerate(document.notes):
        found = _lead(note.text.content)
        if found is not None:
            yield SourceNote(cut(note.text, found.start()), index)
    if document.notes:
        return
    for block in document.blocks:
        if block.kind in _PLAIN and block.text.content.startswith("[Source:"):
            yield SourceNote(block.text, None)


def _lead(content: str) -> re.Match[str] | None:
    """Where the source begins in a note: at its beginning, or behind a summary, and nowhere else."""
    if content[:1] in _FIRST:
        found = _LEAD.match(content)
        return found or (_BEHIND_SUMMARY.search(content) if content.startswith("Summary") else None)
    return None


def source_text(document: Document) -> Text:
    """The words of the source note, empty where there is none."""
    return next((source.text for source in source_notes(document)), EMPTY_TEXT)


def lead_span(text: Text) -> Span:
    """The span of the word at the beginning of a source note, with its colon."""
    end = next((i for i, char in enumerate(text.content) if char.isspace()), len(text.content))
    return text.span(0, end)


def cut(text: Text, start: int) -> Text:
    """The text from ``start`` on."""
    if start == 0:
        return text
    later = tuple(piece._replace(start=piece.start - start) for piece in text.pieces if piece.start > start)
    return Text(text.content[start:], (Piece(0, text.origin(start)), *later))
