"""Looks at the first and the last paragraph of a document for something that does not belong into the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.expressions import PATTERNS, WORDS, compile_pattern
from fruslint.checks.search.headings import is_titled
from fruslint.model import Document, Medium
from fruslint.text import BODY, Block, BlockKind

_OUTSIDE = frozenset({BlockKind.TITLE, BlockKind.NOTE, BlockKind.HEADING, BlockKind.ITEM, BlockKind.OPENER})


class EdgeParagraphCheck:
    """Reports the first or the last paragraph if one of ``patterns`` matches the whole of it; or only the one on one ``edge``.

    In plain text the line under the heading is not marked up, and is no paragraph of the text. ``longest``: paragraphs
    with more characters are not looked at. ``except_titled``: nor are documents in whose heading one of these is found.
    ``behind_list``: nothing but an item stands in front of it.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["patterns"],
        "additionalProperties": False,
        "properties": {
            "patterns": PATTERNS,
            "except_titled": PATTERNS,
            "words": WORDS,
            "longest": {"type": "integer", "minimum": 1},
            "edge": {"enum": ["first", "last"]},
            "behind_list": {"const": True},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        words = parameters.get("words", {})
        self._patterns = tuple(compile_pattern(pattern, words) for pattern in parameters["patterns"])
        self._except_titled = tuple(compile_pattern(one, words) for one in parameters.get("except_titled", ()))
        self._longest: int = parameters.get("longest", 100)
        self._edge: str = parameters.get("edge", "")
        self._behind_list: bool = parameters.get("behind_list", False)

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each paragraph at the edge that matches."""
        body = [block for block in document.blocks if block.kind not in _OUTSIDE]
        for block, detail in _edges(document, body):
            words = block.text.content.strip()
            if (
                self._is_meant(document, block, detail)
                and self._fits(words)
                and not is_titled(document, self._except_titled)
            ):
                start = block.text.content.index(words)
                values = {"found": words, "detail": detail}
                yield Hit(block.text.span(start, start + len(words)), values)

    def _fits(self, words: str) -> bool:
        return len(words) <= self._longest and any(pattern.fullmatch(words) for pattern in self._patterns)

    def _is_meant(self, document: Document, block: Block, edge: str) -> bool:
        """Whether that edge is looked at, and the paragraph stands where it should."""
        if self._edge not in ("", edge):
            return False
        return not self._behind_list or document.blocks[document.index_of(block) - 1].kind is BlockKind.ITEM


def _edges(document: Document, body: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    if len(body) < 2:
        return
    under_heading = document.medium is Medium.TEXT and document.blocks[1:2] == (body[0],)
    if body[0].kind in BODY and not under_heading:
        yield body[0], "first"
    if body[-1].kind in BODY:
        yield body[-1], "last"
