"""One line for each finding, for people in a hurry, for grep, and for editors that make links of such lines."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.reporters import View
from fruslint.reporters.text import headline
from fruslint.runner import Outcome


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The findings of a run, without anything else; what was folded is counted at the end of the line."""
    for finding in outcome.findings:
        more = f" (and {finding.more:,} more)" if finding.more else ""
        yield headline(finding, view.screen).rstrip("\n") + view.screen.paint(more, "dim") + "\n"
