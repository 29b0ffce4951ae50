"""Follows the numbers of the documents of a volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.checks.document_number import id_number, printed_number
from fruslint.findings import Where
from fruslint.model import Document, Medium
from fruslint.record import Record


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

    def collect(self, document: Document) -> _Fact | None:
        """The number of the document; None if it has none, a bracketed one, or one that contradicts its id."""
        label = document.number
        if label is None or label.text.startswith("["):
            return None
        text = printed_number(label).lstrip("0").casefold()
        named = id_number(document)
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        if not digits or (named and named.casefold() != text):
            return None
        ordered = document.medium is Medium.TEI
        where = place_in(document, label.span)
        return _Fact(int(digits), text, bool(named) and not ordered, ordered, document.id, where)

    def conclude(self, facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
        """One hit for each number that is not as it should be."""
        yield from _repeated(facts)
        firsts = list({fact.text: fact for fact in reversed(facts)}.values())[::-1]
        complete = self._is_complete(firsts)
        if firsts and (firsts[0].ordered or (complete and not any(fact.named for fact in firsts))):
            yield from _backwards(firsts)
        if complete:
            yield from _left_out(sorted(firsts, key=lambda fact: fact.number))

    def _is_complete(self, facts: Sequence[_Fact]) -> bool:
        numbers = {fact.number for fact in facts}
        return len(numbers) >= self._complete_from and len(numbers) >= 0.9 * (max(numbers) - min(numbers) + 1)


def _repeated(facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
    first: dict[str, _Fact] = {}
    for fact in facts:
        before = first.setdefault(fact.text, fact)
        if before is not fact:
            yield _hit(fact, "has the same number as another document", before, "the other one")


def _backwards(facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
    highest = facts[0]
    for fact in facts[1:]:
        if fact.number < highest.number:
            yield _hit(fact, f"stands behind {highest.text}", highest, "the document before it")
        else:
            highest = fact


def _left_out(facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
    for before, fact in pairwise(facts):
        missing = range(before.number + 1, fact.number)
        if missing:
            numbers = str(missing[0]) if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
            yield _hit(fact, f"follows {before.text}: there is no {numbers}", before, "the document before it")


def _hit(fact: _Fact, detail: str, other: _Fact, message: str) -> PlacedHit:
    return PlacedHit(fact.place, fact.document, {"found": fact.text, "detail": detail}, ((other.place, message),))
