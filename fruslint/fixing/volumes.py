"""Fixes files volume by volume and writes what came of it.

A file is fixed for itself first, then what rules over a whole volume propose is made, until nothing is left; then it is
written, and the rules without fixes look at what it has become. So each rule looks at a file about once more often than
in a check, and those without fixes no more often.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import Task, TooLargeError, check_file, data_of, reader_of, source_reader
from fruslint.findings import Finding
from fruslint.fixing.filework import Ask, FileWork, Keep, Orders, Result, as_it_was
from fruslint.fixing.workpiece import MOST_PASSES, Workpiece
from fruslint.memory import paused_collector
from fruslint.paths import is_volume
from fruslint.processes.work import jobs_for, size_of
from fruslint.record import Record
from fruslint.runner import Outcome, sum_up
from fruslint.silencing.lint import KIND
from fruslint.silencing.silences import Silences


class FixedFile(Record):
    """What was fixed in one file: how often each rule."""

    path: str
    rules: Mapping[str, int]


class FixedRun(Record):
    """What a run fixed, and what is left of the findings; how many files could not be kept, and what each has to show."""

    files: tuple[FixedFile, ...]
    outcome: Outcome
    unwritten: int = 0
    shown: tuple[bytes, ...] = ()


class Fixer:
    """Fixes files with the rules of an engine; ``unsafe`` makes fixes that may change words too.

    ``keep`` gets each file that was changed. With ``ask`` it is asked about each file in which nothing is left to fix
    without asking, and rules with unsafe fixes propose theirs. What someone decided on, as the ``silences`` say, is left
    as it is. What was found ``beforehand`` in other files is reported with what is left. Without ``ask`` the volumes are
    shared among ``jobs`` processes, 0 for as many as pay, which call ``keep``.
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
        jobs: int = 1,
    ) -> None:
        self.orders = Orders(engine, keep, unsafe=unsafe, asking=ask is not None, silences=silences)
        self.beforehand = beforehand
        self._ask = ask
        self._jobs = jobs

    def run(self, tasks: Iterable[Task], max_per_rule: int = 0, *, fingerprints: bool = False) -> FixedRun:
        """Fix files, and say what is left of all that the rules find in them, with ``fingerprints`` if they are needed."""
        began = time.perf_counter()
        tasks = tuple(tasks)
        with paused_collector():
            results = [result for volume in self._fix(_volumes(tasks)) for result in volume]
            run = self._sum_up(tasks, results, max_per_rule, began, fingerprints)
            for _ in range(MOST_PASSES):  # of decisions that stand side by side, one pass takes out every other one
                if not self._drop_decisions(tasks, results, run.outcome):
                    break
                run = self._sum_up(tasks, results, max_per_rule, began, fingerprints)
        return run

    def _sum_up(
        self, tasks: Sequence[Task], results: Sequence[Result], max_per_rule: int, began: float, fingerprints: bool
    ) -> FixedRun:
        known = fingerprints or (self.orders.silences is not None and self.orders.silences.needs_fingerprints)
        sources = source_reader(_as_fixed(tasks, results)) if known else None
        reports = [result.report for result in results]
        outcome = sum_up(
            self.orders.engine,
            reports,
            max_per_rule,
            began,
            sources,
            silences=self.orders.silences,
            beforehand=self.beforehand,
        )
        files = (FixedFile(result.report.path, result.rules) for result in results if result.rules)
        unwritten = sum(bool(result.kept.problem) for result in results)
        shown = tuple(result.kept.shown for result in results if result.kept.shown)
        return FixedRun(tuple(sorted(files, key=_path_of)), outcome, unwritten, shown)

    def _drop_decisions(self, tasks: Sequence[Task], results: list[Result], outcome: Outcome) -> bool:
        """Take out of the files what only a whole run can tell: decisions that are good for nothing. Whether any was."""
        rules = {rule.id for rule in self.orders.fixing.rules if rule.kind == KIND}
        found: dict[str, list[Finding]] = {}
        for finding in outcome.every:
            if finding.rule in rules and finding.fix is not None:
                found.setdefault(finding.place.path, []).append(finding)
        originals = {task.found.path: task for task in tasks}
        current = {task.found.path: task for task in _as_fixed(tasks, results)}
        changed = False
        for index, result in enumerate(results):
            path = result.report.path
            if path in found and not result.kept.problem:
                results[index] = self._without_decisions(originals[path], current[path], found[path], result)
                changed |= results[index] is not result
        return changed

    def _without_decisions(self, task: Task, now: Task, findings: Sequence[Finding], result: Result) -> Result:
        """The result on a file, and the file, without the decisions in ``findings``; ``now`` reads what it has become."""
        try:
            before, data = data_of(task), data_of(now)
        except (OSError, TooLargeError):
            return result
        orders = self.orders
        piece = Workpiece(
            orders.fixing, now.found.path, data, unsafe=orders.unsafe, read=reader_of(now), open_ones=orders.open_ones
        )
        if not piece.take(findings):
            return result
        piece.settle()  # an instruction can have stood between a blank and its comma
        kept = self.orders.keep(task, before, piece.data)
        if kept.problem:
            return as_it_was(self.orders.engine, task, kept)
        report = check_file(self.orders.engine, now._replace(data=piece.data))
        return Result(report, Counter(result.rules) + piece.fixed, kept, piece.data if kept.shown else None)

    def _fix(self, volumes: Sequence[Sequence[Task]]) -> list[list[Result]]:
        jobs = 1 if self._ask is not None or len(volumes) == 1 else self._jobs
        jobs = jobs or jobs_for([size_of(task) for volume in volumes for task in volume])
        if jobs == 1:
            return list(map(self._fix_volume, volumes))
        from fruslint.fixing.sharing import fix_in_processes

        return fix_in_processes(self._fix_volume, volumes, jobs)

    def _fix_volume(self, tasks: Sequence[Task]) -> list[Result]:
        works = [FileWork(self.orders, task, among_others=len(tasks) > 1) for task in tasks]
        self._fix_together(works)
        if self._ask is not None:
            for work in works:
                work.ask(self._ask, lambda: self._conclude(works))
            self._fix_together(works)
        return [work.finish() for work in works]

    def _fix_together(self, works: Sequence[FileWork]) -> None:
        """Make what rules over all files of a volume propose, until nothing is left."""
        for _ in range(MOST_PASSES):
            found = self._conclude(works)
            changed = [work.take(found.get(work.path, [])) for work in works]
            if not any(changed):
                return

    def _conclude(self, works: Sequence[FileWork]) -> dict[str, list[Finding]]:
        """What rules with fixes find over all files of a volume, by path."""
        found: dict[str, list[Finding]] = {}
        reports = sorted((work.piece.report for work in works if work.piece is not None), key=_group_of)
        for _, group in groupby(reports, key=_group_of):
            for finding in self.orders.fixing.conclude(group):
                found.setdefault(finding.place.path, []).append(finding)
        return found


def _volumes(tasks: Iterable[Task]) -> list[list[Task]]:
    """The files that are looked at together: the texts of a folder, and each TEI file for itself."""
    volumes: dict[str, list[Task]] = {}
    for task in tasks:
        path = task.found.path.replace("\\", "/")
        volume = path if is_volume(path) else path.rpartition("/")[0] + "/"
        volumes.setdefault(volume, []).append(task)
    return list(volumes.values())


def _as_fixed(tasks: Iterable[Task], results: Iterable[Result]) -> list[Task]:
    """The tasks, with the bytes of files that were fixed and not written."""
    data = {result.report.path: result.data for result in results if result.data is not None}
    return [task._replace(data=data[task.found.path]) if task.found.path in data else task for task in tasks]


def _path_of(file: FixedFile) -> str:
    return file.path


def _group_of(report: FileReport) -> str:
    return report.group
