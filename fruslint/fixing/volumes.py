"""Fixes files volume by volume and writes what came of it.

A file is fixed for itself first, then what rules over a whole volume propose is made, until nothing is left; then it is
written, and the rules without fixes look at what it has become. So each rule looks at a file about once more often than
in a check, and those without fixes no more often.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from fruslint.collector import paused_collector
from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import Task, TooLargeError, check_file, data_of, instructed, outlined, reader_of, source_reader
from fruslint.findings import UNWRITTEN, Finding, Severity, order, place
from fruslint.fixing.workpiece import MOST_PASSES, Workpiece
from fruslint.model import Volume
from fruslint.rules import Rule
from fruslint.runner import Outcome, sum_up
from fruslint.silences import Silences
from fruslint.silencing.lint import KIND
from fruslint.source import Source, Span


class Kept(NamedTuple):
    """What became of a file that was fixed: why it could not be kept, if so, and what is to be shown of it."""

    problem: str = ""
    shown: bytes = b""


Keep = Callable[[Task, bytes, bytes], Kept]
"""What is done with a file that was fixed, given its bytes before and after."""
Ask = Callable[[Workpiece, Callable[[], list[Finding]]], None]
"""What is done with a file when nothing is left to fix without asking: given what is found in it, it may fix more."""


class FixedFile(NamedTuple):
    """What was fixed in one file: how often each rule."""

    path: str
    rules: Mapping[str, int]


class FixedRun(NamedTuple):
    """What a run fixed, and what is left of the findings; how many files could not be kept, and what each has to show."""

    files: tuple[FixedFile, ...]
    outcome: Outcome
    unwritten: int = 0
    shown: tuple[bytes, ...] = ()


class Fixer:
    """Fixes files with the rules of an engine; ``unsafe`` makes fixes that may change words too.

    ``keep`` gets each file that was changed. With ``ask`` it is asked about each file in which nothing is left to fix
    without asking, and rules with unsafe fixes propose theirs. What someone decided on, as the ``silences`` say, is left
    as it is. What was found ``beforehand`` in other files is reported with what is left.
    """

    def __init__(
        self,
        engine: Engine,
        keep: Keep,
        *,
        unsafe: bool = False,
        ask: Ask | None = None,
        silences: Silences | None = None,
        beforehand: Sequence[Finding] = (),
    ) -> None:
        def has_fix(rule: Rule) -> bool:
            return rule.fix == "safe" or (rule.fix == "unsafe" and (unsafe or ask is not None))

        self.engine = engine
        self.fixing = engine.part(has_fix)
        self.resting = engine.part(lambda rule: not has_fix(rule))
        self.keep = keep
        self.unsafe = unsafe
        self.silences = silences
        self.beforehand = beforehand
        self._ask = ask

    def run(self, tasks: Iterable[Task], max_per_rule: int = 0, *, fingerprints: bool = False) -> FixedRun:
        """Fix files, and say what is left of all that the rules find in them, with ``fingerprints`` if they are needed."""
        began = time.perf_counter()
        tasks = tuple(tasks)
        with paused_collector():
            results = [result for volume in _volumes(tasks) for result in self._fix_volume(volume)]
            run = self._sum_up(tasks, results, max_per_rule, began, fingerprints)
            if self._drop_decisions(tasks, results, run.outcome):
                run = self._sum_up(tasks, results, max_per_rule, began, fingerprints)
        return run

    def _sum_up(
        self, tasks: Sequence[Task], results: Sequence[_Result], max_per_rule: int, began: float, fingerprints: bool
    ) -> FixedRun:
        known = fingerprints or (self.silences is not None and self.silences.needs_fingerprints)
        sources = source_reader(_as_fixed(tasks, results)) if known else None
        reports = [result.report for result in results]
        outcome = sum_up(
            self.engine, reports, max_per_rule, began, sources, silences=self.silences, beforehand=self.beforehand
        )
        files = (FixedFile(result.report.path, result.rules) for result in results if result.rules)
        unwritten = sum(bool(result.kept.problem) for result in results)
        shown = tuple(result.kept.shown for result in results if result.kept.shown)
        return FixedRun(tuple(sorted(files, key=_path_of)), outcome, unwritten, shown)

    def _drop_decisions(self, tasks: Sequence[Task], results: list[_Result], outcome: Outcome) -> bool:
        """Take out of the files what only a whole run can tell: decisions that are good for nothing. Whether any was."""
        rules = {rule.id for rule in self.fixing.rules if rule.kind == KIND}
        found: dict[str, list[Finding]] = {}
        for finding in outcome.every:
            if finding.rule in rules and finding.fix is not None:
                found.setdefault(finding.place.path, []).append(finding)
        originals = {task.found.path: task for task in tasks}
        current = {task.found.path: task for task in _as_fixed(tasks, results)}
        for index, result in enumerate(results):
            path = result.report.path
            if path in found and not result.kept.problem:
                results[index] = self._without_decisions(originals[path], current[path], found[path], result)
        return bool(found)

    def _without_decisions(self, task: Task, now: Task, findings: Sequence[Finding], result: _Result) -> _Result:
        """The result on a file, and the file, without the decisions in ``findings``; ``now`` reads what it has become."""
        try:
            before, data = data_of(task), data_of(now)
        except (OSError, TooLargeError):
            return result
        piece = Workpiece(self.fixing, now.found.path, data, unsafe=self.unsafe, read=reader_of(now))
        if not piece.take(findings):
            return result
        kept = self.keep(task, before, piece.data)
        if kept.problem:
            return _unwritten(self.engine, task, kept)
        report = check_file(self.engine, now._replace(data=piece.data))
        return _Result(report, Counter(result.rules) + piece.fixed, kept, piece.data if kept.shown else None)

    def open_ones(self, findings: Iterable[Finding], volume: Volume) -> list[Finding]:
        """Those of the findings in a file that nobody decided on."""
        if self.silences is None:
            return list(findings)
        if not self.silences.reports_on(volume.source.path):
            return []
        from fruslint.silencing import undecided

        return undecided(findings, volume, self.silences, self.engine)

    def _fix_volume(self, tasks: Sequence[Task]) -> list[_Result]:
        works = [_Work(self, task, among_others=len(tasks) > 1) for task in tasks]
        self._fix_together(works)
        if self._ask is not None:
            for work in works:
                work.ask(self._ask, lambda: self._conclude(works))
            self._fix_together(works)
        return [work.finish() for work in works]

    def _fix_together(self, works: Sequence[_Work]) -> None:
        """Make what rules over all files of a volume propose, until nothing is left."""
        for _ in range(MOST_PASSES):
            found = self._conclude(works)
            changed = [work.take(found.get(work.path, [])) for work in works]
            if not any(changed):
                return

    def _conclude(self, works: Sequence[_Work]) -> dict[str, list[Finding]]:
        """What rules with fixes find over all files of a volume, by path."""
        found: dict[str, list[Finding]] = {}
        reports = sorted((work.piece.report for work in works if work.piece is not None), key=_group_of)
        for _, group in groupby(reports, key=_group_of):
            for finding in self.fixing.conclude(group):
                found.setdefault(finding.place.path, []).append(finding)
        return found


class _Result(NamedTuple):
    """What became of one file: the report of all rules, the fixes made, and how it was kept.

    ``data`` is what it has become where that was not written.
    """

    report: FileReport
    rules: Mapping[str, int]
    kept: Kept = Kept()
    data: bytes | None = None


class _Work:
    """The work on one file of a volume. A file that cannot be read has no ``piece`` to work on, and is only reported."""

    def __init__(self, fixer: Fixer, task: Task, *, among_others: bool) -> None:
        self.path = task.found.path
        self._fixer = fixer
        self._task = task
        self._among_others = among_others
        self._rest: FileReport | None = None
        self._together: Sequence[Finding] = ()
        self.piece = self._make_piece()
        if self.piece is not None:
            self.piece.settle()
            self._put_aside(self.piece)

    def _make_piece(self) -> Workpiece | None:
        """None for what cannot be read; the check of the file then says why."""
        task, fixer = self._task, self._fixer
        if task.found.problem:
            return None
        try:
            data, read = data_of(task), reader_of(task)
            return Workpiece(
                fixer.fixing,
                self.path,
                data,
                unsafe=fixer.unsafe,
                timed=task.timed,
                read=read,
                open_ones=fixer.open_ones,
            )
        except Exception:
            return None

    def take(self, findings: Sequence[Finding]) -> bool:
        """Make what rules over the whole volume propose for the file; whether anything changed."""
        self._together = findings
        piece = self.piece
        if piece is None or not any(map(piece.is_wanted, findings)) or not piece.take(findings):
            return False
        piece.settle()
        self._put_aside(piece)
        return True

    def ask(self, ask: Ask, conclude: Callable[[], Mapping[str, list[Finding]]]) -> None:
        """Let someone decide on what is proposed for the file."""
        piece = self.piece
        if piece is not None:
            ask(piece, lambda: piece.undecided([*piece.report.findings, *conclude().get(self.path, ())]))
            self._put_aside(piece)

    def _put_aside(self, piece: Workpiece) -> None:
        """Of many files no more is kept than must be: what the rules without fixes say of each is asked at once."""
        self._rest = None
        if self._among_others:
            self._rest = self._look(piece)
            piece.let_go()

    def _look(self, piece: Workpiece) -> FileReport:
        report = instructed(self._fixer.resting.check(piece.volume, self._task.timed), piece.volume)
        return outlined(report, piece.volume) if self._task.outlined else report

    def finish(self) -> _Result:
        """Keep the file if it was changed, and say what is left."""
        piece, task = self.piece, self._task
        if piece is None:
            return _Result(check_file(self._fixer.engine, task), {})
        if piece.data == piece.original:
            return _Result(self._report(piece), {})
        kept = self._fixer.keep(task, piece.original, piece.data)
        if not kept.problem:
            return _Result(self._report(piece), piece.fixed, kept, piece.data if kept.shown else None)
        return _unwritten(self._fixer.engine, task, kept)

    def _report(self, piece: Workpiece) -> FileReport:
        """What all rules find in the file as it has become."""
        rest = self._rest or self._look(piece)
        complaints = piece.complaints([*piece.report.findings, *self._together])
        piece.let_go()
        return rest._replace(
            findings=tuple(sorted([*piece.report.findings, *rest.findings, *complaints], key=order)),
            facts={**piece.report.facts, **rest.facts},
            seconds={**piece.report.seconds, **rest.seconds},
        )


def _unwritten(engine: Engine, task: Task, kept: Kept) -> _Result:
    """The result on a file that is as it was, because what it should become could not be kept."""
    report = check_file(engine, task)
    finding = could_not_write(task.found.path, kept.problem)
    return _Result(report._replace(findings=(finding, *report.findings)), {}, kept)


def could_not_write(path: str, problem: str) -> Finding:
    """The finding that a file which was fixed is as it was, and why."""
    where = place(Source(path, ""), Span(0, 0))
    return Finding(UNWRITTEN, Severity.ERROR, where, f"The fixes of this file were not written: {problem}.")


def _volumes(tasks: Iterable[Task]) -> list[list[Task]]:
    """The files that are looked at together: the texts of a folder, and each TEI file for itself."""
    volumes: dict[str, list[Task]] = {}
    for task in tasks:
        path = task.found.path.replace("\\", "/")
        volume = path if path.lower().endswith(".xml") else path.rpartition("/")[0] + "/"
        volumes.setdefault(volume, []).append(task)
    return list(volumes.values())


def _as_fixed(tasks: Iterable[Task], results: Iterable[_Result]) -> list[Task]:
    """The tasks, with the bytes of files that were fixed and not written."""
    data = {result.report.path: result.data for result in results if result.data is not None}
    return [task._replace(data=data[task.found.path]) if task.found.path in data else task for task in tasks]


def _path_of(file: FixedFile) -> str:
    return file.path


def _group_of(report: FileReport) -> str:
    return report.group
