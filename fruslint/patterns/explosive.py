"""Finds regular expressions that can take for ever: those that can match the same words in exponentially many ways.

`re` tries one way after the other where a match fails in the end. ``(a+)+b`` can share out thirty letters a in half a
thousand million ways. Such an expression is *exponentially ambiguous*: there is a state from which the same letters lead
back to it on two different paths. The states are the places in the expression that take a letter, the paths go from each
to those that can follow it (the automaton of Glushkov); two paths are followed at once through pairs of states.

What is only slow by a power of the length is not found here: the time that a rule takes is bounded when it runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from fruslint.record import Record

_SAMPLES = "aAzZ059_ \t\n\r-–.,;:()[]'\"“”’éßΩя中\x00\N{NO-BREAK SPACE}"
_MOST_PLACES = 4000
_MOST_COPIED = 200
_MOST_IN_LOOP = 120
_UNBOUNDED = 1_000_000
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_Node = Hashable


class ExplosivePatternError(re.error):
    """An expression that can take for ever; ``pattern`` is the expression."""


def refuse_explosive(pattern: str, flags: int = 0) -> None:
    """Raises ExplosivePatternError for an expression that can match the same words in exponentially many ways."""
    if _is_explosive(pattern, flags):
        raise ExplosivePatternError("it can match the same words in so many ways that it may never end", pattern)


@lru_cache(4096)
def _is_explosive(pattern: str, flags: int) -> bool:
    if not re.search(r"[*+{]", pattern):
        return False
    waiting: list[Any] = [_parser.parse(pattern, flags)]
    samples = tuple(dict.fromkeys(_SAMPLES + pattern + "".join(_edges_of_ranges(waiting[0]))))
    while waiting:
        automaton = _Automaton(samples, bool(flags & re.IGNORECASE))
        automaton.add(waiting.pop())
        waiting += automaton.apart
        if automaton.is_ambiguous():
            return True
    return False


class _Piece(Record):
    """A part of an expression: whether it can be empty, and the places it can begin and end with."""

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


_NOTHING = _Piece(True, (), ())


class _Automaton:
    """The places of an expression, what each takes, and which can follow it; twice, where there are two ways.

    ``apart`` are the parts that are matched by themselves: what is looked ahead or back for.
    """

    def __init__(self, samples: Sequence[str], ignore_case: bool) -> None:
        self._samples = samples
        self._ignore_case = ignore_case
        self._taken: list[int] = []
        self._follow: list[list[int]] = []
        self.apart: list[Any] = []

    def add(self, parts: Iterable[Any]) -> _Piece:
        """The piece for parts that follow each other."""
        whole = _NOTHING
        for name, value in parts:
            piece = self._part(str(name), value)
            self._connect(whole.last, piece.first)
            whole = _Piece(
                whole.empty and piece.empty,
                whole.first + piece.first if whole.empty else whole.first,
                whole.last + piece.last if piece.empty else piece.last,
            )
        return whole

    def _part(self, name: str, value: Any) -> _Piece:
        match name:
            case "BRANCH":
                return self._one_of(value[1])
            case "GROUPREF_EXISTS":
                return self._one_of(value[1:])
            case "SUBPATTERN":
                return self.add(value[-1])
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(*value)
            case "ATOMIC_GROUP":
                return self._solid(value, False)
            case "POSSESSIVE_REPEAT":
                return self._solid(value[2], value[0] == 0)
            case _:
                return self._single(name, value)

    def _one_of(self, branches: Iterable[Any]) -> _Piece:
        return _any_of([self.add(branch or ()) for branch in branches])

    def _single(self, name: str, value: Any) -> _Piece:
        """The piece for what takes one character or none."""
        match name:
            case "ASSERT" | "ASSERT_NOT":
                self.apart.append(value[1])
                return _NOTHING
            case "AT":
                return _NOTHING
            case "GROUPREF":
                return self._place(-1)._replace(empty=True)
            case _:
                return self._place(self._mask(name, value))

    def _repeat(self, least: int, most: int, body: Any) -> _Piece:
        begin = len(self._taken)
        piece = self.add(body)
        size = len(self._taken) - begin
        if int(most) < _UNBOUNDED and int(most) * size <= _MOST_COPIED:
            copies = [piece, *(self.add(body) for _ in range(int(most) - 1))]
            return self._in_a_row(copies if most else [], least)
        self._connect(piece.last, piece.first)
        return piece._replace(empty=piece.empty or least == 0)

    def _in_a_row(self, copies: Sequence[_Piece], least: int) -> _Piece:
        """The same part so many times, of which the first few must be there; each follows the one before it only."""
        for before, after in pairwise(copies):
            self._connect(before.last, after.first)
        ends = copies[max(0, least - 1) :]
        if not ends:
            return _NOTHING
        last = tuple(place for piece in ends for place in piece.last)
        return _Piece(least == 0 or copies[0].empty, copies[0].first, last)

    def _solid(self, body: Any, empty: bool) -> _Piece:
        """A part that is never divided in another way once it has matched: for what is around it, one place."""
        self.apart.append(body)
        begin = len(self._taken)
        piece = self.add(body)
        mask = 0
        for place in piece.first:
            mask |= self._taken[place]
        del self._taken[begin:], self._follow[begin:]
        return self._place(mask)._replace(empty=empty or piece.empty)

    def _place(self, mask: int) -> _Piece:
        if len(self._taken) >= _MOST_PLACES:
            return _NOTHING  # a list of words; loops over so many are left to the clock
        self._taken.append(mask)
        self._follow.append([])
        place = len(self._taken) - 1
        return _Piece(False, (place,), (place,))

    def _connect(self, ends: Sequence[int], begins: Sequence[int]) -> None:
        for end in ends:
            self._follow[end].extend(begins)

    def _mask(self, name: str, value: Any) -> int:
        """Which of the samples a place takes, a bit for each."""
        mask = 0
        for index, sample in enumerate(self._samples):
            cases = {sample, sample.lower(), sample.upper()} if self._ignore_case else {sample}
            if any(_takes(name, value, case) for case in cases):
                mask |= 1 << index
        return mask

    def is_ambiguous(self) -> bool:
        """Whether the same letters can lead from a place back to it on two paths."""
        return any(map(self._is_ambiguous_within, _loops(range(len(self._taken)), self._follow.__getitem__)))

    def _is_ambiguous_within(self, loop: frozenset[int]) -> bool:
        following = {place: [after for after in self._follow[place] if after in loop] for place in loop}
        if any(count > 1 for after in following.values() for count in Counter(after).values()):
            return True
        if len(loop) > _MOST_IN_LOOP:
            return False

        def together(pair: tuple[int, int]) -> list[tuple[int, int]]:
            left, right = pair
            return [(a, b) for a in following[left] for b in following[right] if self._taken[a] & self._taken[b]]

        same = [(place, place) for place in sorted(loop)]
        return any(map(_goes_two_ways, _loops(same, together)))


def _any_of(pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(
        any(piece.empty for piece in pieces),
        tuple(place for piece in pieces for place in piece.first),
        tuple(place for piece in pieces for place in piece.last),
    )


def _takes(name: str, value: Any, char: str) -> bool:
    code = ord(char) if len(char) == 1 else -1
    match name:
        case "LITERAL":
            return bool(code == value)
        case "NOT_LITERAL":
            return bool(code != value)
        case "RANGE":
            return bool(value[0] <= code <= value[1])
        case "CATEGORY":
            return re.match(_CATEGORIES[str(value)], char) is not None
        case "IN":
            negated = str(value[0][0]) == "NEGATE"
            return negated != any(_takes(str(inner), what, char) for inner, what in value[negated:])
    return True


def _edges_of_ranges(parts: Any) -> Iterator[str]:
    """The first and last characters of all ranges in an expression, however deep: where two overlap, one of them lies."""
    if isinstance(parts, tuple) and len(parts) == 2 and str(parts[0]) == "RANGE":
        yield from map(chr, parts[1])
    elif isinstance(parts, tuple | list) or hasattr(parts, "data"):
        for part in parts:
            yield from _edges_of_ranges(part)


def _goes_two_ways(pairs: frozenset[tuple[int, int]]) -> bool:
    """Whether a loop over pairs of places comes by one that is the same twice, and by one that is not."""
    return any(left == right for left, right in pairs) and any(left != right for left, right in pairs)


def _loops(nodes: Iterable[_Node], following: Callable[[Any], Sequence[Any]]) -> Iterator[frozenset[Any]]:
    """The strongly connected components that hold a path, of all that can be reached from ``nodes`` (Tarjan)."""
    number: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    stack: list[_Node] = []
    on_stack: set[_Node] = set()
    for root in nodes:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(following(root)))]
        while work:
            node, after = work[-1]
            for other in after:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(following(other))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], number[other])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == number[node]:
                    yield from _closed(node, stack, on_stack, following)


def _closed(
    node: _Node, stack: list[_Node], on_stack: set[_Node], following: Callable[[Any], Sequence[Any]]
) -> Iterator[frozenset[Any]]:
    """The component that ends with ``node``, taken off the stack; nothing where no path leads back into it."""
    component: set[_Node] = set()
    while node not in component:
        component.add(stack.pop())
    on_stack -= component
    if len(component) > 1 or node in following(node):
        yield frozenset(component)
