"""A finding and a run to report, for the tests of reports."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fruslint.findings import Finding, Severity, place
from fruslint.reporters import View, reporter
from fruslint.runner import Outcome
from fruslint.source import Source, Span

LINE = "The Secretary said that the Ambassador would return within a week.3 He then asked about the matter of grain. "
TEXT = "1. Memorandum of Conversation1\n\n" + LINE * 20 + "\n\n  1. Source: Department of State.\n  2. None found.\n"
SOURCE = Source("v/d1.txt", TEXT)
AT = TEXT.index("week.3") + 5
MARKER = Span(AT, AT + 1)


def finding(span: Span = MARKER, **changes: Any) -> Finding:
    made = Finding(
        "NOTE001",
        Severity.ERROR,
        place(SOURCE, span),
        "Marker 3 has no note; the last note is 2.",
        "d1",
    )
    return made._replace(**changes)


def outcome(*findings: Finding, **changes: Any) -> Outcome:
    counts = Counter(each.severity for each in findings)
    made = Outcome(findings, counts, 2082, 2081, 2.14, names={"NOTE001": "marker-without-note"})
    return made._replace(**changes)


def written(run: Outcome, format_: str, **view: Any) -> str:
    """The report of a run in a format."""
    view.setdefault("sources", lambda path: SOURCE if path == SOURCE.path else Source(path, ""))
    return "".join(reporter(format_)(run, View(**view)))
