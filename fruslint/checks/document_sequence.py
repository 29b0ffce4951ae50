"""Follows the numbers of the documents of a volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.apparatus.changed_places import Moved, changed_places
from fruslint.apparatus.document_numbers import id_number, printed_number
from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.model import Document, Medium
from fruslint.record import Record

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# No document has a number of more digits.
_LONGEST = 6
# So many numbers that are left out are named.
_SHOWN = 8


class _Fact(Record):
    """A number of the volume. ``named``: the name of the file has it too, so that the order of files says nothing.

    ``ordered``: the document stands in one file with the others, in their order.
    """

    number: int
    text: str
    named: bool
    ordered: bool
    document: str
    place: Where


class _Claim(Record):
    """The numbers of a document that does not agree with itself on one, or has none at its head: they are not left out."""

    numbers: tuple[int, ...]


class DocumentSequenceCheck:
    """Looks for numbers that come twice, that go back, and that are left out.

    In a TEI volume numbers that go back are always looked for. Else the last two are looked for where ``complete_from``
    documents or more have, but for a tenth, all numbers from the first to the last: a folder may hold a choice of
    documents.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"complete_from": {"type": "integer", "minimum": 2}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._complete_from: int = parameters.get("complete_from", 10)

    def collect(self, document: Document) -> _Fact | _Claim:
        """The number of the document; what it may be if it has none, a bracketed one, or one that contradicts its id."""
        label = document.number
        text = printed_number(label).lstrip("0").casefold() if label is not None else ""
        named = id_number(document)
        digits = text.rstrip(_LETTERS)
        if label is None or label.text.startswith("[") or not digits or (named and named.casefold() != text):
            claimed = (digits, named.casefold().rstrip(_LETTERS))
            return _Claim(tuple(int(one) for one in claimed if one.isdecimal() and len(one) <= _LONGEST))
        ordered = document.medium is Medium.TEI
        where = place_in(document, label.span)
        return _Fact(int(digits), text, bool(named) and not ordered, ordered, document.id, where)

    def conclude(self, found: Sequence[_Fact | _Claim]) -> Iterator[PlacedHit]:
        """One hit for each number that is not as it should be."""
        facts = [one for one in found if isinstance(one, _Fact)]
        claimed = {number for one in found if isinstance(one, _Claim) for number in one.numbers}
        yield from _repeated(facts)
        firsts = list({fact.text: fact for fact in reversed(facts)}.values())[::-1]
        complete = self._is_complete(firsts)
        if _are_in_order(firsts, complete):
            yield from _backwards(firsts)
        if complete:
            yield from _left_out(sorted(firsts, key=lambda fact: fact.number), claimed)

    def _is_complete(self, facts: Sequence[_Fact]) -> bool:
        numbers = {fact.number for fact in facts}
        return len(numbers) >= self._complete_from and len(numbers) >= 0.9 * (max(numbers) - min(numbers) + 1)


def _are_in_order(facts: Sequence[_Fact], complete: bool) -> bool:
    """Whether they are read in the order of the volume: those of a folder are if they are complete, and not by their ids."""
    return bool(facts) and (facts[0].ordered or (complete and not any(fact.named for fact in facts)))


def _repeated(facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
    first: dict[str, _Fact] = {}
    for fact in facts:
        before = first.setdefault(fact.text, fact)
        if before is not fact:
            yield _hit(fact, "has the same number as another document", before, "the other one")


def _backwards(facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
    numbers = [fact.number for fact in facts]
    highest = facts[0]
    index = 1
    while index < len(facts):
        before, fact = facts[index - 1], facts[index]
        moved = _changed_places(numbers, index) if before is highest else None
        if moved is not None:
            yield _moved(facts[moved.first], facts[moved.first - 1], facts[moved.home])
            highest, index = facts[moved.highest], moved.end
            continue
        if fact.number < highest.number:
            yield _hit(fact, f"stands behind {highest.text}", highest, "the document before it")
        else:
            highest = fact
        index += 1


def _changed_places(numbers: Sequence[int], index: int) -> Moved | None:
    expected = numbers[index - 1] + 1
    return changed_places(numbers, index, expected) if numbers[index] != expected else None


def _moved(first: _Fact, before: _Fact, home: _Fact) -> PlacedHit:
    detail = f"stands behind {before.text} and belongs behind {home.text}"
    hit = _hit(first, detail, before, "the document before it")
    return hit._replace(related=(*hit.related, (home.place, "it belongs behind this document")))


def _left_out(facts: Sequence[_Fact], claimed: Set[int]) -> Iterator[PlacedHit]:
    for before, fact in pairwise(facts):
        missing = [number for number in range(before.number + 1, fact.number) if number not in claimed]
        if missing:
            yield _hit(fact, f"follows {before.text}: there is no {_listed(missing)}", before, "the document before it")


def _listed(numbers: Sequence[int]) -> str:
    """Ascending numbers in words; those in between are left out only where none is missing."""
    if len(numbers) == numbers[-1] - numbers[0] + 1:
        return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers[:_SHOWN])) + (", …" if len(numbers) > _SHOWN else "")


def _hit(fact: _Fact, detail: str, other: _Fact, message: str) -> PlacedHit:
    return PlacedHit(fact.place, fact.document, {"found": fact.text, "detail": detail}, ((other.place, message),))
