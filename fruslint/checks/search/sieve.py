"""Says which checks are worth calling for a document, by one look at its parts and its words for all of them.

Most checks look for something that hardly any document has. Whether it is there is asked for all checks together: the
kinds of characters that stand side by side in a document are a few dozen, and those that some check looks for are fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import chain
from typing import Literal, TypeVar

from fruslint.checks.search.field import Field, block_kinds
from fruslint.checks.search.shape import USUAL_KINDS, Shape, has_shape, pairs_besides, rare_kinds, shape_around
from fruslint.model import Document, Medium
from fruslint.record import Record

Part = Literal["anomalies", "sections", "participants", "page_breaks", "notes"]
_Key = TypeVar("_Key")
_One = TypeVar("_One")
_WORDS = block_kinds(["words"])
_EVERYWHERE = USUAL_KINDS + b"\n"


class Needs(Record):
    """One of these texts or shapes must occur in the words of a document, or a check finds nothing there.

    ``part``: it must have one of these, a property of `Document`. ``unprintable``: its file must
    have a character that nobody can see. ``medium``: documents of another one need nothing.
    """

    literals: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    unprintable: bool = False
    medium: Medium | None = None
    part: Part | None = None


def needed(where: Field, literals: Iterable[str] = (), shapes: Iterable[Shape] = ()) -> Needs | None:
    """The needs of a check that looks for these in a part of each document; None if a look at the words cannot tell.

    So it is where anything reaches over a line end: what a check sees on both sides may be parted by other blocks.
    """
    needs = Needs(tuple(_without_longer(tuple(literals))), tuple(shapes))
    if not where.is_of_words or not (needs.literals or needs.shapes):
        return None
    parted = any("\n" in one.strip("\n") for one in needs.literals) or any(
        b"\n" in one.wanted.strip(b"\n") for one in needs.shapes
    )
    return None if parted else needs


def _without_longer(texts: Sequence[str]) -> Iterator[str]:
    """Those of the texts in which no other one stands: where a text occurs, so does each that is in it."""
    for text in texts:
        if not any(other in text for other in texts if other != text):
            yield text


def needs_of(check: object, medium: Medium | None) -> Needs | None:
    """What a check needs of documents of a medium; None if it is called for all."""
    needs: Needs | None = getattr(check, "needs", None)
    return needs if needs is not None and needs.medium in (None, medium) else None


class _Sign(Record):
    """What a check needs: a shape, which may be nothing but a pair, or a text, which has its shape too."""

    shape: Shape
    text: str = ""
    is_pair: bool = False


class _Way(Enum):
    """How a sign is looked for: where its rare pair or kind of character is, at once if it is one letter, or at last."""

    PAIR = auto()
    KIND = auto()
    QUICK = auto()
    SLOW = auto()


class Sieve:
    """Chooses among checks by what they need; made from the needs of each, None for one that is always called."""

    __slots__ = (
        "_always",
        "_kinds",
        "_looks_at_words",
        "_other_pairs",
        "_pairs",
        "_parts",
        "_quick",
        "_slow",
        "_unprintable",
    )

    def __init__(self, needs: Sequence[Needs | None]) -> None:
        said = [(number, need) for number, need in enumerate(needs) if need is not None]
        self._always = bytes(need is None for need in needs)
        self._unprintable = [number for number, need in said if need.unprintable]
        self._parts = _grouped((need.part, number) for number, need in said if need.part)
        self._sort(_grouped((sign, number) for number, need in said for sign in _signs(need)))

    def _sort(self, signs: Mapping[_Sign, Sequence[int]]) -> None:
        """The signs, with the checks that need each, by the way they are looked for."""
        self._looks_at_words = bool(signs)
        ways = _grouped((_way(one[0]), one) for one in signs.items())
        self._pairs = _grouped((one[0].shape.pair[0], one) for one in ways.get(_Way.PAIR, ()))
        self._kinds = _grouped((_rare_kind(one[0]), one) for one in ways.get(_Way.KIND, ()))
        self._quick, self._slow = ways.get(_Way.QUICK, []), ways.get(_Way.SLOW, [])
        self._other_pairs = bytes(set(range(256)).difference(self._pairs))

    def chosen(self, document: Document) -> Sequence[int]:
        """For each check, in their order, whether (1 or 0) it is worth calling for a document."""
        chosen = bytearray(self._always)
        if self._unprintable and document.source.unprintable:
            _choose(chosen, self._unprintable)
        for part, of_part in self._parts.items():
            if getattr(document, part):
                _choose(chosen, of_part)
        if self._looks_at_words:
            self._choose_by_words(chosen, document.view(_WORDS).text.content)
        return chosen

    def _choose_by_words(self, chosen: bytearray, content: str) -> None:
        for (shape, text, is_pair), checks in self._likely(content):
            if chosen[checks[0]] and all(map(chosen.__getitem__, checks)):
                continue
            if text in content if text else is_pair or has_shape(content, shape):
                _choose(chosen, checks)

    def _likely(self, content: str) -> Iterable[tuple[_Sign, Sequence[int]]]:
        """What may occur, with the checks that need it: what is rare, only where its kinds of characters occur.

        What takes longest to look for comes last.
        """
        kinds = rare_kinds(content).intersection(self._kinds) if self._kinds else ()
        pairs = pairs_besides(content, self._other_pairs) if self._pairs else ()
        rare = (*(self._kinds[kind] for kind in kinds), *(self._pairs[pair] for pair in pairs))
        return chain(self._quick, *rare, self._slow)


def _way(sign: _Sign) -> _Way:
    if sign.shape.pair and not sign.shape.is_vague:
        return _Way.PAIR
    if _rare_kind(sign):
        return _Way.KIND
    if sign.shape.pair:
        return _Way.PAIR
    return _Way.QUICK if len(sign.text) == 1 else _Way.SLOW


def _rare_kind(sign: _Sign) -> int:
    """A kind of character in it that few texts have; 0 if it has none."""
    return next((kind for kind in sign.shape.wanted if kind not in _EVERYWHERE), 0)


def _choose(chosen: bytearray, checks: Iterable[int]) -> None:
    for check in checks:
        chosen[check] = 1


def _signs(needs: Needs) -> Iterator[_Sign]:
    yield from (_Sign(shape_around(text), text) for text in needs.literals)
    yield from (_Sign(shape, is_pair=shape.is_pair) for shape in needs.shapes)


def _grouped(pairs: Iterable[tuple[_Key, _One]]) -> dict[_Key, list[_One]]:
    """What goes with each key, in order."""
    found: dict[_Key, list[_One]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found
