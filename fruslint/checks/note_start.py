"""Compares with which number the notes of the documents of a volume begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.model import Document, Medium
from fruslint.record import Record


class _Start(Record):
    document: str
    number: int
    place: Where


class NoteStartCheck:
    """``starts``: the numbers that notes may begin with; a document in which they begin otherwise is left out, but for one
    of a TEI volume in which they begin one too late.

    A document is reported where a ``share`` of the documents of the volume, of which there are as many as ``documents``,
    begins with another number. ``expected``: the number of the house, whatever most documents of the volume begin with.

    Only documents with a marker on their heading are compared: an editorial note has no source note, and its notes begin
    with 1 where the source notes of the volume are numbered 0.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "starts": {"type": "array", "items": {"type": "integer"}, "minItems": 2},
            "documents": {"type": "integer", "minimum": 2},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "expected": {"type": "integer", "minimum": 0},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "majority", "share"})

    def __init__(self, parameters: Parameters) -> None:
        self._starts = frozenset(parameters.get("starts", (0, 1)))
        self._documents = parameters.get("documents", 4)
        self._share = parameters.get("share", 0.75)
        self._expected: int | None = parameters.get("expected")

    def collect(self, document: Document) -> _Start | None:
        """The number of the marker on the heading of a document."""
        first = document.markers[0].label if document.markers else None
        if first is None or document.title is None or first.span.start >= document.title.span.end:
            return None
        if first.number is None or (first.number not in self._starts and not self._is_shifted(document, first.number)):
            return None
        return _Start(document.id, first.number, place_in(document, first.span))

    def _is_shifted(self, document: Document, number: int) -> bool:
        """Whether the notes of a document of a volume begin one too late, and not because a chapter has the first of them."""
        return document.medium is Medium.TEI and number == max(self._starts) + 1 and not document.chapter_notes

    def conclude(self, facts: Sequence[_Start]) -> Iterator[PlacedHit]:
        """One hit for each document that departs from a clear majority, or from what is expected."""
        counts = Counter(start.number for start in facts)
        majority, most = counts.most_common(1)[0]
        if self._expected is not None:
            majority, most = self._expected, counts[self._expected]
        elif len(facts) < self._documents or most < self._share * len(facts):
            return
        for start in facts:
            if start.number != majority:
                values = {"label": str(start.number), "majority": str(majority), "share": f"{most} of {len(facts)}"}
                yield PlacedHit(start.place, start.document, values)
