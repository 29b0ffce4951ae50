"""The diagnostic format of reviewdog, which comments on pull requests in many places and offers fixes there.

Its columns count bytes of UTF-8, so each needs the line it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from fruslint.findings import Edit, Finding, Place, Severity
from fruslint.reporters import View
from fruslint.reporters.home import HOME, rule_page
from fruslint.reporters.jsontext import streamed
from fruslint.runner import Outcome
from fruslint.source import Position, Source

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}

# A suggestion stands in a comment; what reaches over half a volume does not fit there.
_LONGEST = 10_000

Sources = Callable[[str], Source]


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run."""
    sources = lru_cache(maxsize=2)(view.sources)  # findings come by file
    pages = {rule.id: rule_page(rule) for rule in outcome.ran}
    diagnostics = (_diagnostic(finding, sources, pages) for finding in outcome.findings)
    yield from streamed({"source": {"name": "fruslint", "url": HOME}, "diagnostics": diagnostics})
    yield "\n"


def _diagnostic(finding: Finding, sources: Sources, pages: Mapping[str, str | None]) -> dict[str, Any]:
    page = pages.get(finding.rule)
    made: dict[str, Any] = {
        "message": finding.message,
        "location": _location(finding.place, sources),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": page} if page else {"value": finding.rule},
    }
    if finding.related:
        made["related_locations"] = [
            {"message": message, "location": _location(place, sources)} for place, message in finding.related
        ]
    suggestion = _suggestion(finding, sources(finding.place.path))
    return {**made, "suggestions": [suggestion]} if suggestion else made


def _location(place: Place, sources: Sources) -> dict[str, Any]:
    return {"path": place.path, "range": _range(place.start, place.end, sources(place.path))}


def _range(start: Position, end: Position, source: Source) -> dict[str, Any]:
    return {"start": _position(start, source), "end": _position(end, source)}


def _position(position: Position, source: Source) -> dict[str, int]:
    if position.line > len(source.line_starts):  # the file was changed in the meantime
        return {"line": position.line, "column": position.column}
    start = source.line_starts[position.line - 1]
    before = source.text[start : start + position.column - 1]
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _suggestion(finding: Finding, source: Source) -> dict[str, Any] | None:
    """The fix as one replacement from its first edit to its last: of several suggestions each is taken for a whole fix."""
    if finding.fix is None or not finding.fix.is_local:
        return None
    edits = sorted(finding.fix.edits, key=lambda edit: edit.span)
    start, end = edits[0].span.start, edits[-1].span.end
    overlap = any(before.span.end > edit.span.start for before, edit in pairwise(edits))
    if overlap or end > len(source.text) or end - start > _LONGEST:
        return None
    where = _range(source.position(start), source.position(end), source)
    return {"range": where, "text": _replaced(source.text, edits)}


def _replaced(text: str, edits: list[Edit]) -> str:
    parts = [edits[0].replacement]
    for before, edit in pairwise(edits):
        parts += text[before.span.end : edit.span.start], edit.replacement
    return "".join(parts)
