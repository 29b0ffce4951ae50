"""What every kind of check is: a class that is made from the parameters of a rule and yields hits.

A check knows no rule ids, no severities and no wording. It says *where* (a span), gives the values that the rule's
message may name, and may add related places and edits. The engine turns hits into findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from fruslint.findings import LatePlace, Severity, Where, place
from fruslint.model import Document, Extract, Medium, Volume
from fruslint.record import Record
from fruslint.source import Span

Parameters = Mapping[str, Any]
"""What a rule says under ``check`` besides the kind; it is known to fit the schema of the kind."""
Edits = tuple[tuple[Span, str], ...]
"""Stretches of the file, and what is to stand in their place; an empty stretch is where something is put in."""

NO_VALUES: Mapping[str, str] = {}
SEVERITIES: Mapping[str, Severity] = {severity.label: severity for severity in Severity}
"""The severities by their names in rules."""
SEVERITY: dict[str, Any] = {"enum": list(SEVERITIES)}
"""The schema of a parameter that is the name of a severity."""
TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
"""The schema of a parameter that lists texts: at least one, and none of them empty."""


class RelatedSpan(Record):
    """Another place in the same file, and what is to be seen there."""

    span: Span
    message: str


class Hit(Record):
    """One thing a check found in a file. ``severity`` is given only where it departs from the rule's own.

    ``unsafe`` edits need a judgement or change words, though those of the rule as a whole are safe.
    """

    span: Span
    values: Mapping[str, str] = NO_VALUES
    related: tuple[RelatedSpan, ...] = ()
    edits: Edits = ()
    severity: Severity | None = None
    unsafe: bool = False


class PlacedHit(Record):
    """One thing a check found over several documents: as a Hit, but with places in whatever file they are."""

    place: Where
    document: str
    values: Mapping[str, str] = NO_VALUES
    related: tuple[tuple[Where, str], ...] = ()
    edits: Edits = ()
    severity: Severity | None = None
    unsafe: bool = False


def place_in(document: Document, where: Span | Extract) -> Where:
    """Where something stands that is noted of each document of a volume, and of few is reported.

    In a volume that is one file it is worked out for those. (Else the texts of all files would be kept until then.)
    """
    if document.medium is Medium.TEI:
        return LatePlace(document.source, where)
    return place(document.source, where if isinstance(where, Span) else where.span)


class Check(Protocol):
    """What all kinds have: the JSON Schema of their parameters, and the names a rule's message may use."""

    SCHEMA: ClassVar[dict[str, Any]]
    VALUES: ClassVar[frozenset[str]]


class FileCheck(Check, Protocol):
    """Looks at one file as a whole, readable or not."""

    def __init__(self, parameters: Parameters) -> None: ...

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """Yield what is wrong with the file."""
        ...


class DocumentCheck(Check, Protocol):
    """Looks at one document at a time.

    A check that also has ``needs`` (``search.sieve.Needs``) is called only for documents that have what it needs; those
    where that is None, for all. So is one over a volume, which is asked to note something of each document.
    """

    def __init__(self, parameters: Parameters) -> None: ...

    def check_document(self, document: Document) -> Iterable[Hit]:
        """Yield what is wrong in the document."""
        ...


class VolumeCheck(Check, Protocol):
    """Looks over all documents of a volume: of a TEI file, or of the text files in one folder.

    ``collect`` may run in another process: what it returns is small, and can be pickled. ``conclude`` is given what
    was collected, in the order of the documents, without the Nones.

    A check that also has ``settle(facts, is_whole)`` can return from ``collect`` whatever it likes: when all
    documents of a file are seen, it makes of that the facts to keep, and need not keep what only another file of the
    volume could make it report where these are the facts of the whole volume (``is_whole``).
    """

    def __init__(self, parameters: Parameters) -> None: ...

    def collect(self, document: Document) -> Any | None:
        """What this check needs to know of one document."""
        ...

    def conclude(self, facts: Sequence[Any]) -> Iterable[PlacedHit]:
        """Yield what is wrong in the volume."""
        ...


class RunCheck(Check, Protocol):
    """Looks over all files of a run. ``collect_file`` and ``conclude_run`` are as those of a VolumeCheck, by file."""

    def __init__(self, parameters: Parameters) -> None: ...

    def collect_file(self, volume: Volume) -> Any | None:
        """What this check needs to know of one file."""
        ...

    def conclude_run(self, facts: Sequence[Any]) -> Iterable[PlacedHit]:
        """Yield what is wrong in the files of the run."""
        ...


AnyCheck = FileCheck | DocumentCheck | VolumeCheck | RunCheck


class Parameterless:
    """A check that has nothing to be said to it."""

    SCHEMA: ClassVar[dict[str, Any]] = {"type": "object", "additionalProperties": False, "properties": {}}

    def __init__(self, parameters: Parameters) -> None:
        """Make the check; there is nothing in ``parameters``."""
