"""JUnit XML: each file is a suite of tests. Errors and warnings are failures, an info is said in a test that passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from fruslint.findings import Finding, Severity
from fruslint.reporters import View
from fruslint.reporters.text import block
from fruslint.reporters.xmltext import DECLARATION, escaped, start_tag
from fruslint.runner import Outcome
from fruslint.terminal import Screen

_SCREEN = Screen(width=120)


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The files of a run; one without findings is a suite with one test that passed."""
    found = {path: list(group) for path, group in groupby(outcome.findings, key=lambda finding: finding.place.path)}
    suites = {path: found.get(path, []) for path in sorted({*outcome.volumes, *found})}
    totals = {
        "name": "fruslint",
        "tests": sum(max(len(findings), 1) for findings in suites.values()),
        "failures": sum(map(_failures, suites.values())),
        "errors": 0,
    }
    yield f"{DECLARATION}{start_tag('testsuites', totals)}>\n"
    for path, findings in suites.items():
        yield from _suite(path, findings)
    yield "</testsuites>\n"


def _failures(findings: Sequence[Finding]) -> int:
    return sum(finding.severity > Severity.INFO for finding in findings)


def _suite(path: str, findings: Sequence[Finding]) -> Iterator[str]:
    counts = {"name": path, "tests": max(len(findings), 1), "failures": _failures(findings), "errors": 0, "skipped": 0}
    yield f"  {start_tag('testsuite', counts)}>\n"
    if not findings:
        yield f"    {start_tag('testcase', {'name': 'nothing to report', 'classname': path})}/>\n"
    yield from (_case(path, finding) for finding in findings)
    yield "  </testsuite>\n"


def _case(path: str, finding: Finding) -> str:
    start = finding.place.start
    name = f"{finding.rule} {start.line}:{start.column}"
    shown = escaped(block(finding, _SCREEN))
    if finding.severity > Severity.INFO:
        told = start_tag("failure", {"type": finding.severity.label, "message": finding.message})
        inner = f"{told}>{shown}</failure>"
    else:
        inner = f"<system-out>{shown}</system-out>"
    return f"    {start_tag('testcase', {'name': name, 'classname': path})}>{inner}</testcase>\n"
