"""Who does the work of a run: this process, others, or nobody where a cache knows the result already."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from fruslint.engine import Engine
from fruslint.filereport import WHOLE, FileReport, Part
from fruslint.files import LastRead, Task, check_file, lost_file
from fruslint.findings import Finding
from fruslint.folding import brief
from fruslint.memory import paused_collector
from fruslint.record import Record

if TYPE_CHECKING:  # slow to load, and a hook on one file needs none of it
    from concurrent.futures import Executor

    from fruslint.cache.store import Cache
    from fruslint.processes.workers import Done
    from fruslint.source import Source

# Bytes in a run from which on other processes are worth their start.
_WORTH_PROCESSES = 750_000


class Means(Record):
    """What helps with the work.

    ``jobs`` is the number of processes, 0 for as many as pay. With an ``executor`` the files are read and checked by that
    one's workers, ``jobs`` of them, which must see the same files at the same paths. ``tell`` is told of each number of
    files that are done.
    """

    jobs: int = 1
    executor: Executor | None = None
    cache: Cache | None = None
    tell: Callable[[int], None] | None = None


ALONE = Means()


class Work:
    """The work of one run; ``briefly`` says that brief reports will do (`folding.brief`) on files without instructions."""

    def __init__(self, engine: Engine, tasks: Sequence[Task], means: Means, briefly: bool = False) -> None:
        self._engine = engine
        self._tasks = tasks
        self._means = means
        self._briefly = briefly

    def reports(self) -> list[FileReport]:
        """The reports on all files, in order, as brief as they may be; those that the cache knew are without facts."""
        cache = self._means.cache
        if cache is None:
            return self._checked(self._tasks)
        known = [report and self._loaded(cache, report) for report in cache.reports(self._tasks)]
        left = [task for task, report in zip(self._tasks, known, strict=True) if report is None]
        self._tell(len(known) - len(left))
        done = iter(self._checked(left))
        return [report or next(done) for report in known]

    def _loaded(self, cache: Cache, report: FileReport) -> FileReport:
        """A report that the cache knew, whole where it must be."""
        return report if self._is_brief(report) else cache.whole(report) or self._again(cache, report)

    def _is_brief(self, report: FileReport) -> bool:
        return self._briefly and not report.instructions

    def marked(self, reports: Sequence[FileReport], source_of: Callable[[str], Source]) -> list[FileReport]:
        """The reports, their findings with fingerprints, which the cache keeps; ``source_of`` gives the text of a path."""
        return [self._marked(report, source_of) for report in reports]

    def _marked(self, report: FileReport, source_of: Callable[[str], Source]) -> FileReport:
        from fruslint.fingerprints import fingerprinted

        if all(finding.fingerprint for finding in report.findings):
            return report
        found = report._replace(findings=tuple(fingerprinted(report.findings, source_of)))
        if self._means.cache is not None:
            self._means.cache.keep_marked(found)
        return found

    def conclude(self, reports: Sequence[FileReport]) -> list[Finding]:
        """What the rules find over all files of a volume, unless the cache knows it."""
        if all(report.group == report.path for report in reports):
            return []  # `Engine.closed` has looked over it
        return self._concluded("volume", self._engine.conclude, reports)

    def conclude_run(self, reports: Sequence[FileReport]) -> list[Finding]:
        """What the rules find over all files of the run, unless the cache knows it."""
        return self._concluded("run", self._engine.conclude_run, reports)

    def _concluded(
        self, scope: str, conclude: Callable[[list[FileReport]], list[Finding]], reports: Sequence[FileReport]
    ) -> list[Finding]:
        cache = self._means.cache
        if cache is None:
            return conclude(list(reports))
        findings = cache.conclusions(scope, reports)
        if findings is None:
            findings = conclude([cache.completed(report) or self._again(cache, report) for report in reports])
            cache.keep_conclusions(scope, reports, findings)
        return findings

    def _again(self, cache: Cache, report: FileReport) -> FileReport:
        """The report on a file of which the cache has lost a part."""
        task = next(task for task in self._tasks if task.found.path == report.path)
        found = _check_closed(self._engine, task)
        cache.keep(task, found)
        return found

    def _checked(self, tasks: Sequence[Task]) -> list[FileReport]:
        jobs, executor = self._means.jobs, self._means.executor
        if jobs != 1 or executor is not None:
            sizes = [size_of(task) for task in tasks]
            jobs = jobs or jobs_for(sizes)
            if jobs > 1 or executor is not None:
                return self._shared(tasks, sizes, jobs)
        with paused_collector():
            return [self._alone(task) for task in tasks]

    def _alone(self, task: Task) -> FileReport:
        return self._done(task, _check_closed(self._engine, task))

    def _done(self, task: Task, report: FileReport) -> FileReport:
        """What is needed of the report on a file that was checked now; the cache keeps all of it."""
        if self._means.cache is not None:
            self._means.cache.keep(task, report)
        self._tell(1)
        return brief(report) if self._is_brief(report) else report

    def _tell(self, files: int) -> None:
        if self._means.tell is not None:
            self._means.tell(files)

    def _shared(self, tasks: Sequence[Task], sizes: Sequence[int], jobs: int) -> list[FileReport]:
        reports: dict[int, FileReport] = {}
        with closing(self._from_others(tasks, sizes, jobs)) as done:
            for number, report in done:
                reports[number] = self._done(tasks[number], self._engine.closed(report))
        return [reports[number] for number in range(len(tasks))]

    def _from_others(self, tasks: Sequence[Task], sizes: Sequence[int], jobs: int) -> Generator[Done, None, None]:
        from fruslint.processes.pool import are_copies
        from fruslint.processes.workers import check_in_processes, check_on

        if self._means.executor is not None:
            check = partial(_check_closed, self._engine)
            return check_on(self._means.executor, check, list(map(_everywhere, tasks)), sizes, jobs)
        if are_copies():
            self._prepare(tasks)
        check = partial(_check_part, self._engine, LastRead())
        return check_in_processes(check, tasks, sizes, jobs, lost_file)

    def _prepare(self, tasks: Sequence[Task]) -> None:
        """Make the checks here, once for all copies of this process; it needs them to look over what these note."""
        for path in {os.path.splitext(task.found.path)[1]: task.found.path for task in tasks}.values():  # noqa: PTH122
            self._engine.prepare(path)


def _check_closed(engine: Engine, task: Task, part: Part = WHOLE) -> FileReport:
    """The report on a file, or a part of it; a volume that is checked as a whole is done with, and its notes dropped."""
    report = check_file(engine, task, part)
    return engine.closed(report) if part.total == 1 else report


def _check_part(engine: Engine, reader: LastRead, task: Task, part: Part) -> FileReport:
    """The same, by a reader that keeps a file of which more parts may come; it is for this run and process alone."""
    if part.total > 1:
        return check_file(engine, task, part, reader)
    reader.forget()
    return _check_closed(engine, task)


def _everywhere(task: Task) -> Task:
    """The task in words that mean the same in any folder."""
    file = task.found.file
    return task if task.data is not None else task._replace(found=task.found._replace(file=os.path.abspath(file)))  # noqa: PTH100


def jobs_for(sizes: Sequence[int]) -> int:
    """How many processes pay for files of these sizes, in bytes: as many as there are processors, or one."""
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    return usable if sum(sizes) >= _WORTH_PROCESSES else 1


def size_of(task: Task) -> int:
    """About how many bytes there are to check; 0 where that cannot be told."""
    if task.data is not None:
        return len(task.data)
    try:
        return os.stat(task.found.file).st_size  # noqa: PTH116 - as fast as can be for ten thousand files
    except (OSError, ValueError):
        return 0
