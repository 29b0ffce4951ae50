"""The words of a text, cut at blanks and at the marks that stand right before or behind a word."""

from __future__ import annotations

from functools import lru_cache

_APART = ",.;:(’'"


@lru_cache(maxsize=2)  # several checks ask for the words of a document, one after the other
def words_of(content: str) -> frozenset[str]:
    """All words that stand in a text; a set, for most who ask look for a few words, and hardly any document has one."""
    for mark in _APART:
        content = content.replace(mark, " ")
    return frozenset(content.split())
