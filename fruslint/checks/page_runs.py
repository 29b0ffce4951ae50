"""Follows the page numbers from one document of a volume to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Where
from fruslint.model import Document
from fruslint.record import Record


class _Run(Record):
    document: str
    number: int
    first: int
    last: int
    first_place: Where
    last_place: Where


class PageRunsCheck:
    """The first page of a document follows the last one of the document before it.

    ``step``: how many pages a document may be ahead of the end of its neighbour (the page on which it begins bears no
    marker). A volume whose documents each count their pages from 1 is passed over. Where the pages go on behind a document
    as if its own were right, only that document is reported.
    Values: ``label`` and ``document`` are the page and the document it is about, ``before`` and ``previous`` those before it.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"step": {"type": "integer", "minimum": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"label", "document", "before", "previous", "expected"})
    needs = Needs(part="page_breaks")

    def __init__(self, parameters: Parameters) -> None:
        self._step: int = parameters.get("step", 2)

    def collect(self, document: Document) -> _Run | None:
        """The number of a document and its first and last page, unless a page in between is wrong already."""
        pages = document.page_numbers
        number = document.number.number if document.number is not None and pages else None
        if number is None or not all(page == before + 1 for (before, _), (page, _) in pairwise(pages)):
            return None
        (first, begin), (last, end) = pages[0], pages[-1]
        return _Run(document.id, number, first, last, place_in(document, begin.span), place_in(document, end.span))

    def conclude(self, facts: Sequence[_Run]) -> Iterator[PlacedHit]:
        """One hit at the first page of each document that does not follow."""
        runs = sorted(facts, key=lambda run: run.number)
        if not runs or sum(run.first <= 2 for run in runs) * 2 > len(runs) > 1:
            return
        before = runs[0]
        for run, behind in zip_longest(runs[1:], runs[2:]):
            expected = self._expected(before, run)
            if expected:
                yield _hit(before, run, expected)
            goes_on = expected and behind is not None and self._goes_on(before, run, behind)
            before = run._replace(last=behind.first - 1) if goes_on else run

    def _goes_on(self, before: _Run, run: _Run, behind: _Run) -> bool:
        """Whether the pages go on behind a document as if its own were right."""
        if not before.number + 2 == run.number + 1 == behind.number:
            return False
        pages = run.last - run.first
        return 2 <= behind.first - before.last - pages <= 2 * self._step

    def _expected(self, before: _Run, run: _Run) -> str:
        """What page should have come; nothing if it is right."""
        ahead = run.first - before.last
        if run.number == before.number + 1 and not 1 <= ahead <= self._step:
            return f"{before.last + 1} or {before.last + self._step}" if self._step > 1 else str(before.last + 1)
        if run.number > before.number + 1 and ahead < 1:
            return f"a page behind {before.last}"
        return ""


def _hit(before: _Run, run: _Run, expected: str) -> PlacedHit:
    values = {
        "label": str(run.first),
        "document": str(run.number),
        "before": str(before.last),
        "previous": str(before.number),
        "expected": expected,
    }
    return PlacedHit(run.first_place, run.document, values, ((before.last_place, f"the last page of {before.number}"),))
