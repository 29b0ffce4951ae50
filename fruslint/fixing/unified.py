"""The difference between a file before and after, in the unified form that ``git apply`` and ``patch`` take."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from fruslint.patterns import late
from fruslint.record import Record

_CONTEXT = 3
_MOST_COMPARED = 2000
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TO_ESCAPE = late(r'[\\"\x00-\x1f\x7f]')
_NO_NEWLINE = b"\n\\ No newline at end of file\n"


class Change(Record):
    """Lines ``old[first:last]`` that become ``new[begin:end]``, all counted from 0."""

    first: int
    last: int
    begin: int
    end: int


def unified(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """The difference in lines of bytes, each with its end; nothing where there is none.

    A line ends with LF, as git has it; a CR before it belongs to the line, and so does a byte order mark.
    """
    if before == after:
        return
    old, new = _lines(before), _lines(after)
    yield _header(b"--- ", "a/" + path)
    yield _header(b"+++ ", "b/" + path)
    for hunk in _hunks(_changes(old, new)):
        yield from _written(hunk, old, new)


def _lines(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop().removesuffix(b"\n")
    return [*lines, last] if last else lines


def _header(sign: bytes, name: str) -> bytes:
    if _TO_ESCAPE.search(name):
        name = '"' + _TO_ESCAPE.sub(lambda found: _ESCAPES.get(found[0], f"\\{ord(found[0]):03o}"), name) + '"'
    # A tab ends a name with blanks in it, as git writes it.
    return sign + os.fsencode(name) + (b"\t\n" if " " in name else b"\n")


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> list[Change]:
    """What changed, in order; where very much may have, and the lines are as many, each is laid beside its own."""
    same = _alike(old, new)
    behind = _alike(old[same:][::-1], new[same:][::-1])
    one, other = old[same : len(old) - behind], new[same : len(new) - behind]
    if len(one) > _MOST_COMPARED and len(one) == len(other):
        places = [
            (at, at + 1, at, at + 1) for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]
        ]
    else:
        matcher = SequenceMatcher(None, one, other, autojunk=len(one) > _MOST_COMPARED)
        places = [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]
    return _joined([Change(a + same, b + same, c + same, d + same) for a, b, c, d in places])


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines are the same at the beginning of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Changes of lines that follow each other as one: what goes is shown before what comes."""
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].last == change.first:
            before = joined.pop()
            joined.append(Change(before.first, change.last, before.begin, change.end))
        else:
            joined.append(change)
    return joined


def _hunks(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in groups whose context meets."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(hunk: Sequence[Change], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    start = max(0, hunk[0].first - _CONTEXT)
    stop = min(len(old), hunk[-1].last + _CONTEXT)
    begin = hunk[0].begin - (hunk[0].first - start)
    end = hunk[-1].end + (stop - hunk[-1].last)
    yield f"@@ -{_range(start, stop)} +{_range(begin, end)} @@\n".encode()
    for index, change in enumerate(hunk):
        last = hunk[index - 1].last if index else start
        yield from _signed(b" ", old[last : change.first])
        yield from _signed(b"-", old[change.first : change.last])
        yield from _signed(b"+", new[change.begin : change.end])
    yield from _signed(b" ", old[hunk[-1].last : stop])


def _range(start: int, stop: int) -> str:
    """A range of lines as a hunk names it: from 1, with its length unless that is 1; an empty one is behind a line."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _signed(sign: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield sign + line if line.endswith(b"\n") else sign + line + _NO_NEWLINE
