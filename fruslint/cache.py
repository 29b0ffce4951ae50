"""Keeps what was found in a file, so that a file that has not changed is not read again.

A result is kept under a digest of everything it depends on: the content of the file, the name it is reported by, the
rules with their parameters, and the program itself. Whether a file has changed is asked of the file system first (size,
times, place on the disk), and of its content where that says yes or is too fresh to be trusted.

What the rules over a whole volume find is kept under the results of all its files together, so that their facts need
not even be loaded where none of them has changed.

A cache never changes what a run finds. Whatever goes wrong with it, the run goes on without, and says so.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from fruslint import __version__
from fruslint.cachefile import CacheFile, CacheFileError, Result, State
from fruslint.filereport import NO_FACTS, NO_FOLDS, FileReport
from fruslint.files import Task
from fruslint.findings import UNCHECKED, Finding
from fruslint.folding import brief
from fruslint.text import Text

LIMIT = 256 * 1024 * 1024
"""Bytes that results may take before the oldest of them are dropped."""
_FILE = "results.sqlite"
_PROTOCOL = 5
# A file that was changed so shortly before it was read could have been changed again within the same tick of the clock.
_FRESH = 2_000_000_000
_SIZE_OF_DIGEST = 20


class _Packed(Mapping[str, "tuple[Any, ...]"]):
    """What rules noted, unpacked for a rule that asks."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, rule: str) -> tuple[Any, ...]:
        facts: tuple[Any, ...] = _loaded(self._packed[rule])
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
        names = _real_names(task.found.file for task in tasks)
        states = file.states(names)
        for task, name in zip(tasks, names, strict=True):
            with suppress(OSError):
                known = self._current(name, states.get(name), task.limit)
                path = task.found.path
                self._keys[path], self._states[path] = _key(task, self._settings(path), known.digest), known

    def _current(self, name: str, known: State | None, limit: int) -> State:
        """What a file is like now; raises OSError."""
        state, trusted = _state_of(name)
        if known is None or known.state != state or not trusted:
            known = State(name, state, _digest_of_file(name, limit))
            self._new_states.append(known)
        return known

    def _kept(self, task: Task, values: Mapping[bytes, bytes]) -> FileReport | None:
        key = self._keys.get(task.found.path, b"") if _is_plain(task) else b""
        report = _loaded(values.get(key))
        if not isinstance(report, FileReport):
            return None
        if task.outlined:
            report = report._replace(outline=_unpacked(self._part(CacheFile.outline, report)))
            if report.outline is None:
                return None
        self._used.append(key)
        self._stored.add(report.path)
        return report

    def whole(self, report: FileReport) -> FileReport | None:
        """The report with all its findings; None where they are there no more."""
        if not report.folded:
            return report
        findings = _unpacked(self._part(CacheFile.rest, report))
        return report._replace(findings=findings, folded=NO_FOLDS) if isinstance(findings, tuple) else None

    def completed(self, report: FileReport) -> FileReport | None:
        """The report with its facts; None where they are there no more."""
        if report.path not in self._stored:
            return report
        facts = _loaded(self._part(CacheFile.facts, report))
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
        if self._file is None or state is None or task.timed or _changed(state) or _is_unfinished(report):
            self._keys.pop(report.path, None)
            return
        self._stored.discard(report.path)
        facts = {rule: _dumped(noted) for rule, noted in report.facts.items()}
        self._results.append(_result(self._keys[report.path], report)._replace(facts=_dumped(facts)))

    def keep_marked(self, report: FileReport) -> None:
        """Keep a report whose findings have got their fingerprints, brief or not, unless the file was changed since."""
        state = self._states.get(report.path)
        if self._file is not None and state is not None and report.path in self._keys and not _changed(state):
            self._renewed.append(_result(self._keys[report.path], report))

    def conclusions(self, scope: str, reports: Sequence[FileReport]) -> list[Finding] | None:
        """What the rules over a volume, or a run, as ``scope`` says, found in these files, if that is known."""
        key = self._key_of_all(scope, reports)
        if self._file is None or key is None:
            return None
        try:
            found = _loaded(self._file.values([key]).get(key))
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
            self._results.append(Result(key, _dumped(list(findings))))

    def _key_of_all(self, scope: str, reports: Sequence[FileReport]) -> bytes | None:
        keys = [self._keys.get(report.path) for report in reports]
        known = sorted(key for key in keys if key is not None)
        return _digest(scope.encode(), *known) if len(known) == len(keys) else None

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
        self.problem = str(error) or type(error).__name__
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
    rest = _packed(report.findings) if short.folded and not report.folded else b""
    outline = b"" if report.outline is None else _packed(report.outline)
    return Result(key, _dumped(short._replace(facts=NO_FACTS, outline=None)), rest, outline)


