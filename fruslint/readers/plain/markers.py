"""Finds the note markers of a plain-text memorandum: digits glued to what they follow, told from numbers by the sequence.

A digit run is a *candidate* for a marker, with a weight for what it is glued to. Of all candidates the heaviest chain of
ascending numbers is taken: each number of the note list that gets its marker earns a fixed gain on top of the weight,
so an unlikely digit is taken only where nothing better fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fruslint.readers.plain.candidates import BARE, Candidate, weighed
from fruslint.readers.plain.weights import HIDDEN, LIKELY, SURE
from fruslint.record import Record
from fruslint.source import Span

_GAIN = 0.5

Link = tuple[()] | tuple[Candidate, "Link"]
"""The markers of a chain, the last one first."""


class Chain(Record):
    """The markers of a document in the order of its text, and the likely candidates that fit nowhere."""

    markers: tuple[Candidate, ...]
    strays: tuple[Candidate, ...]


def find_markers(
    text: str, span: Span, title_end: int, labels: Sequence[int], pages: Sequence[Span], form: str = BARE
) -> Chain:
    """The markers in ``span`` of ``text``, given the end of its title, the numbers of its note list, and its page breaks.

    What has the ``form`` of the dialect is surely one, where that is not a bare digit; other forms may be one.
    """
    candidates = _outside(pages, weighed(text, span, title_end, form), 0.0)
    if not labels:
        return _without_notes(candidates, title_end)
    expected = range(min(labels), max(labels) + 1)
    best: list[Candidate] = []
    last = expected.stop
    for shift in _shifts(candidates, title_end):
        chain = _consistent(candidates, expected.start + shift, expected.stop + shift)
        if _worth(chain) > _worth(best) + 0.01:
            best, last = chain, expected.stop + shift
    return _finish(candidates, best, last)


def find_sequence(
    text: str, span: Span, title_end: int, numbers: Sequence[int], pages: Sequence[Span], form: str = BARE
) -> Chain | None:
    """The heaviest markers with exactly these numbers, in this order; None where they are not all there.

    The arguments are those of `find_markers`. Numbers may come twice, or go back.
    """
    candidates = _outside(pages, weighed(text, span, title_end, form), HIDDEN)
    chain = _in_sequence(candidates, numbers)
    return _finish(candidates, chain, max(numbers, default=0) + 1) if chain is not None else None


def _outside(pages: Iterable[Span], candidates: Iterable[Candidate], least: float) -> list[Candidate]:
    """The candidates that weigh more than ``least`` and are in no page break, in the order of the text."""
    inside = {offset for page in pages for offset in range(*page)}
    return sorted((c for c in candidates if c.weight > least and c.span.start not in inside), key=lambda c: c.span)


def _in_sequence(candidates: Sequence[Candidate], numbers: Sequence[int]) -> list[Candidate] | None:
    """One candidate for each number, each behind the one before; of all such chains the heaviest."""
    by_number: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_number.setdefault(candidate.number, []).append(candidate)
    chains: list[tuple[int, float, Link]] = [(0, 0.0, ())]
    for number in numbers:
        chains = list(_lengthened(chains, by_number.get(number, ())))
    best = max(chains, key=lambda chain: chain[1], default=None)
    return _unlinked(best[2]) if best is not None else None


def _lengthened(
    chains: Sequence[tuple[int, float, Link]], candidates: Sequence[Candidate]
) -> Iterator[tuple[int, float, Link]]:
    """The heaviest chain that each candidate can end; chains and candidates come in the order of their ends."""
    best: tuple[float, Link] | None = None
    place = 0
    for candidate in sorted(candidates, key=lambda c: c.span.end):
        while place < len(chains) and chains[place][0] <= candidate.span.start:
            _, weight, link = chains[place]
            best = (weight, link) if best is None or weight > best[0] else best
            place += 1
        if best is not None:
            yield candidate.span.end, best[0] + candidate.weight, (candidate, best[1])


def _unlinked(link: Link) -> list[Candidate]:
    chain = []
    while link:
        chain.append(link[0])
        link = link[1]
    return chain[::-1]


def _consistent(candidates: Sequence[Candidate], low: int, high: int) -> list[Candidate]:
    """The heaviest chain that holds no marker without the one it touches."""
    chain = heaviest(candidates, low, high)
    spans = {c.span for c in chain}
    halves = {c.span for c in chain if c.touches and c.touches not in spans}
    return heaviest([c for c in candidates if c.span not in halves], low, high) if halves else chain


def _worth(chain: Sequence[Candidate]) -> float:
    return sum(candidate.weight + _GAIN for candidate in chain)


def _shifts(candidates: Sequence[Candidate], title_end: int) -> tuple[int, ...]:
    """By how much the markers may be off the list: one back where the title says 0, ahead where it says 2 or has none."""
    title = [c.number for c in candidates if c.span.start < title_end and c.weight >= LIKELY]
    if title:
        return (-1, 0) if 0 in title else (0, -1, 1) if 2 in title else (0, -1)
    first = next((c.number for c in candidates if c.weight >= SURE), 1)
    return (0, -1, first - 1) if 1 < first <= 9 else (0, -1)


def _without_notes(candidates: Sequence[Candidate], title_end: int) -> Chain:
    """Where no list is left, the markers that count up from the title on are still markers."""
    sure = [c for c in candidates if c.weight >= LIKELY]
    if not sure or sure[0].span.start >= title_end or sure[0].number > 1:
        return Chain((), tuple(sure))
    chain = heaviest(sure, sure[0].number, sure[0].number + len(sure))
    return _finish(sure, list(_unbroken(chain)), sure[0].number + len(sure))


def _unbroken(chain: Sequence[Candidate]) -> Iterator[Candidate]:
    for index, candidate in enumerate(chain):
        if candidate.number != chain[0].number + index:
            return
        yield candidate


def heaviest(candidates: Sequence[Candidate], low: int, high: int) -> list[Candidate]:
    """The chain of ascending numbers in ``range(low, high)`` with the greatest worth, in the order of the text.

    A prefix tree holds for each number the heaviest chain that ends at or below it: O(k log k) for k candidates.
    Candidates may overlap (``12`` is one marker or two); one enters the tree only when the text is past its end.
    """
    size = high - low
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = [-1] * len(candidates)
    pending: list[tuple[int, int, tuple[float, int]]] = []
    for index, candidate in enumerate(candidates):
        rank = candidate.number - low
        if not 0 <= rank < size:
            continue
        pending = _enter(tree, pending, candidate.span.start)
        worth, before[index] = _best_below(tree, rank)
        pending.append((candidate.span.end, rank + 1, (worth + candidate.weight + _GAIN, index)))
    _enter(tree, pending, None)
    return _trace(candidates, before, _best_below(tree, size)[1])


def _enter(
    tree: list[tuple[float, int]], pending: list[tuple[int, int, tuple[float, int]]], start: int | None
) -> list[tuple[int, int, tuple[float, int]]]:
    """Puts what ends before ``start`` (all, if None) into the tree, and returns what is left."""
    left = []
    for waiting in pending:
        end, position, entry = waiting
        if start is not None and end > start:
            left.append(waiting)
            continue
        while position < len(tree):
            if entry[0] > tree[position][0]:
                tree[position] = entry
            position += position & -position
    return left


def _best_below(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    best = (0.0, -1)
    while rank > 0:
        entry = tree[rank]
        if entry[0] > best[0]:
            best = entry
        rank -= rank & -rank
    return best


def _trace(candidates: Sequence[Candidate], before: Sequence[int], last: int) -> list[Candidate]:
    chain: list[Candidate] = []
    while last >= 0:
        chain.append(candidates[last])
        last = before[last]
    return chain[::-1]


def _finish(candidates: Sequence[Candidate], chain: list[Candidate], following: int) -> Chain:
    """What surely looks like a marker and is not in the chain is left over as a stray.

    Behind the chain the number that is ``following`` is one even if it is not so sure.
    """
    covered = {offset for c in chain for offset in range(*c.span)}
    end = chain[-1].span.end if chain and chain[-1].number == following - 1 else None
    left = []
    for c in candidates:
        goes_on = end is not None and c.span.start >= end and c.number == following and c.weight >= LIKELY
        if (c.weight >= SURE or goes_on) and covered.isdisjoint(range(*c.span)):
            left.append(c)
    return Chain(tuple(chain), tuple(left))
