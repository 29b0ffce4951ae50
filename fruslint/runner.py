"""Files -> what a run found in them: has them checked, looks over each volume, folds and sorts.

Only reports are kept, never documents: the memory of a run grows with its findings and not with its files.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import Task, source_reader
from fruslint.findings import INTERNAL, OWN_NAMES, Finding, Severity, Silenced, order
from fruslint.folding import MOST_BRIEF, fold
from fruslint.record import Record
from fruslint.source import Source

if TYPE_CHECKING:  # most runs need none of them
    from fruslint.outline import Outline
    from fruslint.processes.work import Means
    from fruslint.rules import Rule
    from fruslint.silencing.silences import Silences

NO_COUNTS: Mapping[Severity, int] = {}
NO_NAMES: Mapping[str, str] = {}
NO_OUTLINES: Mapping[str, Outline] = {}


class RuleCount(Record):
    """What one rule found in a run: how often, in how many documents, files and volumes, and the seconds it took."""

    rule: str
    findings: int
    documents: int
    files: int
    seconds: float = 0.0
    volumes: int = 0


class Outcome(Record):
    """What a run found. ``findings`` are folded and in order; ``counts`` and ``rules`` count all of them.

    ``names`` are the names of the rules by id; ``rules`` holds those that found something, or took time. ``every`` are
    the findings before they were folded, where the run was asked for them, ``ran`` are all rules that were used,
    ``volumes`` is the group of each file by its path, ``outlines`` what the files hold, where a report asked for it, and
    ``unread`` the files that could not be checked. ``silenced`` are findings that someone decided not to have reported;
    nothing else counts them.
    """

    findings: tuple[Finding, ...] = ()
    counts: Mapping[Severity, int] = NO_COUNTS
    files: int = 0
    documents: int = 0
    seconds: float = 0.0
    rules: tuple[RuleCount, ...] = ()
    names: Mapping[str, str] = NO_NAMES
    every: tuple[Finding, ...] = ()
    ran: tuple[Rule, ...] = ()
    volumes: Mapping[str, str] = NO_NAMES
    outlines: Mapping[str, Outline] = NO_OUTLINES
    unread: tuple[str, ...] = ()
    silenced: tuple[Silenced, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether a rule or the reader failed on a file, so that the check is not complete."""
        return any(count.rule == INTERNAL for count in self.rules)


class Concluder(Protocol):
    """Looks over what the rules noted of many files: an engine, or something that asks one as seldom as it can."""

    def conclude(self, reports: Sequence[FileReport]) -> list[Finding]:
        """What the rules find over all files of one volume."""
        ...

    def conclude_run(self, reports: Sequence[FileReport]) -> list[Finding]:
        """What the rules find over all files of a run."""
        ...


def run(
    engine: Engine,
    tasks: Iterable[Task],
    max_per_rule: int = 0,
    *,
    fingerprints: bool = False,
    silences: Silences | None = None,
    means: Means | None = None,
    beforehand: Sequence[Finding] = (),
    every: bool = True,
) -> Outcome:
    """Check files, each volume as a whole too, and sum up; the order of ``tasks`` makes no difference.

    ``fingerprints`` gives each finding its own, for reports that are compared with later ones. Without ``silences`` all
    is reported, whatever was decided on. ``means`` are the processes and the cache that help with the work; what is found
    is the same with any. ``beforehand`` are findings about other files than these, such as a configuration. Without
    ``every`` only the folded findings are given, and where it does no harm no others are kept of a file, or loaded of one
    that a cache knows.
    """
    from fruslint.processes.work import ALONE, Work

    began = time.perf_counter()
    tasks = tuple(tasks)
    briefly = not every and 0 < max_per_rule <= MOST_BRIEF and (silences is None or silences.leaves_all)
    work = Work(engine, tasks, means or ALONE, briefly)
    reports = work.reports()
    known = fingerprints or (silences is not None and silences.needs_fingerprints)
    sources = source_reader(tasks) if known else None
    if sources is not None:
        reports = work.marked(reports, sources)
    outcome = sum_up(engine, reports, max_per_rule, began, sources, work, silences, beforehand)
    return outcome if every else outcome._replace(every=())


