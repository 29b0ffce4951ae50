"""The shape of a text: what kind of character stands at each place.

Patterns such as "a capital behind a small letter" are slow to look for in a long text and almost never there. In the
shape, which is made once for all rules, they are two bytes, and finding those takes microseconds.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import lru_cache

CODEC = "cp1252"
FOREIGN = "\x7f"
_BLANKS = "\n "
_LONGEST = 60


def _beyond(error: UnicodeError) -> tuple[str, int]:
    """Stands in for what the codec does not know: Latin letters keep their kind, all else is foreign."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_kind, error.object[error.start : error.end])), error.end


def _kind(char: str) -> str:
    if char < "\u0250" and char.isalpha():
        return "a" if char.islower() else "A"
    return FOREIGN


def _table() -> bytes:
    known = bytes(range(256)).decode(CODEC, "replace")
    kinds = ("0" if char.isdecimal() else _kind(char) if char.isalpha() else None for char in known)
    return bytes(number if kind is None else ord(kind) for number, kind in enumerate(kinds))


codecs.register_error("fruslint.shape", _beyond)
_TABLE = _table()


@lru_cache(maxsize=4)
def shape_of(content: str) -> bytes:
    """One byte for each character: ``a`` a small letter, ``A`` a capital, ``0`` a digit, DEL one that is not Latin.

    All other characters of Western typography stand for themselves, in the encoding cp1252.
    """
    return content.encode(CODEC, "fruslint.shape").translate(_TABLE)


def words_with(content: str, shapes: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Where the words stand, from blank to blank, that have one of these shapes in them; each once, in order."""
    shape = shape_of(content)
    starts = {start for wanted in shapes for start in _find(shape, wanted)}
    last = 0
    for start in sorted(starts):
        if start >= last:
            first, last = _word(content, start)
            yield first, last


def _find(shape: bytes, wanted: bytes) -> Iterator[int]:
    index = shape.find(wanted)
    while index >= 0:
        yield index
        index = shape.find(wanted, index + 1)


def _word(content: str, index: int) -> tuple[int, int]:
    low, high = max(0, index - _LONGEST), min(len(content), index + _LONGEST)
    start = max(low, *(content.rfind(blank, low, index) + 1 for blank in _BLANKS))
    ends = (content.find(blank, index, high) for blank in _BLANKS)
    return start, min((end for end in ends if end >= 0), default=high)
