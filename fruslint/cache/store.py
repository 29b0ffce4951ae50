"""Keeps what was found in a file, so that a file that has not changed is not read again.

A result is kept under a digest of everything it depends on: the content of the file, the name it is reported by, the
rules with their parameters, and the program itself. Whether a file has changed is asked of the file system first (size,
times, place on the disk), and of its content where that says yes or is too fresh to be trusted.

What the rules over a whole volume find is kept under the results of all its files together, so that their facts need
not even be loaded where none of them has changed.

A cache never changes what a run finds. Whatever goes wrong with it, the run goes on without, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from fruslint.cache.database import CacheFile, CacheFileError, Result, State
from fruslint.cache.keys import digest_of_file, is_changed, key_of, real_names, state_of
from fruslint.cache.values import digest, dumped, loaded, packed, unpacked
from fruslint.discovery import describe
from fruslint.filereport import NO_FACTS, NO_FOLDS, FileReport
from fruslint.files import Task
from fruslint.findings import UNCHECKED, Finding
from fruslint.folding import brief

LIMIT = 256 * 1024 * 1024
"""Bytes that results may take before the oldest of them are dropped."""
_FILE = "results.sqlite"


class _Packed(Mapping[str, "tuple[Any, ...]"]):
    """What rules noted, unpacked for a rule that asks."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, rule: str) -> tuple[Any, ...]:
        facts: tuple[Any, ...] = loaded(self._packed[rule])
        return facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def cache_file(folder: Path) -> Path:
    """The file of a cache."""
    return folder / _FILE


