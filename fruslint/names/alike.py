"""Finds the words of a text that are spelt like the name of a person, or almost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from fruslint.language.spelling import distance
from fruslint.names.people import OFFICES
from fruslint.patterns import late

# So many pairs of words and names are kept in mind.
_MEMORY = 8192


@lru_cache(128)
def _beginning_with(letter: str) -> re.Pattern[str]:
    """Words with this initial; it comes first of all, for a search that jumps from one to the next."""
    return late(rf"{letter}(?<=\b{letter})\w+(?:[-’'][A-Za-zÀ-ÿ]\w+)*")


def words_like(content: str, head: str, names: Set[str]) -> Iterator[str]:
    """The words with this initial that are about as long as one of the names, and neither one of them nor an office."""
    lengths = {len(name) + more for name in names for more in (-2, -1, 0, 1, 2)}
    for word in set(_beginning_with(head).findall(content)):
        if len(word) in lengths and word not in names and word not in OFFICES:
            yield word


def with_other_initial(content: str, last: str) -> Iterator[str]:
    """The words that are a surname but for its first letter."""
    head, tail = last[0], last[1:]
    place = content.find(tail)
    while place >= 0:
        before, end = content[place - 1 : place], place + len(tail)
        if before != head and not content[end : end + 1].isalpha():
            start = place - 1 if before.isalpha() else place
            if content[start].isupper() and content[start] != head and not content[start - 1 : start].isalpha():
                yield content[start:end]
        place = content.find(tail, place + 1)


def places_of_name(content: str, word: str, begin: int = 0) -> list[int]:
    """Where a word stands between others, from ``begin`` on; a hyphen or an apostrophe ends a word, too."""
    return [place for place in _ends(content, word, begin) if not content[max(0, place - 1) : place].isalpha()]


def _ends(content: str, tail: str, begin: int = 0) -> Iterator[int]:
    """Where these letters stand at the end of a word."""
    place = content.find(tail, begin)
    while place >= 0:
        if not content[place + len(tail) : place + len(tail) + 1].isalpha():
            yield place
        place = content.find(tail, place + 1)


@lru_cache(_MEMORY)
def name_distance(word: str, name: str, limit: int) -> int:
    """As ``distance``; two quick looks spare most of the exact ones. The people of a volume meet in many documents.

    Each slip changes the length by one at most and loses one letter at most, and a single slip leaves all letters
    before and behind it in place.
    """
    if abs(len(word) - len(name)) > limit or len(set(name).difference(word)) > limit:
        return limit + 1
    if limit == 1 and _same_ends(word, name) < len(name) - 2:
        return limit + 1
    return distance(word, name, limit)


def _same_ends(word: str, name: str) -> int:
    """How many letters the two have in common at their beginning and, behind that, at their end."""
    shorter = min(len(word), len(name))
    begin = next((i for i in range(shorter) if word[i] != name[i]), shorter)
    return begin + next((i for i in range(shorter - begin) if word[-1 - i] != name[-1 - i]), shorter - begin)
