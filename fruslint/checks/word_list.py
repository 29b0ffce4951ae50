"""The words of a text as a list, cut at blanks and at the marks that stand right before or behind a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_APART = ",.;:(’'\n"


@lru_cache(maxsize=2)  # several checks ask for the words of a document, one after the other
def words_of(content: str) -> Sequence[str]:
    """All words, in order; the same word is there as often as it stands in the text."""
    for mark in _APART:
        content = content.replace(mark, " ")
    return content.split(" ")
