"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line.

The runner cuts a command at line ends and, before its ``::``, at commas and colons, so all of these are escaped the way
it takes them back. Other control characters are shown by name: the log is read in terminals too.
"""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.findings import Finding, Severity
from fruslint.patterns import late
from fruslint.reporters import View
from fruslint.runner import Outcome
from fruslint.terminal import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LINE_ENDS = late(r"([\r\n])")


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run, the worst first: GitHub shows the first few of a step only."""
    for finding in sorted(outcome.findings, key=lambda finding: -finding.severity):
        yield _command(finding, view, outcome.names.get(finding.rule, ""))


def _command(finding: Finding, view: View, name: str) -> str:
    start, end = finding.place.start, finding.place.end
    properties = {"file": view.path(finding.place.path), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # columns of two lines are refused
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = f"{finding.rule} {name}".rstrip()
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(_message(finding, view))}\n"


def _message(finding: Finding, view: View) -> str:
    lines = [finding.message]
    for related in finding.related:
        where = related.place
        lines.append(f"{view.path(where.path)}:{where.start.line}:{where.start.column}: {related.message}")
    if finding.more:
        lines.append(f"There are {finding.more:,} more of this kind.")
    return "\n".join(lines)


def _data(text: str) -> str:
    """What stands behind the ``::``."""
    parts = (part if part in ("\r", "\n") else visible(part) for part in _LINE_ENDS.split(text))
    return "".join(parts).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
