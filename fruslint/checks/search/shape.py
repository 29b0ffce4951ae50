"""The shape of a text: what kind of character stands at each place.

Patterns such as "a capital behind a small letter" are slow to look for in a long text and almost never there. In the
shape, which is made once for all rules, they are two bytes. Those two make one byte of the *pairs*, which hold the kind
of each character and of the next, and a single byte is found many times faster than two.

A kind is half a byte, so a row of kinds is a number in hexadecimal digits, and what reads such numbers makes the pairs: of
the first and the second character, the third and the fourth; and, read from the second on, those in between.
"""

from __future__ import annotations

import codecs
import re
from binascii import hexlify, unhexlify
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from fruslint.patterns import late
from fruslint.record import Record

CODEC = "cp1252"
FOREIGN = "\x7f"
# What stands for other characters than itself, too: no rule tells these apart.
_ALIKE = {";": ",", ":": ",", "–": "-"}
# A word is no longer on either side of a place; what has no blanks is cut there.
_LONGEST = 60
_CODED = f"aA0{FOREIGN} ,.-’”“)](\n".encode(CODEC)
_DIGITS = bytes(b"0123456789abcdef"[_CODED.find(kind) + 1] for kind in range(256))
"""What each byte of a shape is as half a byte; 0 is all that no rule is known to look for."""
USUAL_KINDS = b"aA0 ,.-"
# Pairs that all texts are full of: no shape is looked for by them. By the others, which many texts have, only if it must be.
_USUAL = frozenset((b"aa", b"Aa", b"AA", b"00", b" a", b" A", b" 0", b"a ", b", ", b". ", b"a,", b"a."))
_FAIRLY_RARE = frozenset((b"0 ", b"0-", b"-0", b"-a", b"-A", b"a-", b"a\n", b"\nA"))
_UNKNOWN = b"\0"


