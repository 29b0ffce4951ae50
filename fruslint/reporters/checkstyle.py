"""The XML of Checkstyle, which many build servers and editors read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fruslint.findings import Finding
from fruslint.reporters import View
from fruslint.reporters.xmltext import DECLARATION, start_tag
from fruslint.runner import Outcome


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run, by file."""
    yield DECLARATION + '<checkstyle version="10.0">\n'
    for path, findings in groupby(outcome.findings, key=lambda finding: finding.place.path):
        yield f"  {start_tag('file', {'name': path})}>\n"
        for finding in findings:
            yield f"    {start_tag('error', _attributes(finding))}/>\n"
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _attributes(finding: Finding) -> dict[str, object]:
    return {
        "line": finding.place.start.line,
        "column": finding.place.start.column,
        "severity": finding.severity.label,
        "message": finding.message,
        "source": f"fruslint.{finding.rule}",
    }
