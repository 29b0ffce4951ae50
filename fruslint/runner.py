"""Files -> what a run found in them: reads, checks, looks over each volume, folds and sorts.

Only reports are kept, never documents: the memory of a run grows with its findings and not with its files. The work on
one file is the function `check_file`, which can be pickled and depends on nothing but its arguments.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from fruslint.discovery import Found, describe, unreadable_kind
from fruslint.engine import INTERNAL, OWN_NAMES, WHOLE, Engine, FileReport, Part
from fruslint.findings import Finding, Severity, Silenced, order, place
from fruslint.folding import fold
from fruslint.model import PUBLISHED, Anomaly, Dialect, Volume
from fruslint.readers import read_bytes
from fruslint.source import Source, Span, UndecodableError, decode

if TYPE_CHECKING:  # most runs need none of them
    from fruslint.outline import Outline
    from fruslint.rules import Rule
    from fruslint.silences import Silences
    from fruslint.work import Means

MEBIBYTE = 1024 * 1024
DEFAULT_LIMIT = 64 * MEBIBYTE

_LONGEST = 200

NO_COUNTS: Mapping[Severity, int] = {}
NO_NAMES: Mapping[str, str] = {}
NO_OUTLINES: Mapping[str, Outline] = {}


class Task(NamedTuple):
    """One file to check. ``data`` is given for standard input only; ``limit`` is in bytes, 0 for none.

    ``timed`` asks for the seconds of each rule, ``outlined`` for the documents and pages of the file. ``encoding`` is what
    its bytes are in, without a byte order mark; ``schema_version`` is that of a TEI volume, empty to find it out, and
    ``year`` that of documents that do not tell theirs. ``earlier`` is what the file held at the revision that is compared
    with. ``dialect`` is how memoranda are written.
    """

    found: Found
    limit: int = DEFAULT_LIMIT
    data: bytes | None = None
    timed: bool = False
    outlined: bool = False
    encoding: str = "utf-8"
    schema_version: str = ""
    year: int | None = None
    earlier: bytes | None = None
    dialect: Dialect = PUBLISHED


class RuleCount(NamedTuple):
    """What one rule found in a run: how often, in how many documents, files and volumes, and the seconds it took."""

    rule: str
    findings: int
    documents: int
    files: int
    seconds: float = 0.0
    volumes: int = 0


class Outcome(NamedTuple):
    """What a run found. ``findings`` are folded and in order; ``counts`` and ``rules`` count all of them.

    ``names`` are the names of the rules by id; ``rules`` holds those that found something, or took time. ``every`` are
    the findings before they were folded, ``ran`` are all rules that were used, ``volumes`` is the group of each file by
    its path, ``outlines`` what the files hold, where a report asked for it, and ``unread`` the files that could not be
    checked. ``silenced`` are findings that someone decided not to have reported; nothing else counts them.
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


