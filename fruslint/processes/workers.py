"""Shares the work of a run among processes.

The work is cut into *chunks*: many small files together, one large file alone, and a part of the documents of a large
file where there are too few files to keep all processes busy. What comes back of a file is put together in
the order of its parts, so that a run gives the same whoever did the work.

The work is done by processes of this machine (`pool.py`), or by any `concurrent.futures.Executor`, such as a cluster's.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING

from fruslint.filereport import WHOLE, FileReport, Part, join_parts
from fruslint.files import Task
from fruslint.memory import paused_collector
from fruslint.patterns import keep_patterns
from fruslint.processes.pool import Pool
from fruslint.record import Record

if TYPE_CHECKING:  # slow to load, and most runs are given none
    from concurrent.futures import Executor

Check = Callable[[Task, Part], FileReport]
"""Checks a part of a file. It must be possible to pickle it."""
Lost = Callable[[Task], FileReport]
"""What to report for a file whose process died."""

_LARGE = 1_000_000
_CHUNK = 500_000
_MOST_FILES = 100
_CHUNKS_EACH = 8
_PARTS_EACH = 8


class Piece(Record):
    """A part of one file: the place of its task in the run, the task, and which part."""

    number: int
    task: Task
    part: Part


class Chunk(Record):
    """What a process is given at a time, and how many bytes the files in it have."""

    pieces: tuple[Piece, ...]
    size: int


Done = tuple[int, FileReport]
"""The report on a whole file, with the number of its task."""
_Name = tuple[int, Part]
"""A piece by the number of its task."""
_Found = dict[_Name, FileReport]
_Work = Callable[[list[_Name]], _Found]


def check_in_processes(
    check: Check, tasks: Sequence[Task], sizes: Sequence[int], jobs: int, lost: Lost
) -> Generator[Done, None, None]:
    """The reports on all files, as they are done, from ``jobs`` processes of this machine; close it to end them at once.

    Each takes the next part of a large file when it is done with one, so that they are done at the same time whatever the
    parts hold. ``check`` may keep a file from one part to the next.

    A process that dies takes nobody else's work with it: what it had is done again, each file by itself, and the one
    that makes a process die is reported as `lost` says.
    """
    chunks = _chunks(tasks, sizes, jobs, jobs * _PARTS_EACH)
    files = _Files(chunks)
    left: list[_Name] = []
    work = partial(_check_chunk, check, tasks)
    with Pool(work, jobs) as pool:
        for names, found in pool.each(_names(chunk.pieces) for chunk in chunks):
            if found is None:
                left += names
            else:
                yield from files.take(found)
    if left:
        yield from _one_by_one(work, left, lambda number: lost(tasks[number]), files)


def check_on(
    executor: Executor, check: Check, tasks: Sequence[Task], sizes: Sequence[int], jobs: int
) -> Generator[Done, None, None]:
    """The reports on all files, from an executor that someone else has made and will shut down.

    There are as many parts of a large file as workers, which read it anew for each.
    """
    chunks = _chunks(tasks, sizes, jobs, jobs)
    files = _Files(chunks)
    work = pickle.dumps(check)
    futures = [executor.submit(_check_elsewhere, work, chunk.pieces) for chunk in chunks]
    for future in futures:
        yield from files.take(future.result())


def _chunks(tasks: Sequence[Task], sizes: Sequence[int], jobs: int, most_parts: int) -> list[Chunk]:
    """The work in chunks, the largest files first: what is begun last is done soon. Parts of a file stay side by side."""
    limit = min(_CHUNK, sum(sizes) // (jobs * _CHUNKS_EACH) + 1)
    parts = most_parts if sum(size >= _LARGE for size in sizes) < 2 * jobs else 1
    chunks: list[Chunk] = []
    pieces: list[Piece] = []
    weight = 0
    for number, (task, size) in enumerate(zip(tasks, sizes, strict=True)):
        if size >= _LARGE:
            chunks += (Chunk((Piece(number, task, Part(index, parts)),), size) for index in range(parts))
            continue
        pieces.append(Piece(number, task, WHOLE))
        weight += size
        if weight >= limit or len(pieces) >= _MOST_FILES:
            chunks.append(Chunk(tuple(pieces), weight))
            pieces, weight = [], 0
    if pieces:
        chunks.append(Chunk(tuple(pieces), weight))
    return sorted(chunks, key=lambda chunk: -chunk.size)


class _Files:
    """Puts the parts of each file together as they come, so that no more than what was asked for is kept of it."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self._totals = Counter(piece.number for chunk in chunks for piece in chunk.pieces)
        self._parts: dict[int, list[tuple[Part, FileReport]]] = {}

    def take(self, found: _Found) -> Iterator[Done]:
        """The files that are whole with what was ``found`` now."""
        for (number, part), report in found.items():
            parts = self._parts.setdefault(number, [])
            parts.append((part, report))
            if len(parts) == self._totals[number]:
                del self._parts[number]
                yield number, join_parts([one for _, one in sorted(parts, key=itemgetter(0))])


def _one_by_one(
    work: _Work, names: Iterable[_Name], lost: Callable[[int], FileReport], files: _Files
) -> Iterator[Done]:
    """Do each piece by itself; a file is lost if one of its parts kills the process, whatever was found in the others."""
    gone: set[int] = set()
    with Pool(work, 1) as pool:
        for name in names:
            if name[0] in gone:
                continue
            ((_, found),) = pool.each([[name]])
            if found is None:
                gone.add(name[0])
                yield name[0], lost(name[0])
            else:
                yield from files.take(found)


def _names(pieces: Iterable[Piece]) -> list[_Name]:
    """The pieces by the numbers of their tasks: a process knows those, and what they hold need not travel each time."""
    return [(piece.number, piece.part) for piece in pieces]


def _check_chunk(check: Check, tasks: Sequence[Task], names: Sequence[_Name]) -> _Found:
    done = _reports(check, [Piece(number, tasks[number], part) for number, part in names])
    keep_patterns()
    return done


def _check_elsewhere(work: bytes, pieces: Sequence[Piece]) -> _Found:
    return _reports(_unpickled(work), pieces)


@lru_cache(1)
def _unpickled(work: bytes) -> Check:
    check: Check = pickle.loads(work)  # noqa: S301 - made by the process that gave us the work
    return check


def _reports(check: Check, pieces: Sequence[Piece]) -> _Found:
    with paused_collector():
        return {(piece.number, piece.part): check(piece.task, piece.part) for piece in pieces}
