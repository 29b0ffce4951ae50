"""Finds documents of a volume that have the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar
from zlib import crc32

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.checks.search import field
from fruslint.checks.search.field import Field
from fruslint.findings import Where
from fruslint.model import Document
from fruslint.record import Record

# So many characters at the beginning and at the end of a text stand for all of it.
_ENOUGH = 1000

_Digest = tuple[int, int, int]


class _Fact(Record):
    """What stands for the text of a document, and where it begins."""

    digest: _Digest
    document: str
    place: Where


class _Seen(Record):
    """What stands for the text of a document."""

    digest: _Digest
    document: Document


class SameTextCheck:
    """Compares the text of ``in`` of all documents; texts shorter than ``shortest`` are passed over."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in"],
        "additionalProperties": False,
        "properties": {"in": field.SCHEMA, "shortest": {"type": "integer", "minimum": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "other"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._shortest: int = parameters.get("shortest", 300)

    def collect(self, document: Document) -> _Seen | None:
        """What stands for the text; None if there is too little of it."""
        lines = self._field.lines(document)
        length = sum(map(len, lines)) + len(lines) - 1
        return _Seen(_digest(lines, length), document) if length >= self._shortest else None

    def settle(self, seen: Sequence[_Seen], is_whole: bool) -> list[_Fact]:
        """Where these documents stand; of a whole volume only those that have a text in common."""
        times = Counter(one.digest for one in seen)
        return [
            _Fact(digest, document.id, _where(document))
            for digest, document in seen
            if not is_whole or times[digest] > 1
        ]

    def conclude(self, facts: Sequence[_Fact]) -> Iterator[PlacedHit]:
        """One hit for each document whose text stands in an earlier one."""
        first: dict[_Digest, _Fact] = {}
        for fact in facts:
            other = first.setdefault(fact.digest, fact)
            if other is not fact:
                values = {"found": fact.document, "other": other.document}
                yield PlacedHit(fact.place, fact.document, values, ((other.place, "the same text"),))


def _where(document: Document) -> Where:
    span = document.number.span if document.number else document.title.span if document.title else document.span
    return place_in(document, span)


def _digest(lines: Sequence[str], length: int) -> _Digest:
    """What stands for a text: its length, and sums of so much of its beginning and end that the middle is the same too.

    (hashlib would be loaded for this alone, and takes as long as all the rest of the check.)
    """
    first, last = _enough(lines), _enough(lines[::-1])
    return length, _sum("\n".join(first)[:_ENOUGH]), _sum("\n".join(last[::-1])[-_ENOUGH:])


def _enough(lines: Sequence[str]) -> Sequence[str]:
    """The first lines, as many as have that many letters."""
    length = 0
    for number, line in enumerate(lines, start=1):
        length += len(line)
        if length >= _ENOUGH:
            return lines[:number]
    return lines


def _sum(words: str) -> int:
    return crc32(words.encode("utf-16-le", "surrogatepass"))
