"""Says which checks are worth calling for a document, by one look at its words for all of them.

Most checks look for something that hardly any document has. Whether it is there is asked for all checks together: the
kinds of characters that stand side by side in a document are a few dozen, and those that some check looks for are fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from fruslint.checks.field import block_kinds
from fruslint.checks.shape import Shape, has_shape, pairs_besides
from fruslint.model import Document

_Need = TypeVar("_Need")
_Found = TypeVar("_Found")
_WORDS = block_kinds(["words"])


class Needs(NamedTuple):
    """One of these texts or shapes must occur in the words of a document, or a check finds nothing there."""

    literals: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()

    def unless_parted(self) -> Needs | None:
        """None if anything reaches over a line end: what a check sees on both sides may be parted by other blocks."""
        parted = any("\n" in one.strip("\n") for one in self.literals)
        return None if parted or any(b"\n" in one.wanted for one in self.shapes) else self


class Sieve:
    """Chooses among checks by what they need; made from the needs of each, None for one that is always called."""

    __slots__ = ("_always", "_literals", "_others", "_plain_shapes", "_rare_shapes")

    def __init__(self, needs: Sequence[Needs | None]) -> None:
        self._always = bytes(need is None for need in needs)
        self._literals = _by_need((one, number) for number, need in enumerate(needs) if need for one in need.literals)
        shapes = _by_need((one, number) for number, need in enumerate(needs) if need for one in need.shapes)
        self._plain_shapes = {shape: checks for shape, checks in shapes.items() if not shape.pair}
        self._rare_shapes = _by_need((one[0].pair[0], one) for one in shapes.items() if one[0].pair)
        self._others = bytes(set(range(256)).difference(self._rare_shapes))

    def chosen(self, document: Document) -> Sequence[int]:
        """For each check, in their order, whether (1 or 0) it is worth calling for a document."""
        chosen = bytearray(self._always)
        if all(chosen):
            return chosen
        content = document.view(_WORDS).text.content
        for literal, checks in self._literals.items():
            if literal in content:
                _choose(chosen, checks)
        for shape, checks in self._likely(content):
            if has_shape(content, shape):
                _choose(chosen, checks)
        return chosen

    def _likely(self, content: str) -> Iterable[tuple[Shape, Sequence[int]]]:
        """The shapes that may occur, with the checks that look for them."""
        yield from self._plain_shapes.items()
        for pair in pairs_besides(content, self._others):
            yield from self._rare_shapes[pair]


def _by_need(pairs: Iterable[tuple[_Need, _Found]]) -> Mapping[_Need, Sequence[_Found]]:
    """What goes with each need."""
    found: dict[_Need, list[_Found]] = {}
    for need, one in pairs:
        found.setdefault(need, []).append(one)
    return found


def _choose(chosen: bytearray, checks: Iterable[int]) -> None:
    for check in checks:
        chosen[check] = 1
