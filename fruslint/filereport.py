"""What the rules found in one file, or in a part of it: what travels between the processes of a run, and is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from fruslint.documents import sketches
from fruslint.findings import Finding, order
from fruslint.model import Document, Medium
from fruslint.record import Record

if TYPE_CHECKING:  # most runs need none of them
    from fruslint.outline import Outline
    from fruslint.silencing.instruction_text import Instruction

Seconds = dict[str, float]

# About how much of the work on a volume is what looks at the file as a whole.
_WHOLE_FILE = 0.2

NO_FACTS: Mapping[str, tuple[Any, ...]] = {}
NO_FOLDS: Mapping[str, tuple[str, ...]] = {}
NO_SECONDS: Mapping[str, float] = {}


class FileReport(Record):
    """What the rules found in one file.

    ``group`` is the volume it belongs to: its folder for a text, the file itself for TEI. ``documents`` counts them.
    ``facts`` are what rules over a whole volume or run noted, by rule id (behind a number where an engine has several
    settings of a rule); ``seconds`` by rule id where time was taken.
    ``outline`` is made only where a report asks for it; ``judged`` is what an engine for several settings needs to go on.
    ``instructions`` say what is not to be reported. Where only the first findings of a rule are there, and these count the
    rest (`folding.brief`), ``folded`` has the ids of all documents in which that rule found something.
    """

    path: str
    group: str
    medium: Medium | None
    documents: int
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, tuple[Any, ...]] = NO_FACTS
    seconds: Mapping[str, float] = NO_SECONDS
    outline: Outline | None = None
    judged: Any = None
    instructions: tuple[Instruction, ...] = ()
    folded: Mapping[str, tuple[str, ...]] = NO_FOLDS


class Part(Record):
    """A part of the work on a file, counted from 0, of so many; the first has what is about the file as a whole."""

    number: int
    total: int

    def of(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Those of ``documents`` that belong to it: each part has about as much to do as the others."""
        if self.total == 1:
            return documents
        spans = [one.span for one in sketches(documents)]
        begins = list(accumulate((end - start for start, end in spans), initial=0))
        first = bisect_left(begins, begins[-1] * self._share_before(self.number))
        last = bisect_left(begins, begins[-1] * self._share_before(self.number + 1))
        return documents[first:last] if self.number + 1 < self.total else documents[first:]

    def _share_before(self, number: int) -> float:
        """How much of the text belongs to the parts before the one of that ``number``; the first has little or none."""
        if number == 0:
            return 0.0
        first = max(0.0, (1 / self.total - _WHOLE_FILE) / (1 - _WHOLE_FILE))
        return first + (1 - first) * (number - 1) / (self.total - 1)


WHOLE = Part(0, 1)


def join_parts(parts: Sequence[FileReport]) -> FileReport:
    """The report on a file from those on its parts, in their order; the first that says that it could not be read counts."""
    first = parts[0]
    if len(parts) == 1:
        return first
    unread = next((part for part in parts if part.medium is None), None)
    if unread is not None:
        return unread
    facts: dict[str, tuple[Any, ...]] = {}
    seconds: Seconds = {}
    for part in parts:
        for rule, found in part.facts.items():
            facts[rule] = facts.get(rule, ()) + found
        for rule, took in part.seconds.items():
            seconds[rule] = seconds.get(rule, 0.0) + took
    return first._replace(
        documents=sum(part.documents for part in parts),
        findings=tuple(sorted((finding for part in parts for finding in part.findings), key=order)),
        facts=facts,
        seconds=seconds,
    )
