"""Joins what a blank may have parted: a word with the one before it, and with the one behind it."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.patterns import late

# No word before is longer.
_REACH = 40
_BEFORE = late(r"(?<![\w’'–-])[A-Za-z][a-z]* $")
_BEHIND = late(r" [a-z]+(?![\w’'–-])")


def joined(content: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where the word from ``start`` to ``end`` begins and ends with a neighbour that one blank parts from it; both in one."""
    before, behind = _BEFORE.search(content, max(0, start - _REACH), start), _BEHIND.match(content, end)
    stretches = [(before.start(), end)] if before else []
    stretches += [(start, behind.end())] if behind else []
    for first, last in stretches:
        yield first, last, content[first:last].replace(" ", "")
