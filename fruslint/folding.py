"""Keeps one rule from filling the screen: the first places of it in a volume are shown, the rest is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from fruslint.filereport import FileReport
from fruslint.findings import Finding, Severity

MOST_BRIEF = 10
"""How many findings of each rule and severity are in a brief report: enough for what is shown where nobody says otherwise."""
_Key = tuple[str, str, Severity]


def fold(
    findings: Iterable[Finding],
    max_per_rule: int,
    once_rules: Collection[str] = (),
    volume_of: Callable[[Finding], str] = lambda finding: finding.place.path,
) -> list[Finding]:
    """The findings to show, in the order they came.

    Of each rule (and severity, which a rule may vary) the first ``max_per_rule`` stay in each volume; a rule of
    ``once_rules`` stays once in the whole run. The last one that stays counts the rest in its ``more``: it stands where
    the reader stops reading. ``max_per_rule`` 0 shows everything.
    """
    if max_per_rule <= 0:
        return list(findings)
    shown: list[Finding] = []
    places: dict[_Key, list[int]] = {}
    rest: Counter[int] = Counter()
    for finding in findings:
        once = finding.rule in once_rules
        kept = places.setdefault(("" if once else volume_of(finding), finding.rule, finding.severity), [])
        if len(kept) < (1 if once else max_per_rule):
            kept.append(len(shown))
            shown.append(finding)
        else:
            rest[kept[-1]] += 1 + finding.more
    return _counting(shown, rest)


def brief(report: FileReport) -> FileReport:
    """The report with the first findings of each rule and severity; the last of these counts the rest.

    Brief reports of the files of a run are folded into the same as whole ones, for up to `MOST_BRIEF` places of a rule.
    What is left out of a rule stands behind all that is there of it, so that fingerprints are the same too.
    """
    if report.folded or len(report.findings) <= MOST_BRIEF:
        return report
    findings = _leading(report.findings)
    documents: dict[str, dict[str, None]] = {finding.rule: {} for finding in findings if finding.more}
    for finding in report.findings:
        if finding.rule in documents:
            documents[finding.rule][finding.document] = None
    folded = {rule: tuple(found) for rule, found in documents.items()}
    return report._replace(findings=tuple(findings), folded=folded)


def _leading(findings: Sequence[Finding]) -> list[Finding]:
    """Of each rule the findings up to the last that is one of the first of its severity; the rest is counted."""
    numbers: Counter[_Key] = Counter()
    last: dict[str, int] = {}
    for index, finding in enumerate(findings):
        key = "", finding.rule, finding.severity
        numbers[key] += 1
        if numbers[key] <= MOST_BRIEF:
            last[finding.rule] = index
    kept: list[Finding] = []
    places: dict[_Key, int] = {}
    rest: Counter[int] = Counter()
    for index, finding in enumerate(findings):
        key = "", finding.rule, finding.severity
        if index <= last[finding.rule]:
            places[key] = len(kept)
            kept.append(finding)
        else:
            rest[places[key]] += 1
    return _counting(kept, rest)


def _counting(findings: list[Finding], rest: Mapping[int, int]) -> list[Finding]:
    """The findings, some of which count further ones."""
    for index, more in rest.items():
        findings[index] = findings[index]._replace(more=findings[index].more + more)
    return findings
