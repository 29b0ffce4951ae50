"""The words of a text, cut at blanks and at the marks that stand right before or behind a word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fruslint.language.occurrences import occurrences
from fruslint.patterns import late

_APART = ",.;:(“’'?)”"
_IN_WORD = late(r"[\w’'–@/-]")


@lru_cache(maxsize=2)  # several checks ask for the words of a document, one after the other
def word_set(content: str) -> frozenset[str]:
    """All words that stand in a text; a set, for most who ask look for a few words, and hardly any document has one."""
    for mark in _APART:
        content = content.replace(mark, " ")
    return frozenset(content.split())


def places_of(content: str, word: str) -> Iterator[int]:
    """Where a word stands by itself, as 0-based offsets: as no part of a longer one, of a compound, an address or a path."""
    for place in occurrences(content, word):
        end = place + len(word)
        if not _IN_WORD.match(content, end) and not _IN_WORD.match(content[max(0, place - 1) : place]):
            yield place