def sum_up(
    engine: Engine,
    reports: Sequence[FileReport],
    max_per_rule: int,
    began: float,
    sources: Callable[[str], Source] | None = None,
    concluder: Concluder | None = None,
    silences: Silences | None = None,
    beforehand: Sequence[Finding] = (),
) -> Outcome:
    """What a run found whose files gave ``reports``, each volume looked at as a whole too; it ``began`` at that time.

    ``sources`` gives the source of a path; with it each finding gets its fingerprint, which ledgers among the
    ``silences`` need. The ``concluder`` looks over volumes and the run, by default the engine. What was found
    ``beforehand`` is reported with the rest.
    """
    findings = _known(sorted([*all_findings(concluder or engine, reports), *beforehand], key=order), sources)
    findings, silenced = _sifted(engine, findings, reports, silences)
    volumes = {report.path: report.group for report in reports}
    counted = [report for report in reports if silences is None or silences.reports_on(report.path)]
    return Outcome(
        findings=tuple(_shown(engine, findings, volumes, max_per_rule)),
        counts=_by_severity(findings),
        files=len(counted),
        documents=sum(report.documents for report in counted),
        seconds=time.perf_counter() - began,
        rules=_count(findings, reports),
        names={**OWN_NAMES, **{rule.id: rule.name for rule in engine.rules}},
        every=tuple(findings),
        ran=engine.rules,
        volumes=volumes,
        outlines={report.path: report.outline for report in reports if report.outline},
        unread=tuple(sorted(report.path for report in reports if report.medium is None)),
        silenced=silenced,
    )


def _by_severity(findings: Iterable[Finding]) -> Counter[Severity]:
    counts: Counter[Severity] = Counter()
    for finding in findings:
        counts[finding.severity] += 1 + finding.more
    return counts


def _known(findings: list[Finding], sources: Callable[[str], Source] | None) -> list[Finding]:
    """The findings, with their fingerprints where the sources are given that these are made from."""
    if sources is None:
        return findings
    from fruslint.fingerprints import fingerprinted

    return fingerprinted(findings, sources)


def _shown(
    engine: Engine, findings: Sequence[Finding], volumes: Mapping[str, str], max_per_rule: int
) -> Iterable[Finding]:
    """The findings folded: of each rule so many in a volume, of some rules one in the whole run."""
    once = frozenset(rule.id for rule in engine.rules if rule.once)
    return fold(findings, max_per_rule, once, lambda finding: volumes.get(finding.place.path, finding.place.path))


def _is_sifted(reports: Iterable[FileReport], silences: Silences | None) -> bool:
    """Whether there are decisions by which each finding has to be looked at."""
    if silences is None or not silences.heeded:
        return False
    return bool(silences.ledgers) or any(report.instructions for report in reports)


def _sifted(
    engine: Engine, findings: list[Finding], reports: Sequence[FileReport], silences: Silences | None
) -> tuple[list[Finding], tuple[Silenced, ...]]:
    """The findings to report, in order, and those that someone decided on; most runs have no decisions."""
    if silences is None:
        return findings, ()
    silenced: tuple[Silenced, ...] = ()
    if _is_sifted(reports, silences):
        from fruslint.silencing.sifting import sift

        sifted = sift(findings, reports, silences, engine)
        findings, silenced = sorted(sifted.findings, key=order), tuple(sifted.silenced)
    return silences.news(findings), tuple(one for one in silenced if silences.reports_on(one.finding.place.path))


def all_findings(concluder: Concluder, reports: Sequence[FileReport]) -> list[Finding]:
    """What was found in each file, over each volume, and over the run; in no order."""
    volumes: dict[str, list[FileReport]] = {}
    findings: list[Finding] = []
    for report in reports:
        volumes.setdefault(report.group, []).append(report)
        findings.extend(report.findings)
    for group in volumes.values():
        findings.extend(concluder.conclude(group))
    findings.extend(concluder.conclude_run(reports))
    return findings


def _count(findings: Iterable[Finding], reports: Sequence[FileReport]) -> tuple[RuleCount, ...]:
    """The counts by rule, sorted by rule."""
    seconds: Counter[str] = Counter()
    for report in reports:
        seconds.update(report.seconds)
    numbers: Counter[str] = Counter()
    places: dict[str, set[tuple[str, str]]] = {rule: set() for rule in seconds}
    for finding in findings:
        numbers[finding.rule] += 1 + finding.more
        places.setdefault(finding.rule, set()).add((finding.place.path, finding.document))
    for report in reports:
        for rule, documents in report.folded.items():
            places[rule].update((report.path, document) for document in documents)
    by_path = {report.path: report for report in reports}
    return tuple(_rule_count(rule, numbers[rule], places[rule], by_path, seconds[rule]) for rule in sorted(places))


def _rule_count(
    rule: str, number: int, places: Collection[tuple[str, str]], reports: Mapping[str, FileReport], seconds: float
) -> RuleCount:
    files = {path for path, _ in places}
    documents = sum(path in reports and reports[path].documents > 0 for path, _ in places)
    volumes = {reports[path].group if path in reports else path for path in files}
    return RuleCount(rule, number, documents, len(files), seconds, len(volumes))
