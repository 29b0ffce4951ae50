"""What a run reports: one type for everything, from a stray comma to a file that could not be read."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from fruslint.record import Record, record_of
from fruslint.source import Excerpt, Position, Source, Span

if TYPE_CHECKING:
    from fruslint.model import Extract

INTERNAL = "LINT001"
"""The rule of findings that report a failure of a rule, not a fault of the document."""
UNCHECKED = "LINT002"
"""The rule of findings that say that a rule could not be checked on a file, for a reason that lies in the file."""
REFUSED = "LINT008"
"""The rule of findings that report a fix which was not made, because it would break a promise."""
UNWRITTEN = "LINT009"
"""The rule of findings that report a file which could not be written after it was fixed."""
OWN_NAMES = {
    INTERNAL: "internal-error",
    UNCHECKED: "not-checked",
    REFUSED: "fix-refused",
    UNWRITTEN: "file-not-written",
}
"""The names of the rules that are no rules of an edition: what fruslint has to say of itself."""


class Severity(IntEnum):
    """How certain a finding is: an error is wrong from the file alone, a warning needs a person, an info is a habit."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @cached_property
    def label(self) -> str:
        """The name as it is written in rules, options and reports."""
        return self.name.lower()


class Place(Record):
    """Where something stands: in which file, from where to where, and the line around it.

    ``span`` counts from 0, ``start`` and ``end`` from 1; the end is exclusive.
    """

    path: str
    span: Span
    start: Position
    end: Position
    excerpt: Excerpt

    def at_once(self) -> Place:
        """The same; a LatePlace is worked out."""
        return self

    def __reduce__(self) -> tuple[type[_Flat], tuple[str | int, ...]]:
        path, span, start, end, (text, column) = self
        return _Flat, (path, *span, *start, *end, text, column)


class _Flat(Place):
    """Makes a place of what it is pickled as: thousands travel between processes, and five records each take twice the time."""

    def __new__(
        cls, path: str, first: int, last: int, line: int, column: int, end: int, end_column: int, text: str, at: int
    ) -> Any:
        """The place; ``at`` is the column at which the ``text`` around it begins."""
        begin, behind = record_of(Position, (line, column)), record_of(Position, (end, end_column))
        return record_of(Place, (path, record_of(Span, (first, last)), begin, behind, record_of(Excerpt, (text, at))))


def place(source: Source, span: Span) -> Place:
    """The place of a span of ``source``."""
    start, end = source.positions(span)
    return record_of(Place, (source.path, span, start, end, source.excerpt(span[0], start[1])))


class LatePlace:
    """The place of a span, or of something that has one, worked out when it is asked for; what is pickled is the place."""

    __slots__ = ("_source", "_where")

    def __init__(self, source: Source, where: Span | Extract) -> None:
        self._source = source
        self._where = where

    @property
    def span(self) -> Span:
        """Where it is."""
        return self._where if isinstance(self._where, Span) else self._where.span

    def __reduce__(self) -> tuple[type[_Flat], tuple[str | int, ...]]:
        return self.at_once().__reduce__()

    def at_once(self) -> Place:
        """The place."""
        return place(self._source, self.span)


Where = Place | LatePlace


def beside(near: Place, span: Span) -> tuple[Position | None, Position | None]:
    """Where a span begins and ends that stands in the line of ``near``; None for what its excerpt does not reach."""
    first, last = near.excerpt.column, near.excerpt.column + len(near.excerpt.text)
    columns = [near.start.column + offset - near.span.start for offset in span]
    begin, end = (Position(near.start.line, column) if first <= column <= last else None for column in columns)
    return begin, end


class Related(Record):
    """Another place that helps to understand a finding, and what is to be seen there."""

    place: Place
    message: str


class Edit(Record):
    """One replacement in the file of the finding; ``start`` and ``end`` are the places of its span, where known.

    With the span BYTE_ORDER_MARK it takes that mark away, with LINE_ENDS it makes each line end an LF.
    """

    span: Span
    replacement: str
    start: Position | None = None
    end: Position | None = None


class Fix(Record):
    """Edits that belong together; a safe fix leaves the words of the document as they are."""

    edits: tuple[Edit, ...]
    safe: bool

    @property
    def is_local(self) -> bool:
        """Whether each edit has a place in the text: it is not about the byte order mark or all line ends."""
        return all(edit.span.start >= 0 for edit in self.edits)


class Finding(Record):
    """One thing that is wrong. ``document`` is the id of the document it stands in, or empty for the file as a whole.

    ``more`` counts further places of the same rule that were folded into this finding. ``fingerprint`` is what the
    finding is known by after its file was changed (`fruslint.fingerprints`); it may be empty in a run that needs none.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    document: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    more: int = 0
    fingerprint: str = ""


class Silence(Record):
    """Why a finding is not reported, who decided so, and when (as in 2026-05-03, or empty).

    ``kind`` is ``inSource`` for an instruction in the file itself, ``external`` for a ledger or baseline beside it.
    """

    kind: Literal["inSource", "external"]
    reason: str
    author: str = ""
    date: str = ""


class Silenced(Record):
    """A finding that is not reported, and why."""

    finding: Finding
    silence: Silence


def order(finding: Finding) -> tuple[str, Span, str, str]:
    """Sorts findings by path, place, rule and message: the same input always reports in the same order."""
    return finding.place.path, finding.place.span, finding.rule, finding.message
