"""Finds documents whose text breaks off, or that have none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.model import Document
from fruslint.patterns import late
from fruslint.text import BODY, Block, BlockKind

_BODY = BODY | {BlockKind.TABLE, BlockKind.CLOSER}
_APART = frozenset({BlockKind.TITLE, BlockKind.NOTE})
_CLOSED = late(r"[.?!…:”’\"')\]}*_]\W*\d{0,3}\s*$")
_SENTENCE_END = late(r".*[.?!][”’\"')\]]*\d{0,3}\s", re.DOTALL)
_SMALL_WORD = late(r"(?<![^\W\d_])[a-zà-ÿ]{4,}")
_NO_TITLE = late(r"(?<![^\W\d_])(?!(?:of|the|to|for|and|in|at|de|von|van|du|des|di|da|la|le|del|al)\b)[a-zà-ÿ]{2,}")
# So much of the last paragraph is looked at.
_TAIL = 400


class EndingCheck:
    """Looks at the last paragraph of a document.

    It breaks off if it has no closing punctuation and is no signature: it has at least ``words`` longer words that
    begin with a small letter, or there is such a word behind the last full stop. A document without a text is passed
    over if its notes match one of ``withheld``, or if its heading is a whole entry of a list.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "words": {"type": "integer", "minimum": 1},
            "withheld": {"type": "array", "items": {"type": "string", "minLength": 1}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._words: int = parameters.get("words", 3)
        self._withheld = tuple(late(pattern, re.IGNORECASE) for pattern in parameters.get("withheld", ()))

    def check_document(self, document: Document) -> Iterator[Hit]:
        """A hit if the text breaks off or is not there."""
        has_body = any(block.kind in _BODY for block in document.blocks)
        parts = [block for block in document.blocks if block.kind not in _APART]
        if not has_body and not any(self._is_text(block) for block in parts):
            yield from self._without_body(document, parts)
        elif parts[-1].kind in BODY:
            yield from self._last(parts[-1])

    def _without_body(self, document: Document, parts: Sequence[Block]) -> Iterator[Hit]:
        title = document.title
        if title is None or not title.text.content.strip() or self._is_entry(document, title, parts):
            return
        if not any(pattern.search(note.text.content) for pattern in self._withheld for note in document.notes):
            last = (parts or [title])[-1].text
            yield Hit(last.whole(), {"detail": "The document ends here, without a text"})

    def _is_text(self, block: Block) -> bool:
        """Whether a block that is no body is text all the same: a paragraph before a list, an item with a whole sentence."""
        if block.kind is BlockKind.ITEM:
            return self._has_sentence(block.text.content, 2 * self._words)
        return block.kind is BlockKind.OPENER and self._has_sentence(block.text.content)

    def _has_sentence(self, content: str, words: int = 0) -> bool:
        return len(_SMALL_WORD.findall(content)) >= (words or self._words)

    def _is_entry(self, document: Document, title: Block, parts: Sequence[Block]) -> bool:
        """A heading that describes a document which is not printed has sentences of its own; at most its date follows."""
        if document.notes or any(part.kind is not BlockKind.DATELINE for part in parts):
            return False
        heading = title.text.content.rstrip()
        return ". " in heading and (not parts or heading.endswith("."))

    def _last(self, block: Block) -> Iterator[Hit]:
        content = block.text.content.rstrip()
        if not content or _CLOSED.search(content, max(0, len(content) - 20)):
            return
        tail = content[-_TAIL:]
        ended = _SENTENCE_END.match(tail)
        if _NO_TITLE.search(tail, ended.end()) if ended else self._has_sentence(tail):
            start = max(content.rfind(" ") + 1, 0)
            yield Hit(
                block.text.span(start, len(content)),
                {"detail": f"The text ends with ‘{content[start:]}’: a full stop is missing, or more"},
            )
