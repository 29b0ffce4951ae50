"""Reports page breaks by where they stand: inside a word, or inside a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.sieve import Needs
from fruslint.language.lexicon import is_word
from fruslint.language.occurrences import occurrences
from fruslint.model import Document, PageBreak
from fruslint.patterns import late

_WORD_BEHIND = late(r"(\s?)([a-z]+)")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_WORD = 40
# So many words are looked for one by one before all are taken down.
_FEW = 16


class PageBreakCheck:
    """``inside``: ``word`` or ``note``.

    A break with blanks splits a word if one of its parts is no word of English, but both are together, or if the word
    stands whole elsewhere in the document. ``pairs`` (for ``word``): words that are two as often as one, "maybe" or
    "anyone".
    Values: ``label`` is the page, ``word`` the word that is split.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["inside"],
        "additionalProperties": False,
        "properties": {
            "inside": {"enum": ["word", "note"]},
            "pairs": {"type": "array", "items": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "word"})
    needs = Needs(part="page_breaks")

    def __init__(self, parameters: Parameters) -> None:
        self._in_word = parameters["inside"] == "word"
        self._pairs = frozenset(parameters.get("pairs", ()))

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each page break that stands there."""
        return self._in_words(document) if self._in_word else _in_notes(document)

    def _in_words(self, document: Document) -> Iterator[Hit]:
        text = document.source.text
        words = _Words(document)
        for page in document.page_breaks:
            parts = _parts(text, page)
            if parts is not None and (page.in_word or self._is_split(words, *parts)):
                yield Hit(page.span, {"label": page.label.text, "word": "".join(parts)})

    def _is_split(self, words: _Words, before: str, behind: str) -> bool:
        """Whether two words with a break between them are one."""
        if _is_one_word(before.lower(), behind):
            return True
        return len(behind) > 2 and len(before) > 1 and before + behind not in self._pairs and before + behind in words


def _is_one_word(before: str, behind: str) -> bool:
    """Whether English has both parts together, but not each of them."""
    return not (is_word(before) and is_word(behind)) and is_word(before + behind)


class _Words:
    """The words of a document, from blank to blank; only where many are asked for are all of them taken down."""

    def __init__(self, document: Document) -> None:
        self._text = document.source.text[slice(*document.span)]
        self._asked = 0
        self._all: frozenset[str] = frozenset()

    def __contains__(self, word: str) -> bool:
        self._asked += 1
        if self._asked <= _FEW:
            return self._stands(word)
        self._all = self._all or frozenset(self._text.split())
        return word in self._all

    def _stands(self, word: str) -> bool:
        text = self._text
        return any(
            _is_blank(text[at - 1 : at]) and _is_blank(text[at + len(word) : at + len(word) + 1])
            for at in occurrences(text, word)
        )


def _is_blank(char: str) -> bool:
    """Whether nothing stands there, or a blank."""
    return not char or char.isspace()


def _parts(text: str, page: PageBreak) -> tuple[str, str] | None:
    """The letters before and behind a page break that is glued to both, or has a blank on either side."""
    start, end = page.span
    behind = _WORD_BEHIND.match(text, end, end + _LONGEST_WORD)
    if behind is None:
        return None
    before, is_apart = _word_before(text[max(0, start - _LONGEST_WORD) : start])
    if not before or is_apart != bool(behind[1]):
        return None
    return before, behind[2]


def _word_before(text: str) -> tuple[str, bool]:
    """The letters that a text ends with, and whether there is a blank behind them, or a blank and a line end."""
    words = text
    for _ in range(2 if text.endswith("\n") else 1):
        words = words[:-1] if words[-1:].isspace() else words
    return words[len(words.rstrip(_LETTERS)) :], words != text


def _in_notes(document: Document) -> Iterator[Hit]:
    for page in document.page_breaks:
        if page.in_note:
            yield Hit(page.span, {"label": page.label.text, "word": ""})
