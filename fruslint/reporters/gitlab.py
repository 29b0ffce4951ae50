"""A code quality report of GitLab: shown in merge requests, where two reports are compared by their fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from fruslint.findings import Finding, Severity
from fruslint.reporters import View
from fruslint.reporters.jsontext import json_list
from fruslint.runner import Outcome

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run as a JSON list."""
    seen: Counter[str] = Counter()
    yield from json_list(_issue(finding, view, seen) for finding in outcome.findings)
    yield "\n"


def _issue(finding: Finding, view: View, seen: Counter[str]) -> dict[str, Any]:
    start, end = finding.place.start, finding.place.end
    path = view.path(finding.place.path)
    return {
        "description": f"{finding.rule}: {finding.message}",
        "check_name": finding.rule,
        "fingerprint": _fingerprint(finding, path, seen),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
        },
    }


def _fingerprint(finding: Finding, path: str, seen: Counter[str]) -> str:
    """Of no two findings the same, wherever they stand: GitLab takes two with one fingerprint for one."""
    key = f"{path}\0{finding.rule}\0{finding.fingerprint or finding.message}"
    seen[key] += 1
    return sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
