"""A JSON list with one object for each finding, each on a line of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from fruslint.findings import Finding, Fix, Place
from fruslint.reporters import View
from fruslint.runner import Outcome, RuleCount

# Half characters come from file names that are not UTF-8, and cannot be written in UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run, or the counts by rule, as a JSON list."""
    if view.statistics:
        return json_list(map(_count, outcome.rules))
    return json_list(_finding(finding, outcome.names.get(finding.rule, "")) for finding in outcome.findings)


def json_list(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A JSON list with one item a line, in parts that can be written as they come."""
    separator = "[\n"
    for item in items:
        yield separator + _SURROGATE.sub(_escape, json.dumps(item, ensure_ascii=False))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _finding(finding: Finding, name: str) -> dict[str, Any]:
    return {
        **_place(finding.place),
        "rule": finding.rule,
        "name": name,
        "severity": finding.severity.label,
        "message": finding.message,
        "document": finding.document,
        "related": [{**_place(related.place), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix),
        "more": finding.more,
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
    if fix is None:
        return None
    edits = [{"start": edit.span.start, "end": edit.span.end, "replacement": edit.replacement} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}


def _count(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule,
        "findings": count.findings,
        "documents": count.documents,
        "files": count.files,
        "seconds": round(count.seconds, 6),
    }
