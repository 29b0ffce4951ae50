"""How far apart two spellings are."""

from __future__ import annotations

from collections.abc import Iterable


def distance(one: str, other: str, limit: int) -> int:
    """The number of letters inserted, left out, replaced or exchanged with their neighbour; above ``limit``, limit + 1."""
    if one == other:
        return 0
    # One slip changes the letters that only one of the two words has by two at most.
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return limit + 1
    from rapidfuzz.distance import OSA  # slow to import, and most runs need it for nothing

    return int(OSA.distance(one, other, score_cutoff=limit))


def nearest(word: str, known: Iterable[str], limit: int) -> str | None:
    """The known word that is closest to ``word``, at most ``limit`` away; the first of several, None if there is none."""
    best: str | None = None
    for candidate in known:
        far = distance(word, candidate, limit)
        if far <= limit:
            best, limit = candidate, far - 1
    return best