@lru_cache(1)
def _program() -> bytes:
    """The version, and the size and time of each module: in a source checkout they change without a new version."""
    states = sorted(_modules(os.path.dirname(__file__)))  # noqa: PTH120 - pathlib takes five times as long
    return _digest(__version__.encode(), "\n".join(states).encode("utf-8", "surrogatepass"))


def _modules(folder: str) -> Iterator[str]:
    """The place, size and time of each module below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)


def _real_names(files: Iterable[str]) -> list[str]:
    """The names of files with no link in their folders: one look for each folder, and not for each file."""
    folders: dict[str, str] = {}
    names = []
    for file in files:
        folder, name = os.path.split(file)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        names.append(os.path.join(folders[folder], name))  # noqa: PTH118 - asked for thousands of files
    return names


def _key(task: Task, settings: str, content: bytes) -> bytes:
    """What the report on a file is kept under: a digest of all that it depends on."""
    # whoever does not ask for the outline of a file is told the same about it
    whole = _beginning(settings, (task._replace(outlined=False) if task.outlined else task)[1:]).copy()
    _add(whole, task.found.path.encode("utf-8", "surrogatepass"))
    _add(whole, content)
    return whole.digest()


@lru_cache(64)
def _beginning(settings: str, asked: tuple[object, ...]) -> hashlib.blake2b:
    """The part of a key that files have in common: the program, and what is asked of it."""
    whole = _hash()
    for part in (_program(), settings.encode(), repr(asked).encode("utf-8", "surrogatepass")):
        _add(whole, part)
    return whole


def _state_of(file: str) -> tuple[str, bool]:
    """What the file system says of a file, and whether that can be trusted to change when the file does."""
    found = os.stat(file)  # noqa: PTH116 - asked for thousands of files
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    state = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return state, latest + _FRESH < time.time_ns()


def _changed(known: State) -> bool:
    try:
        return _state_of(known.file)[0] != known.state
    except OSError:
        return True


def _digest_of_file(file: str, limit: int) -> bytes:
    """The digest of a file, or of its size where it is too large to be read."""
    if limit and os.path.getsize(file) > limit:  # noqa: PTH202
        return _digest(b"too large", str(os.path.getsize(file)).encode())  # noqa: PTH202
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, _hash).digest()


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_SIZE_OF_DIGEST)


def _digest(*parts: bytes) -> bytes:
    whole = _hash()
    for part in parts:
        _add(whole, part)
    return whole.digest()


def _add(whole: hashlib.blake2b, part: bytes) -> None:
    whole.update(len(part).to_bytes(8, "big"))  # a copy of both together would take longer than their digest
    whole.update(part)


def _dumped(value: Any) -> bytes:
    """A value in bytes that show whether they are still the same."""
    return _sealed(pickle.dumps(value, _PROTOCOL))


def _packed(value: Any) -> bytes:
    """The same in about a fifth of the room, for what is large and seldom asked for."""
    return _sealed(zlib.compress(pickle.dumps(value, _PROTOCOL), 1))


def _sealed(content: bytes) -> bytes:
    return _digest(content) + content


def _opened(stored: bytes | None) -> bytes | None:
    """What was sealed; None for nothing, and for what was damaged."""
    if stored is None or _digest(stored[_SIZE_OF_DIGEST:]) != stored[:_SIZE_OF_DIGEST]:
        return None
    return stored[_SIZE_OF_DIGEST:]


def _loaded(stored: bytes | None) -> Any:
    """What was dumped; None for nothing, and for what was damaged or is not ours."""
    return _unpickled(_opened(stored))


def _unpacked(stored: bytes | None) -> Any:
    """What was packed; None for nothing, and for what was damaged or is not ours."""
    content = _opened(stored)
    try:
        return None if content is None else _unpickled(zlib.decompress(content))
    except zlib.error:
        return None


def _unpickled(content: bytes | None) -> Any:
    if content is None:
        return None
    try:
        return _Unpickler(io.BytesIO(content)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError, EOFError):
        return None


class _Unpickler(pickle.Unpickler):
    """Makes records of this program and nothing else: a cache that someone tampered with cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        return _record(module, name)


@lru_cache(256)
def _record(module: str, name: str) -> Any:
    """A kind of record by its name; raises UnpicklingError for anything else, and what an import raises."""
    if module.startswith("fruslint.") and "." not in name:
        found = getattr(import_module(module), name)
        if isinstance(found, type) and issubclass(found, (tuple, Enum, Text)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} does not belong into a cache")
