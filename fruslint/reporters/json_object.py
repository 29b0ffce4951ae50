"""One JSON object: the findings, one a line, what was silenced, the counts by rule, and a summary.

Its form is `schemas/report.schema.json`. ``version`` grows when a program that reads it would have to be changed; keys
may be added without that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fruslint import __version__
from fruslint.findings import Severity, Silenced
from fruslint.reporters import View
from fruslint.reporters.json_lines import finding_object
from fruslint.reporters.jsontext import streamed
from fruslint.runner import Outcome, RuleCount

VERSION = 1


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The whole run as one object; the seconds that rules took only with the statistics, as they are never the same."""
    yield from streamed(
        {
            "version": VERSION,
            "fruslint": __version__,
            "findings": (finding_object(finding, outcome.names) for finding in outcome.findings),
            "silenced": (_silenced(silenced, outcome) for silenced in outcome.silenced),
            "rules": (_count(count, outcome.names.get(count.rule, ""), view) for count in _counts(outcome, view)),
            "unread": iter(outcome.unread),
            "summary": _summary(outcome),
        }
    )
    yield "\n"


def _silenced(silenced: Silenced, outcome: Outcome) -> dict[str, Any]:
    return {**finding_object(silenced.finding, outcome.names), "silence": silenced.silence._asdict()}


def _counts(outcome: Outcome, view: View) -> list[RuleCount]:
    return [count for count in outcome.rules if count.findings or view.statistics]


def _count(count: RuleCount, name: str, view: View) -> dict[str, Any]:
    counted = {
        "rule": count.rule,
        "name": name,
        "findings": count.findings,
        "documents": count.documents,
        "files": count.files,
        "volumes": count.volumes,
    }
    return {**counted, "seconds": round(count.seconds, 6)} if view.statistics else counted


def _summary(outcome: Outcome) -> dict[str, int]:
    severities = {severity.label: outcome.counts.get(severity, 0) for severity in sorted(Severity, reverse=True)}
    return {"files": outcome.files, "documents": outcome.documents, **severities}
