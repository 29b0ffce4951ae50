"""Where in a document a check looks: kinds of blocks, groups of them, or the source as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fruslint.model import BlockKind, Document, Piece, Text

_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
_WORDS = frozenset(BlockKind)
_GROUPS = {
    "words": _WORDS,
    "body": _BODY,
    "prose": _BODY | {BlockKind.NOTE},
    "not-tables": _WORDS - {BlockKind.TABLE},
}
_SOURCE = "source"

SCHEMA: dict[str, Any] = {
    "description": (
        "Kinds of blocks (title, paragraph, item, note, ...); or `words` (all of them), `body` (paragraphs and set-off "
        "quotations), `prose` (body and notes), `not-tables`; or `source`, the file as it is written."
    ),
    "type": "array",
    "items": {"enum": [*BlockKind, *_GROUPS, _SOURCE]},
    "minItems": 1,
}


def block_kinds(names: Sequence[str]) -> frozenset[BlockKind]:
    """The kinds of blocks these names stand for; raises ValueError for ``source``, which is no kind of block."""
    return frozenset(kind for name in names for kind in _GROUPS.get(name) or (BlockKind(name),))


class Field:
    """The part of each document that a check searches, as one text."""

    __slots__ = ("_kinds",)

    def __init__(self, names: Sequence[str]) -> None:
        self._kinds = None if _SOURCE in names else block_kinds(names)

    def text(self, document: Document) -> Text:
        """What there is to search in ``document``."""
        if self._kinds is not None:
            return document.view(self._kinds).text
        start, end = document.span
        return Text(document.source.text[start:end], (Piece(0, start),))


def is_whole(text: Text, start: int, end: int) -> bool:
    """Whether ``content[start:end]`` stands in the source in one piece: no marker or page break was taken out of it."""
    return text.origin(end - 1) - text.origin(start) == end - 1 - start if end > start else True
