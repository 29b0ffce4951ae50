"""How far apart two spellings are.

The library for this takes longer to import than a memorandum takes to check, and a run compares a handful of words.
"""

from __future__ import annotations

from collections.abc import Iterable


def distance(one: str, other: str, limit: int) -> int:
    """The number of letters inserted, left out, replaced or exchanged with their neighbour; above ``limit``, limit + 1."""
    if one == other:
        return 0
    # One slip changes the letters that only one of the two words has by two at most.
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    start = _common(one, other)
    return min(_slips(one[start:], other[start:], limit), limit + 1)


def _common(one: str, other: str) -> int:
    """The length of the beginning that two words share."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _slips(one: str, other: str, limit: int) -> int:
    """The restricted Damerau-Levenshtein distance, row by row; a row that is above the limit ends the count."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]


def closest(word: str, known: Iterable[str], limit: int) -> str | None:
    """The known word that is closest to ``word``, at most ``limit`` away; the first of several, None if there is none."""
    best: str | None = None
    for candidate in known:
        far = distance(word, candidate, limit)
        if far <= limit:
            best, limit = candidate, far - 1
    return best


def only_slip(word: str, known: Iterable[str]) -> str:
    """The one known word that is a single slip away from ``word``; empty if there is none, or more than one."""
    found = ""
    for candidate in known:
        if abs(len(candidate) - len(word)) < 2 and distance(word, candidate, 1) == 1:
            if found:
                return ""
            found = candidate
    return found
