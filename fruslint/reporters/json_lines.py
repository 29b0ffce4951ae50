"""One JSON object a line, a finding each: for programs that read a line at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fruslint.findings import Edit, Finding, Fix, Place
from fruslint.reporters import View
from fruslint.reporters.jsontext import compact
from fruslint.runner import Outcome


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run."""
    for finding in outcome.findings:
        yield compact(finding_object(finding, outcome.names)) + "\n"


def finding_object(finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
    """A finding as JSON has it; ``names`` are the names of the rules by id."""
    return {
        **_place(finding.place),
        "rule": finding.rule,
        "name": names.get(finding.rule, ""),
        "severity": finding.severity.label,
        "message": finding.message,
        "document": finding.document,
        "related": [{**_place(related.place), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix),
        "more": finding.more,
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.start.line,
        "column": place.start.column,
        "end_line": place.end.line,
        "end_column": place.end.column,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    return None if fix is None else {"safe": fix.safe, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    """An edit with its offsets, which count code points from 0, and with its lines and columns where they are known."""
    made: dict[str, Any] = {"start": edit.span.start, "end": edit.span.end, "replacement": edit.replacement}
    if edit.start is not None and edit.end is not None:
        made |= {"line": edit.start.line, "column": edit.start.column}
        made |= {"end_line": edit.end.line, "end_column": edit.end.column}
    return made
