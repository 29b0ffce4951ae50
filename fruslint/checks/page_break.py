"""Reports page breaks by where they stand: inside a word, or inside a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.model import Document, PageBreak

_WORD_BEFORE = re.compile(r"([A-Za-z]+)(\s?)$")
_WORD_BEHIND = re.compile(r"(\s?)([a-z]+)")
_LONGEST_WORD = 40


class PageBreakCheck:
    """``inside``: ``word`` or ``note``.

    ``fragments`` (for ``word``): ends of words that are no words themselves, "tion" or "ment"; behind a break with blanks
    they too mean that a word is split, and so does a word that stands whole elsewhere in the document.
    Values: ``label`` is the page, ``word`` the word that is split.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["inside"],
        "additionalProperties": False,
        "properties": {
            "inside": {"enum": ["word", "note"]},
            "fragments": {"type": "array", "items": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "word"})

    def __init__(self, parameters: Parameters) -> None:
        self._in_word = parameters["inside"] == "word"
        self._fragments = frozenset(parameters.get("fragments", ()))

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each page break that stands there."""
        for page in document.page_breaks:
            if self._in_word:
                word = self._split_word(document, page)
                if word:
                    yield Hit(page.span, {"label": page.label.text, "word": word})
            elif page.in_note:
                yield Hit(page.span, {"label": page.label.text, "word": ""})

    def _split_word(self, document: Document, page: PageBreak) -> str:
        """The word that a page break splits, or nothing."""
        text = document.source.text
        before = _WORD_BEFORE.search(text, max(0, page.span.start - _LONGEST_WORD), page.span.start)
        behind = _WORD_BEHIND.match(text, page.span.end, page.span.end + _LONGEST_WORD)
        if before is None or behind is None:
            return ""
        if page.in_word:
            return before[1] + behind[2]
        spaced = bool(before[2] and behind[1])
        return before[1] + behind[2] if spaced and self._is_split(document, before[1], behind[2]) else ""

    def _is_split(self, document: Document, before: str, behind: str) -> bool:
        if behind in self._fragments:
            return True
        if len(behind) < 3 or len(before) < 2:
            return False
        text = document.source.text
        return _stands(text, before + behind) and not (_stands(text, behind) and _stands(text, before))


def _stands(text: str, word: str) -> bool:
    """Whether a word stands in the text by itself, and not only at the page break it was looked up for."""
    found = list(_places(text, word))
    return any(not text[end : end + 7].lstrip().startswith("[Page") for _, end in found) and any(
        not text[:start].rstrip().endswith("]") for start, _ in found
    )


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
            yield start, end
        start = text.find(word, end)
