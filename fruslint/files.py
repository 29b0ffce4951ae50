"""Files -> reports: one file read and checked; whatever goes wrong with it is a finding, and the run goes on.

The work on one file is the function `check_file`, which can be pickled and depends on nothing but its arguments.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from fruslint.discovery import Found, describe, unreadable_kind
from fruslint.engine import Engine
from fruslint.errors import told
from fruslint.filereport import WHOLE, FileReport, Part
from fruslint.findings import INTERNAL, Finding, Severity, place
from fruslint.memory import return_large_blocks
from fruslint.model import PUBLISHED, Anomaly, Dialect, Volume
from fruslint.readers import read_bytes
from fruslint.record import Record
from fruslint.source import Source, Span, readable

_MEBIBYTE = 1024 * 1024
DEFAULT_LIMIT = 64 * _MEBIBYTE


class Task(Record):
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


class TooLargeError(Exception):
    """A file is above the limit; ``size`` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class LastRead:
    """Reads files as `read` does, and keeps the one it read last: the next part of it is not read again."""

    def __init__(self) -> None:
        self._task: Task | None = None
        self._volume: Volume | None = None

    def __call__(self, task: Task) -> Volume:
        """The volume in a file; that of the file before is let go first, so that there is never more than one."""
        if self._volume is None or self._task != task:
            self.forget()
            self._task, self._volume = task, read(task, lazily=True)
        return self._volume

    def forget(self) -> None:
        """Let go of the file that was read last."""
        self._task = self._volume = None


def check_file(
    engine: Engine, task: Task, part: Part = WHOLE, reader: Callable[[Task], Volume] | None = None
) -> FileReport:
    """Read one file and check it, or a part of it; a failure of the reader is a finding, and the run goes on."""
    try:
        volume = (reader or read)(task)
        _read_documents(volume, part)
    except Exception as error:
        return _unchecked(task, f"The reader failed on this file, and it was not checked: {told(error)}.")
    if part.number and volume.medium is None:  # the first part says why, unless the file was still there for that one
        return _unchecked(task, "This file could not be read any more while it was checked; check it again.")
    report = engine.check(volume, task.timed, part)
    if part.number:
        return report
    report = instructed(report, volume)
    return outlined(report, volume) if task.outlined else report


def _read_documents(volume: Volume, part: Part) -> None:
    """Have the documents read that a part checks; those that look at the file as a whole ask for few others, if any."""
    tuple(part.of(volume.documents))


def lost_file(task: Task) -> FileReport:
    """The report on a file whose process died while it was checked."""
    message = "The process that checked this file died, and it was not checked; it may have used too much memory."
    return _unchecked(task, message)


def _unchecked(task: Task, message: str) -> FileReport:
    path = task.found.path
    finding = Finding(INTERNAL, Severity.ERROR, place(Source(path, ""), Span(0, 0)), message)
    return FileReport(path, path, None, 0, (finding,))


def instructed(report: FileReport, volume: Volume) -> FileReport:
    """The report with the instructions in the file, which most files have none of."""
    if volume.markup is None or not volume.markup.instructions:
        return report
    from fruslint.silencing.instruction_text import read_instructions

    return report._replace(instructions=read_instructions(volume, volume.markup))


def outlined(report: FileReport, volume: Volume) -> FileReport:
    """The report with the outline of the file."""
    from fruslint.outline import outline

    return report._replace(outline=outline(volume))


def read(task: Task, lazily: bool = False) -> Volume:
    """The volume in a file; one that cannot be read is a volume with an anomaly that says why.

    The documents of one that is read ``lazily`` are read when they are asked for.
    """
    found = task.found
    if found.problem:
        return _without_text(found.path, "unreadable", {"detail": found.problem})
    try:
        data = data_of(task)
    except TooLargeError as error:
        return _without_text(found.path, "too-large", _sizes(error.size, task.limit))
    except OSError as error:
        return _without_text(found.path, "unreadable", {"detail": describe(error)})
    volume = reader_of(task, lazily)(found.path, data)
    return volume if task.earlier is None else volume._replace(earlier=readable(task.earlier, task.encoding))


def reader_of(task: Task, lazily: bool = False) -> Callable[[str, bytes], Volume]:
    """A function that reads bytes as the task says, under the name of a path."""
    return partial(
        read_bytes,
        encoding=task.encoding,
        schema_version=task.schema_version,
        year=task.year,
        dialect=task.dialect,
        lazily=lazily,
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
        return Source(path, readable(data, task.encoding))

    return source


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
        if status.st_size > _MEBIBYTE:
            return_large_blocks()
        data = stream.read(status.st_size + 1)  # to make room for as many as the limit would take longer than to read
        if len(data) > status.st_size:
            # It grows while it is read; one byte more than the limit tells that it is too large.
            data += stream.read(max(0, limit + 1 - len(data)) if limit else -1)
        return _within(data, limit)


def _within(data: bytes, limit: int) -> bytes:
    if limit and len(data) > limit:
        raise TooLargeError(len(data))
    return data


def _sizes(size: int, limit: int) -> dict[str, str]:
    from fruslint.sizes import size_in_words  # few files are too large

    found, expected = size_in_words(size), size_in_words(limit)
    return {"found": found, "expected": expected, "detail": f"it has {found}, and the limit is {expected}"}
