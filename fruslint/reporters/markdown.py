"""A summary in Markdown, for the page that a server shows for a job: how much, and which rules how often."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.findings import Severity
from fruslint.messages import counted
from fruslint.reporters import View
from fruslint.runner import Outcome, RuleCount
from fruslint.terminal import visible


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The counts of a run and a table by rule, the worst and most frequent first."""
    found = ", ".join(counted(outcome.counts[one], one.label) for one in sorted(outcome.counts, reverse=True))
    checked = f"{counted(outcome.documents, 'document')} in {counted(outcome.files, 'file')}"
    yield f"## fruslint\n\nChecked {checked}: {found or 'nothing to report'}.\n"
    worst = {finding.rule: finding.severity for finding in sorted(outcome.every, key=lambda one: one.severity)}
    rules = sorted(
        (count for count in outcome.rules if count.findings),
        key=lambda count: (-worst[count.rule], -count.findings, count.rule),
    )
    if rules:
        yield "\n| rule | severity | findings | documents |\n|---|---|--:|--:|\n"
        yield from (_row(count, worst[count.rule], outcome.names.get(count.rule, "")) for count in rules)


def _row(count: RuleCount, severity: Severity, name: str) -> str:
    rule = f"{visible(count.rule)} {visible(name)}".rstrip().replace("|", "\\|").replace("<", "&lt;")
    return f"| {rule} | {severity.label} | {count.findings:,} | {count.documents:,} |\n"
