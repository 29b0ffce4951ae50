"""The shape of a text: what kind of character stands at each place.

Patterns such as "a capital behind a small letter" are slow to look for in a long text and almost never there. In the
shape, which is made once for all rules, they are two bytes, and finding those takes microseconds.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import lru_cache

CODEC = "cp1252"
FOREIGN = "\x7f"
_BLANKS = "\n "
_ALIKE = {";": ",", ":": ",", "–": "-"}
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
    return b"".join(map(_class, known))


def _class(char: str) -> bytes:
    if char.isdecimal():
        return b"0"
    return _ALIKE.get(char, _kind(char) if char.isalpha() else char).encode(CODEC, "replace")


codecs.register_error("fruslint.shape", _beyond)
_TABLE = _table()


@lru_cache(maxsize=4)
def shape_of(content: str) -> bytes:
    """One byte for each character: ``a`` a small letter, ``A`` a capital, ``0`` a digit, DEL one that is not Latin.

    All other characters of Western typography stand for themselves, in the encoding cp1252, but for ``,``, which is the
    semicolon and the colon too, and ``-``, which is the en dash too.
    """
    return content.encode(CODEC, "fruslint.shape").translate(_TABLE)


@lru_cache(maxsize=16)
def words_with(content: str, shapes: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """Where the words stand, from blank to blank, that have one of these shapes in them; each once, in order.

    A shape with blanks in it gives the words on both sides.
    """
    shape = shape_of(content)
    found = sorted((start, len(wanted)) for wanted in shapes for start in _find(shape, wanted))
    words: list[tuple[int, int]] = []
    for start, length in found:
        if not words or start + length > words[-1][1]:
            words.append((_begin(content, start), _end(content, start + length - 1)))
    return words


def _find(shape: bytes, wanted: bytes) -> Iterator[int]:
    index = shape.find(wanted)
    while index >= 0:
        yield index
        index = shape.find(wanted, index + 1)


def _begin(content: str, index: int) -> int:
    low = max(0, index - _LONGEST)
    return max(low, *(content.rfind(blank, low, index) + 1 for blank in _BLANKS))


def _end(content: str, index: int) -> int:
    high = min(len(content), index + _LONGEST)
    ends = (content.find(blank, index + 1, high) for blank in _BLANKS)
    return min((end for end in ends if end >= 0), default=high)
