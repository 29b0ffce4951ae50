"""Where in a document a check looks: kinds of blocks, groups of them, or the source as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fruslint.apparatus.citation import source_text
from fruslint.language.vocabulary import PEOPLE
from fruslint.model import Document
from fruslint.text import BODY, BlockKind, Piece, Text

_WORDS = frozenset(BlockKind)
_NOTES = frozenset({BlockKind.NOTE})
_GROUPS = {
    "words": _WORDS,
    "body": BODY,
    "prose": BODY | {BlockKind.NOTE},
    "not-tables": _WORDS - {BlockKind.TABLE},
}
_SOURCE = "source"
_SUBJECTS = frozenset({"subject"})


def _people(document: Document) -> Text:
    return document.items(PEOPLE).text


def _subject(document: Document) -> Text:
    return document.items(_SUBJECTS).text


def _whole(document: Document) -> Text:
    start, end = document.span
    return Text(document.source.text[start:end], (Piece(0, start),))


_PARTS: Mapping[str, Callable[[Document], Text]] = {
    "participants": _people,
    "subjects": _subject,
    "source-note": source_text,
    _SOURCE: _whole,
}
_OF_ITEMS = (_people, _subject)

SCHEMA: dict[str, Any] = {
    "description": (
        "Kinds of blocks (title, paragraph, item, note, ...); or `words` (all of them), `body` (paragraphs and set-off "
        "quotations), `prose` (body and notes), `not-tables`; or `participants` (the items of all lists of people), "
        "`subjects` (those of the subject), `source-note`; or `source`, the file as it is written."
    ),
    "type": "array",
    "items": {"enum": [*BlockKind, *_GROUPS, *_PARTS]},
    "minItems": 1,
}


def block_kinds(names: Sequence[str]) -> frozenset[BlockKind]:
    """The kinds of blocks these names stand for; raises ValueError for ``source``, which is no kind of block."""
    return frozenset(kind for name in names for kind in _GROUPS.get(name) or (BlockKind(name),))


class Field:
    """The part of each document that a check searches, as one text."""

    __slots__ = ("_kinds", "_part")

    def __init__(self, names: Sequence[str]) -> None:
        parts = [_PARTS[name] for name in names if name in _PARTS]
        if parts and len(names) > 1:
            raise ValueError(f"`{next(name for name in names if name in _PARTS)}` cannot stand beside others")
        self._part = parts[0] if parts else None
        self._kinds = frozenset() if parts else block_kinds(names)

    @property
    def is_of_words(self) -> bool:
        """Whether it is of whole blocks, so that all there is in it is among the ``words`` of a document too."""
        return self._part is None or self.is_of_items

    @property
    def is_of_items(self) -> bool:
        """Whether it is of items of sections, which a document may lack."""
        return self._part in _OF_ITEMS

    @property
    def is_of_notes(self) -> bool:
        """Whether it is of notes, and of nothing else."""
        return self._kinds == _NOTES

    @property
    def is_source(self) -> bool:
        """Whether it is the source as it is written."""
        return self._part is _whole

    def text(self, document: Document) -> Text:
        """What there is to search in ``document``."""
        return self._part(document) if self._part else document.view(self._kinds).text

    def lines(self, document: Document) -> list[str]:
        """The words of that text, block by block, for a check that does not need them in one piece."""
        if self._part:
            return [self._part(document).content]
        return document.lines(self._kinds)


def is_whole(text: Text, start: int, end: int) -> bool:
    """Whether ``content[start:end]`` stands in the source in one piece: no marker or page break was taken out of it."""
    return text.origin(end - 1) - text.origin(start) == end - 1 - start if end > start else True
