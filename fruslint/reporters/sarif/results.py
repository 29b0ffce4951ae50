"""Findings as results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from fruslint.findings import Finding, Fix, Related, Silence
from fruslint.record import Record
from fruslint.reporters.sarif.locations import Locator
from fruslint.reporters.sarif.messages import escaped, link
from fruslint.reporters.sarif.rules import LEVELS, Rulebook
from fruslint.runner import Outcome

# GitHub refuses a run with more results, and keeps the first of the locations only.
MOST_RESULTS = 25_000
# Nobody looks at so many places of one rule.
_MANY = 1_000
_MOST_RELATED = 100
# A fix for every line of a volume is made by a command, and not by looking at each of its edits.
_MOST_EDITS = 1_000


class Judged(Record):
    """A finding, and why it is silenced if it is."""

    finding: Finding
    silence: Silence | None = None


def left_out(outcome: Outcome) -> int:
    """How many results code scanning would not take in."""
    return max(0, len(outcome.findings) + len(outcome.silenced) - MOST_RESULTS)


def most_severe(outcome: Outcome) -> list[Judged]:
    """The results that code scanning takes in, in the order of the files.

    The most severe come first, and of those as severe the first places of each rule; but one that fires everywhere does not
    push the others out: behind so many places it comes last.
    """
    every = [*map(Judged, outcome.findings), *(Judged(finding, silence) for finding, silence in outcome.silenced)]
    if len(every) > MOST_RESULTS:
        nth: Counter[str] = Counter()
        ranked: list[tuple[bool, bool, int, int, int]] = []
        for judged in every:
            nth[judged.finding.rule] += 1
            number, severity = nth[judged.finding.rule], judged.finding.severity
            ranked.append((judged.silence is not None, number > _MANY, -severity, number, len(ranked)))
        every = [every[place] for *_, place in sorted(ranked)[:MOST_RESULTS]]
    return sorted(every, key=_order)


def _order(judged: Judged) -> tuple[Any, ...]:
    finding = judged.finding
    return finding.place.path, finding.place.span, finding.rule, finding.message, judged.silence or ()


def result(judged: Judged, rules: Rulebook, locator: Locator) -> dict[str, Any]:
    """One result; what a finding does not have is left out."""
    finding, silence = judged
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": _text(finding), **rules.reference(finding)},
        "locations": [_location(finding, locator)],
    }
    if finding.related:
        made["relatedLocations"] = [
            _related(number, related, locator) for number, related in _numbered(finding.related)
        ]
    if finding.fingerprint:
        made["partialFingerprints"] = {"fruslint/v1": finding.fingerprint}
    if finding.fix is not None and finding.fix.is_local and len(finding.fix.edits) <= _MOST_EDITS:
        made["fixes"] = [_fix(finding.fix, finding.place.path, locator)]
    if silence is not None:
        made["suppressions"] = [_suppression(silence)]
    return {**made, **_properties(finding)}


def _text(finding: Finding) -> str:
    """The message, its related places as links, and what was folded into it, in sentences."""
    sentences = [escaped(finding.message)]
    if finding.related:
        links = (link(related.message, number) for number, related in _numbered(finding.related))
        sentences.append(f"See {', '.join(links)}.")
    if finding.more:
        sentences.append(f"There are {finding.more:,} more of this kind.")
    return " ".join(sentences)


def _numbered(related: Sequence[Related]) -> list[tuple[int, Related]]:
    return list(enumerate(related[:_MOST_RELATED], start=1))


def _location(finding: Finding, locator: Locator) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": locator.physical(finding.place)}
    if finding.document:
        location["logicalLocations"] = [{"name": finding.document, "kind": "element"}]
    return location


def _related(number: int, related: Related, locator: Locator) -> dict[str, Any]:
    message = {"text": escaped(related.message)}
    return {"id": number, "message": message, "physicalLocation": locator.physical(related.place)}


def _fix(fix: Fix, path: str, locator: Locator) -> dict[str, Any]:
    words = "Changes apparatus, markup or white space only." if fix.safe else "Changes words: look at it first."
    replacements = [
        {"deletedRegion": locator.deleted(edit, path), "insertedContent": {"text": edit.replacement}}
        for edit in sorted(fix.edits, key=lambda edit: edit.span)
    ]
    change = {"artifactLocation": locator.artifact(path), "replacements": replacements}
    return {"description": {"text": words}, "artifactChanges": [change]}


def _suppression(silence: Silence) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": silence.kind, "status": "accepted", "justification": silence.reason}
    facts = {key: value for key, value in (("author", silence.author), ("date", silence.date)) if value}
    return {**made, "properties": facts} if facts else made


def _properties(finding: Finding) -> dict[str, Any]:
    return {"properties": {"more": finding.more}} if finding.more else {}
