"""Reports that a section is missing which this kind of document of this time has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Parameters, PlacedHit, place_in
from fruslint.checks.search.expressions import PATTERNS
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Severity, Where
from fruslint.model import Document, DocumentKind
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.text import BlockKind

_LINES = frozenset({BlockKind.OPENER, BlockKind.PARAGRAPH})
# So many lines at the beginning of a document may excuse it, and so much of each.
_READ = 4
_REACH = 500


class _Wanted(Record):
    """A section that must be there: its label, the kinds that will do, and how certain its absence is an error."""

    label: str
    kinds: frozenset[str]
    severity: Severity | None


class Fact(Record):
    """Which of the required sections a document has, and the place of its title if one may be reported as missing."""

    document: str
    has: tuple[bool, ...]
    place: Where | None = None
    found: str = ""
    named: bool = False


class SectionRequiredCheck:
    """Looks for the ``required`` sections in ``documents`` of these kinds ``from_year`` on that have sections at all.

    Of each required section: its ``label``, the kinds of ``sections`` that will do, and a ``severity`` of its own.
    ``named_in_title``: where the title matches one of these it says who was there, which makes the finding an info.
    ``excused_by``: nothing is reported where the first lines of the document match one of these. A section is required
    only if at least ``share`` of the documents of the volume that have sections have it, one more counted in.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["documents", "required"],
        "additionalProperties": False,
        "properties": {
            "documents": {"type": "array", "items": {"enum": list(DocumentKind)}, "minItems": 1},
            "from_year": {"type": "integer"},
            "required": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["label", "sections"],
                    "additionalProperties": False,
                    "properties": {
                        "label": {"type": "string", "minLength": 1},
                        "sections": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                        "severity": SEVERITY,
                    },
                },
            },
            "named_in_title": PATTERNS,
            "excused_by": PATTERNS,
            "share": {"type": "number", "minimum": 0, "maximum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"expected", "found"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        self._documents = frozenset(map(DocumentKind, parameters["documents"]))
        self._from_year: int = parameters.get("from_year", 0)
        self._required = [_wanted(one) for one in parameters["required"]]
        self._in_title = [late(pattern) for pattern in parameters.get("named_in_title", ())]
        self._share: float = parameters.get("share", 0.5)
        self._excused_by = [late(pattern) for pattern in parameters.get("excused_by", ())]

    def collect(self, document: Document) -> Fact | None:
        """Which of the required sections the document has."""
        title = document.title
        if title is None or not self._is_looked_at(document):
            return None
        kinds = {section.kind for section in document.sections}
        has = tuple(not kinds.isdisjoint(wanted.kinds) for wanted in self._required)
        if not any(has):
            return None
        if all(has) or self._is_excused(document):
            return Fact(document.id, has)
        where = place_in(document, title.text.whole())
        named = any(pattern.search(title.text.content) for pattern in self._in_title)
        return Fact(document.id, has, where, _headings(document), named)

    def conclude(self, facts: Sequence[Fact]) -> Iterator[PlacedHit]:
        """One hit at the title for each section that is missing."""
        for index, wanted in enumerate(self._required):
            having = 1 + sum(fact.has[index] for fact in facts)
            if having < self._share * (1 + len(facts)):
                continue
            for fact in facts:
                if fact.place is not None and not fact.has[index]:
                    values = {"expected": wanted.label, "found": fact.found}
                    severity = Severity.INFO if fact.named else wanted.severity
                    yield PlacedHit(fact.place, fact.document, values, severity=severity)

    def _is_looked_at(self, document: Document) -> bool:
        """Whether the document is of the kind and time, and all of its lists are known by their headings."""
        if document.kind not in self._documents or (document.year or self._from_year) < self._from_year:
            return False
        return all(section.kind and section.heading is not None for section in document.sections)

    def _is_excused(self, document: Document) -> bool:
        lines = [block.text.content[:_REACH] for block in document.blocks if block.kind in _LINES][:_READ]
        return any(pattern.search(line) for pattern in self._excused_by for line in lines)


def _headings(document: Document) -> str:
    """The first headings of a document, to be shown."""
    headings = [section.heading for section in document.sections if section.heading is not None]
    return ", ".join(heading.text.content for heading in headings[:3])


def _wanted(one: dict[str, Any]) -> _Wanted:
    severity = SEVERITIES[one["severity"]] if "severity" in one else None
    return _Wanted(one["label"], frozenset(one["sections"]), severity)