class TooLargeError(Exception):
    """A file is above the limit; ``size`` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def run(
    engine: Engine,
    tasks: Iterable[Task],
    max_per_rule: int = 0,
    *,
    fingerprints: bool = False,
    silences: Silences | None = None,
    means: Means | None = None,
    beforehand: Sequence[Finding] = (),
) -> Outcome:
    """Check files, each volume as a whole too, and sum up; the order of ``tasks`` makes no difference.

    ``fingerprints`` gives each finding its own, for reports that are compared with later ones. Without ``silences`` all
    is reported, whatever was decided on. ``means`` are the processes and the cache that help with the work; what is found
    is the same with any. ``beforehand`` are findings about other files than these, such as a configuration.
    """
    from fruslint.work import ALONE, Work

    began = time.perf_counter()
    tasks = tuple(tasks)
    work = Work(engine, tasks, means or ALONE)
    reports = work.reports()
    known = fingerprints or (silences is not None and silences.needs_fingerprints)
    sources = source_reader(tasks) if known else None
    return sum_up(engine, reports, max_per_rule, began, sources, work, silences, beforehand)


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
    findings = sorted([*_all_findings(concluder or engine, reports), *beforehand], key=order)
    if sources is not None:
        from fruslint.fingerprints import fingerprinted

        findings = fingerprinted(findings, sources)
    findings, silenced = _sifted(engine, findings, reports, silences)
    volumes = {report.path: report.group for report in reports}
    once = frozenset(rule.id for rule in engine.rules if rule.once)
    shown = fold(findings, max_per_rule, once, lambda finding: volumes.get(finding.place.path, finding.place.path))
    counted = [report for report in reports if silences is None or silences.reports_on(report.path)]
    return Outcome(
        findings=tuple(shown),
        counts=Counter(finding.severity for finding in findings),
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


def _sifted(
    engine: Engine, findings: list[Finding], reports: Sequence[FileReport], silences: Silences | None
) -> tuple[list[Finding], tuple[Silenced, ...]]:
    """The findings to report, in order, and those that someone decided on; most runs have no decisions."""
    if silences is None:
        return findings, ()
    silenced: tuple[Silenced, ...] = ()
    if silences.heeded and (silences.ledgers or any(report.instructions for report in reports)):
        from fruslint.silencing import sift

        sifted = sift(findings, reports, silences, engine)
        findings, silenced = sorted(sifted.findings, key=order), tuple(sifted.silenced)
    return silences.news(findings), tuple(one for one in silenced if silences.reports_on(one.finding.place.path))


def _all_findings(concluder: Concluder, reports: Sequence[FileReport]) -> list[Finding]:
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
    places: dict[str, list[tuple[str, str]]] = {rule: [] for rule in seconds}
    for finding in findings:
        places.setdefault(finding.rule, []).append((finding.place.path, finding.document))
    by_path = {report.path: report for report in reports}
    return tuple(_rule_count(rule, places[rule], by_path, seconds[rule]) for rule in sorted(places))


def _rule_count(
    rule: str, places: Sequence[tuple[str, str]], reports: Mapping[str, FileReport], seconds: float
) -> RuleCount:
    files = {path for path, _ in places}
    documents = {(path, document) for path, document in places if path in reports and reports[path].documents}
    volumes = {reports[path].group if path in reports else path for path in files}
    return RuleCount(rule, len(places), len(documents), len(files), seconds, len(volumes))


def check_file(engine: Engine, task: Task, part: Part = WHOLE) -> FileReport:
    """Read one file and check it, or a part of it; a failure of the reader is a finding, and the run goes on."""
    try:
        volume = read(task)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"[:_LONGEST]
        return _unchecked(task, f"The reader failed on this file, and it was not checked: {text}.", part)
    report = engine.check(volume, task.timed, part)
    if part.number:
        return report
    report = instructed(report, volume)
    return outlined(report, volume) if task.outlined else report


def lost_file(task: Task) -> FileReport:
    """The report on a file whose process died while it was checked."""
    message = "The process that checked this file died, and it was not checked; it may have used too much memory."
    return _unchecked(task, message)


def _unchecked(task: Task, message: str, part: Part = WHOLE) -> FileReport:
    path = task.found.path
    finding = Finding(INTERNAL, Severity.ERROR, place(Source(path, ""), Span(0, 0)), message)
    return FileReport(path, path, None, 0, () if part.number else (finding,))


def instructed(report: FileReport, volume: Volume) -> FileReport:
    """The report with the instructions in the file, which most files have none of."""
    if volume.markup is None or not volume.markup.instructions:
        return report
    from fruslint.suppressions import read_instructions

    return report._replace(instructions=read_instructions(volume, volume.markup))


def outlined(report: FileReport, volume: Volume) -> FileReport:
    """The report with the outline of the file."""
    from fruslint.outline import outline

    return report._replace(outline=outline(volume))


def read(task: Task) -> Volume:
    """The volume in a file; one that cannot be read is a volume with an anomaly that says why."""
    found = task.found
    if found.problem:
        return _without_text(found.path, "unreadable", {"detail": found.problem})
    try:
        data = data_of(task)
    except TooLargeError as error:
        return _without_text(found.path, "too-large", _sizes(error.size, task.limit))
    except OSError as error:
        return _without_text(found.path, "unreadable", {"detail": describe(error)})
    volume = reader_of(task)(found.path, data)
    return volume if task.earlier is None else volume._replace(earlier=_text(task.earlier, task.encoding))


def reader_of(task: Task) -> Callable[[str, bytes], Volume]:
    """A function that reads bytes as the task says, under the name of a path."""
    return partial(
        read_bytes,
        encoding=task.encoding,
        schema_version=task.schema_version,
        year=task.year,
        dialect=task.dialect,
    )


def source_reader(tasks: Iterable[Task]) -> Callable[[str], Source]:
    """A function that reads a file of a run again, or a ledger or configuration, by its path.

    What cannot be read any more is empty.
    """
    by_path = {task.found.path: task for task in tasks}

    def source(path: str) -> Source:
        task = by_path.get(path) or Task(Found(path, path))
        try:
            data = b"" if task.found.problem else data_of(task)
        except (OSError, TooLargeError):
            data = b""
        return Source(path, _text(data, task.encoding))

    return source


def _text(data: bytes, encoding: str) -> str:
    try:
        return decode(data, encoding).text
    except UndecodableError as error:
        return error.prefix


def data_of(task: Task) -> bytes:
    """The bytes of a file; raises OSError and TooLargeError."""
    return _bytes_of(task.found.file, task.limit) if task.data is None else _within(task.data, task.limit)


def _without_text(path: str, kind: str, values: Mapping[str, str]) -> Volume:
    return Volume(Source(path, ""), None, anomalies=(Anomaly(kind, Span(0, 0), values),))


def _bytes_of(file: str, limit: int) -> bytes:
    # To open a pipe waits until someone writes to it, and a file can become a pipe after it was found.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(file, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        problem = unreadable_kind(status.st_mode)
        if problem:
            raise OSError(problem)
        if limit and status.st_size > limit:
            raise TooLargeError(status.st_size)
        # One byte more than the limit, for a file that grows while it is read.
        return _within(stream.read(limit + 1 if limit else -1), limit)


def _within(data: bytes, limit: int) -> bytes:
    if limit and len(data) > limit:
        raise TooLargeError(len(data))
    return data


def _sizes(size: int, limit: int) -> dict[str, str]:
    found, expected = size_in_words(size), size_in_words(limit)
    return {"found": found, "expected": expected, "detail": f"it has {found}, and the limit is {expected}"}


def size_in_words(size: int) -> str:
    """A number of bytes as people write it: 512 bytes, 12.5 MiB."""
    for unit, value in (("GiB", MEBIBYTE * 1024), ("MiB", MEBIBYTE), ("KiB", 1024)):
        if size >= value:
            return f"{size / value:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