def _beyond(error: UnicodeError) -> tuple[str, int]:
    """Stands in for what Latin-1 does not know: Latin letters keep their kind, all that the codec lacks is foreign."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_LATIN.get(char) or _kind(char) for char in error.object[error.start : error.end]), error.end


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
_LATIN = {bytes((code,)).decode(CODEC, "ignore"): chr(code) for code in range(0x80, 0xA0)}
"""The characters that the codec has and Latin-1 has not, and those that have their bytes there (control characters)."""
_FREQUENT = tuple((char, _LATIN[char]) for char in "’“”‘–—")


def _encoded(content: str) -> bytes:
    """``content`` in the codec, by way of Latin-1, which Python encodes many times faster than any other."""
    for char, same in _FREQUENT:
        content = content.replace(char, same)
    return content.encode("latin-1", "fruslint.shape")


class Shape(Record):
    """A shape to look for, a pair in it that is rare in any text, and how far from its beginning; empty if it has none."""

    wanted: bytes
    pair: bytes
    ahead: int

    @property
    def is_vague(self) -> bool:
        """Whether its pair has half a byte for any character that no rule is known to look for."""
        return any(half == ord("0") for half in hexlify(self.pair))

    @property
    def is_pair(self) -> bool:
        """Whether it is there wherever its pair is."""
        return len(self.wanted) == 2 and self.pair != b"" and b"0" not in self.wanted.translate(_DIGITS)


def wanted_shape(text: str) -> Shape:
    r"""The shape to look for that is written ``text``, with ``?`` for a foreign letter and ``\?`` for a question mark."""
    return _with_pair("?".join(part.replace("?", FOREIGN) for part in text.split(r"\?")).encode(CODEC))


def _with_pair(wanted: bytes) -> Shape:
    pairs = [wanted[index : index + 2] for index in range(len(wanted) - 1)]
    rare = [index for index, kinds in enumerate(pairs) if _pair(kinds) != _UNKNOWN and kinds not in _USUAL]
    if not rare:
        return Shape(wanted, b"", 0)
    ahead = min(rare, key=lambda index: pairs[index] in _FAIRLY_RARE)
    return Shape(wanted, _pair(pairs[ahead]), ahead)


def _pair(kinds: bytes) -> bytes:
    return unhexlify(kinds.translate(_DIGITS))


class _Shaped:
    """A text and its shape and pairs, which are made when they are first needed."""

    def __init__(self, content: str) -> None:
        self.content = content
        self._starts: dict[bytes, list[int]] = {}

    @cached_property
    def shape(self) -> bytes:
        return _encoded(self.content).translate(_TABLE)

    @cached_property
    def rare(self) -> bytes:
        """The shape without the usual kinds, of which texts are full."""
        return self.shape.translate(None, USUAL_KINDS)

    @cached_property
    def pairs(self) -> bytes:
        """The pairs that begin with the first, the third, ... character, and behind them those that begin with the others."""
        digits = self.shape.translate(_DIGITS)
        if len(digits) % 2:
            return unhexlify(digits + b"0" + digits[1:])
        return unhexlify(digits + digits[1:] + b"0") if digits else b""

    def starts(self, shape: Shape) -> list[int]:
        """Where a shape begins; kept, as several rules look for the same."""
        known = self._starts.get(shape.wanted)
        if known is None:
            known = self._starts[shape.wanted] = self._find(shape)
        return known

    def _find(self, shape: Shape) -> list[int]:
        wanted, pair, ahead = shape
        whole, pairs = self.shape, self.pairs
        if not pair:
            return list(_all_of(wanted, whole.decode("latin-1")))
        found = []
        half = (len(whole) + 1) // 2
        place = pairs.find(pair)
        while place >= 0:
            index = 2 * place - ahead if place < half else 2 * (place - half) + 1 - ahead
            if whole.startswith(wanted, index):
                found.append(index)
            place = pairs.find(pair, place + 1)
        found.sort()
        return found


def _all_of(wanted: bytes, shape: str) -> Iterator[int]:
    """Where a shape that has nothing rare in it begins; a pattern leaps over what begins alike, and `find` does not."""
    search = _pattern_of(wanted).search
    found = search(shape)
    while found:
        yield found.start()
        found = search(shape, found.start() + 1)


@lru_cache(64)
def _pattern_of(wanted: bytes) -> re.Pattern[str]:
    return late(re.escape(wanted.decode("latin-1")))


_recent: deque[_Shaped] = deque((_Shaped(""),), maxlen=8)
"""The texts that were looked at last: all rules look at a few texts of a document, and then at those of the next."""


def _shaped(content: str) -> _Shaped:
    last = _recent[0]
    if last.content is content:
        return last
    for known in tuple(_recent):  # a copy, and nothing is taken from it again: other threads look at texts of their own
        if known.content is content:
            return known
    shaped = _Shaped(content)
    _recent.appendleft(shaped)
    return shaped


def shape_of(content: str) -> bytes:
    """One byte for each character: ``a`` a small letter, ``A`` a capital, ``0`` a digit, DEL one that is not Latin.

    All other characters of Western typography stand for themselves, in the encoding cp1252, but for ``,``, which is the
    semicolon and the colon too, and ``-``, which is the en dash too.
    """
    return _shaped(content).shape


def starts(content: str, shapes: Iterable[Shape]) -> Sequence[int]:
    """Where any of ``shapes`` begins, in order."""
    shaped = _shaped(content)
    return sorted({start for shape in shapes for start in shaped.starts(shape)})


@lru_cache(256)
def shape_around(text: str) -> Shape:
    """The shape of any words that have ``text`` in them."""
    return _with_pair(_encoded(text).translate(_TABLE))


def has_text(content: str, text: str) -> bool:
    """Whether a text occurs; it is looked for only where its rare pair is."""
    pair = shape_around(text).pair
    return (not pair or pair in _shaped(content).pairs) and text in content


def has_shape(content: str, shape: Shape) -> bool:
    """Whether a shape occurs."""
    shaped = _shaped(content)
    return bool(shaped.starts(shape)) if shape.pair else shape.wanted in shaped.shape


def is_rare(char: str) -> bool:
    """Whether this character is a rare kind of its own: a shape tells it from all others that can be printed."""
    kind = shape_of(char)
    return kind not in USUAL_KINDS and kind != FOREIGN.encode(CODEC) and _TABLE.count(kind) == 1


def only_kinds(content: str, kinds: bytes) -> bytes:
    """What is left of the shape when all kinds but these, none of which is a usual one, are left out."""
    return _shaped(content).rare.translate(None, _others(kinds))


@lru_cache(64)
def _others(kinds: bytes) -> bytes:
    return bytes(set(range(256)).difference(kinds))


def rare_kinds(content: str) -> frozenset[int]:
    """Which kinds of characters occur that are none of the usual ones."""
    return frozenset(_shaped(content).rare)


def pairs_besides(content: str, usual: bytes) -> frozenset[int]:
    """Which pairs occur that are none of the ``usual`` ones: to leave those out is several times faster than to look."""
    return frozenset(_shaped(content).pairs.translate(None, usual))


def words_with(content: str, shapes: Iterable[Shape]) -> Sequence[tuple[int, int]]:
    """Where the words stand that have one of these shapes in them; see ``words_around``."""
    shaped = _shaped(content)
    found = [(start, start + len(shape.wanted)) for shape in shapes for start in shaped.starts(shape)]
    return words_around(content, sorted(found)) if found else ()


def words_around(content: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the words stand, from blank to blank, that these places, which come in order, are in; each once, in order.

    A place that begins or ends with a blank gives the word on that side of it too.
    """
    words: list[tuple[int, int]] = []
    last = 0
    for start, end in places:
        if end > last:
            last = _end(content, end - 1)
            words.append((_begin(content, start), last))
    return words


def _begin(content: str, index: int) -> int:
    low = max(0, index - _LONGEST)
    return max(low, content.rfind(" ", low, index) + 1, content.rfind("\n", low, index) + 1)


def _end(content: str, index: int) -> int:
    high = min(len(content), index + _LONGEST)
    blank = content.find(" ", index + 1, high)
    line = content.find("\n", index + 1, high if blank < 0 else blank)
    return line if line >= 0 else blank if blank >= 0 else high