class Cache:
    """The results of earlier runs. ``problem`` says what is wrong with it; it then knows nothing and keeps nothing.

    ``settings`` says what the result on the file of a path depends on beside the file (`Engine.settings`).
    """

    def __init__(self, folder: Path, settings: Callable[[str], str], limit: int = LIMIT) -> None:
        self.problem = ""
        self._settings = settings
        self._limit = limit
        self._file: CacheFile | None = None
        self._keys: dict[str, bytes] = {}
        self._states: dict[str, State] = {}
        self._stored: set[str] = set()
        self._new_states: list[State] = []
        self._results: list[Result] = []
        self._renewed: list[Result] = []
        self._used: list[bytes] = []
        try:
            self._file = CacheFile(cache_file(folder))
        except (CacheFileError, OSError) as error:
            self._give_up(error)

    def reports(self, tasks: Sequence[Task]) -> list[FileReport | None]:
        """The reports on files that are known and have not changed since, brief and without facts; None for the others."""
        for kept in (self._keys, self._states, self._stored):
            kept.clear()  # the same paths may have stood for other contents in a run before
        if self._file is None:
            return [None] * len(tasks)
        try:
            self._find_keys(self._file, [task for task in tasks if _is_plain(task)])
            values = self._file.values(list(self._keys.values()))
        except CacheFileError as error:
            self._give_up(error)
            return [None] * len(tasks)
        return [self._kept(task, values) for task in tasks]

    def _find_keys(self, file: CacheFile, tasks: Sequence[Task]) -> None:
        """Work out the key of each file; what is wrong with one that has none is found out when it is read."""
        names = real_names(task.found.file for task in tasks)
        states = file.states(names)
        for task, name in zip(tasks, names, strict=True):
            with suppress(OSError):
                known = self._current(name, states.get(name), task.limit)
                path = task.found.path
                self._keys[path], self._states[path] = key_of(task, self._settings(path), known.digest), known

    def _current(self, name: str, known: State | None, limit: int) -> State:
        """What a file is like now; raises OSError."""
        state, trusted = state_of(name)
        if known is None or known.state != state or not trusted:
            known = State(name, state, digest_of_file(name, limit))
            self._new_states.append(known)
        return known

    def _kept(self, task: Task, values: Mapping[bytes, bytes]) -> FileReport | None:
        key = self._keys.get(task.found.path, b"") if _is_plain(task) else b""
        report = loaded(values.get(key))
        if not isinstance(report, FileReport):
            return None
        if task.outlined:
            report = report._replace(outline=unpacked(self._part(CacheFile.outline, report)))
            if report.outline is None:
                return None
        self._used.append(key)
        self._stored.add(report.path)
        return report

    def whole(self, report: FileReport) -> FileReport | None:
        """The report with all its findings; None where they are there no more."""
        if not report.folded:
            return report
        findings = unpacked(self._part(CacheFile.rest, report))
        return report._replace(findings=findings, folded=NO_FOLDS) if isinstance(findings, tuple) else None

    def completed(self, report: FileReport) -> FileReport | None:
        """The report with its facts; None where they are there no more."""
        if report.path not in self._stored:
            return report
        facts = loaded(self._part(CacheFile.facts, report))
        return report._replace(facts=_Packed(facts)) if isinstance(facts, dict) else None

    def _part(self, part: Callable[[CacheFile, bytes], bytes | None], report: FileReport) -> bytes | None:
        """A part of the result on a file, as it is stored; None where there is none."""
        try:
            return part(self._file, self._keys[report.path]) if self._file is not None else None
        except CacheFileError as error:
            self._give_up(error)
            return None

    def keep(self, task: Task, report: FileReport) -> None:
        """Keep the report on a file that was not known, unless the file was changed while it was checked."""
        state = self._states.get(report.path)
        if self._file is None or state is None or task.timed or is_changed(state) or _is_unfinished(report):
            self._keys.pop(report.path, None)
            return
        self._stored.discard(report.path)
        facts = {rule: dumped(noted) for rule, noted in report.facts.items()}
        self._results.append(_result(self._keys[report.path], report)._replace(facts=dumped(facts)))

    def keep_marked(self, report: FileReport) -> None:
        """Keep a report whose findings have got their fingerprints, brief or not, unless the file was changed since."""
        state = self._states.get(report.path)
        if self._file is not None and state is not None and report.path in self._keys and not is_changed(state):
            self._renewed.append(_result(self._keys[report.path], report))

    def conclusions(self, scope: str, reports: Sequence[FileReport]) -> list[Finding] | None:
        """What the rules over a volume, or a run, as ``scope`` says, found in these files, if that is known."""
        key = self._key_of_all(scope, reports)
        if self._file is None or key is None:
            return None
        try:
            found = loaded(self._file.values([key]).get(key))
        except CacheFileError as error:
            self._give_up(error)
            return None
        if isinstance(found, list):
            self._used.append(key)
            return found
        return None

    def keep_conclusions(self, scope: str, reports: Sequence[FileReport], findings: Sequence[Finding]) -> None:
        """Keep what the rules of that scope found in these files."""
        key = self._key_of_all(scope, reports)
        if self._file is not None and key is not None:
            self._results.append(Result(key, dumped(list(findings))))

    def _key_of_all(self, scope: str, reports: Sequence[FileReport]) -> bytes | None:
        keys = [self._keys.get(report.path) for report in reports]
        known = sorted(key for key in keys if key is not None)
        return digest(scope.encode(), *known) if len(known) == len(keys) else None

    def close(self) -> None:
        """Write what is new and close the file."""
        if self._file is None:
            return
        try:
            if self._new_states or self._results or self._renewed:
                self._file.write(self._new_states, self._results, self._used, self._limit, self._renewed)
            self._file.close()
        except CacheFileError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.problem = describe(error, "write")
        self._file = None


def _is_plain(task: Task) -> bool:
    """Whether a task asks for what is kept: for what is found in a file as it is."""
    return task.data is None and task.earlier is None and not task.timed and not task.found.problem


def _is_unfinished(report: FileReport) -> bool:
    """Whether a rule was given up on the file, which may go better the next time."""
    return any(finding.rule == UNCHECKED for finding in report.findings)


def _result(key: bytes, report: FileReport) -> Result:
    """What is kept of a report, apart from its facts: it in brief, all findings where there are more, and its outline."""
    short = brief(report)
    rest = packed(report.findings) if short.folded and not report.folded else b""
    outline = b"" if report.outline is None else packed(report.outline)
    return Result(key, dumped(short._replace(facts=NO_FACTS, outline=None)), rest, outline)
