"""Shows what renumbering changes, as a unified diff that ``patch`` and ``git apply`` understand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_AROUND = 3
_NO_NEWLINE = "\n\\ No newline at end of file\n"


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff; both texts must have the same number of lines, as texts have that differ in numbers only."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    changed = [index for index, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if changed:
        yield f"--- {path}\n+++ {path}\n"
    for first, last in _hunks(changed, len(old)):
        yield f"@@ -{first + 1},{last - first} +{first + 1},{last - first} @@\n"
        yield from _hunk(old[first:last], new[first:last])


def _hunks(changed: Sequence[int], lines: int) -> Iterator[tuple[int, int]]:
    """The stretches of lines to show: those that change and a few around them."""
    start = end = -1
    for index in changed:
        if start >= 0 and index - _AROUND > end:
            yield start, end
            start = -1
        start = max(0, index - _AROUND) if start < 0 else start
        end = min(lines, index + _AROUND + 1)
    if start >= 0:
        yield start, end


def _hunk(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines of a hunk; of neighbours that change all old ones come first."""
    index = 0
    while index < len(old):
        end = index
        while end < len(old) and old[end] != new[end]:
            end += 1
        yield from (_written("-", line) for line in old[index:end])
        yield from (_written("+", line) for line in new[index:end])
        if end < len(old):
            yield _written(" ", old[end])
        index = end + 1


def _written(mark: str, line: str) -> str:
    return mark + line + ("" if line.endswith(("\n", "\r")) else _NO_NEWLINE)
