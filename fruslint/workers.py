"""Shares the work of a run among processes.

The work is cut into *chunks*: many small files together, one large file alone, and a part of the documents of a large
file where there are too few files to keep all processes busy. What comes back is put together in the order of the
files, so that a run gives the same whoever did the work.

Any `concurrent.futures.Executor` will do: the processes of this machine, or those of a cluster.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import lru_cache

from fruslint.collector import paused_collector
from fruslint.filereport import WHOLE, FileReport, Part, join_parts
from fruslint.files import Task
from fruslint.patterns import keep_patterns
from fruslint.record import Record

Check = Callable[[Task, Part], FileReport]
"""Checks a part of a file. It must be possible to pickle it."""
Lost = Callable[[Task], FileReport]
"""What to report for a file whose process died."""
Tell = Callable[[int], None]
"""Is told of each number of files that are done."""

_LARGE = 1_000_000
_CHUNK = 500_000
_MOST_FILES = 100
_CHUNKS_EACH = 8
_PARTS_EACH = 8


def _nobody(_: int) -> None:
    return


class Piece(Record):
    """A part of one file: the place of its task in the run, the task, and which part."""

    number: int
    task: Task
    part: Part


class Chunk(Record):
    """What a process is given at a time, and how many bytes the files in it have."""

    pieces: tuple[Piece, ...]
    size: int


Done = dict[tuple[int, Part], FileReport]


def check_in_processes(
    check: Check, tasks: Sequence[Task], sizes: Sequence[int], jobs: int, lost: Lost, tell: Tell = _nobody
) -> list[FileReport]:
    """The reports on all files, in order, from ``jobs`` processes of this machine.

    Each takes the next part of a large file when it is done with one, so that they are done at the same time whatever the
    parts hold. ``check`` may keep a file from one part to the next.

    A process that dies takes nobody else's work with it: what it had is done again, each file by itself, and the one
    that makes a process die is reported as `lost` says.
    """
    chunks = _chunks(tasks, sizes, jobs, jobs * _PARTS_EACH)
    done: Done = {}
    with _processes(check, tasks, jobs) as executor, suppress(BrokenProcessPool):
        _gather((executor.submit(_check_chunk, _names(chunk.pieces)) for chunk in chunks), done, tell)
    left: Sequence[Piece] = [
        piece for chunk in chunks for piece in chunk.pieces if (piece.number, piece.part) not in done
    ]
    while left:
        left = _one_by_one(check, tasks, left, lost, done)
    return _joined(len(tasks), done)


def check_on(
    executor: Executor, check: Check, tasks: Sequence[Task], sizes: Sequence[int], jobs: int, tell: Tell
) -> list[FileReport]:
    """The reports on all files, in order, from an executor that someone else has made and will shut down.

    There are as many parts of a large file as workers, which read it anew for each.
    """
    chunks = _chunks(tasks, sizes, jobs, jobs)
    work = pickle.dumps(check)
    done: Done = {}
    futures = [executor.submit(_check_elsewhere, work, chunk.pieces) for chunk in chunks]
    for future in futures:
        _take(future, done, tell)
    return _joined(len(tasks), done)


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


def _take(future: Future[Done], done: Done, tell: Tell) -> None:
    found = future.result()
    done.update(found)
    tell(sum(number == 0 for _, (number, _) in found))  # a cluster makes plain tuples of its keys


def _gather(futures: Iterable[Future[Done]], done: Done, tell: Tell) -> None:
    """Put the results into ``done`` as they come; raises BrokenProcessPool with those that came before it."""
    waiting = set(futures)
    broken: BrokenProcessPool | None = None
    while waiting:
        ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in ready:
            try:
                _take(future, done, tell)
            except BrokenProcessPool as error:
                broken = error
    if broken is not None:
        raise broken


def _joined(count: int, done: Done) -> list[FileReport]:
    parts: list[list[FileReport]] = [[] for _ in range(count)]
    for number, part in sorted(done):
        parts[number].append(done[number, part])
    return [join_parts(found) for found in parts]


def _one_by_one(
    check: Check, tasks: Sequence[Task], pieces: Sequence[Piece], lost: Lost, done: Done
) -> Sequence[Piece]:
    """Do pieces one after the other until one kills the process, which is lost; what is left then."""
    with _processes(check, tasks, 1) as executor:
        for number, piece in enumerate(pieces, 1):
            try:
                done.update(executor.submit(_check_chunk, _names([piece])).result())
            except BrokenProcessPool:
                _lose(piece, lost, done)
                return [other for other in pieces[number:] if other.number != piece.number]
    return ()


def _lose(piece: Piece, lost: Lost, done: Done) -> None:
    """Report a file as lost, whichever part of it killed a process; what was found in other parts is not all of it."""
    for key in [key for key in done if key[0] == piece.number]:
        del done[key]
    done[piece.number, WHOLE] = lost(piece.task)


@contextmanager
def _processes(check: Check, tasks: Sequence[Task], jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that know the check and the tasks; whatever goes wrong, Ctrl-C too, ends them at once."""
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(jobs, _context(), _prepare, (check, tasks))
    try:
        yield executor
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        executor.shutdown(cancel_futures=True)  # or the end of the program finds its thread half gone
        raise
    executor.shutdown()


def are_copies() -> bool:
    """Whether processes begin as copies of this one, with all that it has made: on Linux. Elsewhere they begin afresh.

    So they do where this process has threads: a copy would have their locks, and nobody to open them.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _context() -> multiprocessing.context.BaseContext:
    return multiprocessing.get_context("fork" if are_copies() else "spawn")


_work: tuple[Check, Sequence[Task]] | None = None


def _prepare(check: Check, tasks: Sequence[Task]) -> None:
    """Begin a process: it knows the work, and goes at once when Ctrl-C is pressed; its parent says so to the user."""
    global _work  # noqa: PLW0603 - a process of the pool has no other place to keep it
    _work = check, tasks
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    os._exit(130)


def _names(pieces: Iterable[Piece]) -> list[tuple[int, Part]]:
    """The pieces by the numbers of their tasks: a process knows those, and what they hold need not travel each time."""
    return [(piece.number, piece.part) for piece in pieces]


def _check_chunk(names: Sequence[tuple[int, Part]]) -> Done:
    if _work is None:
        raise RuntimeError("the process was not prepared")
    check, tasks = _work
    done = _reports(check, [Piece(number, tasks[number], part) for number, part in names])
    keep_patterns()
    return done


def _check_elsewhere(work: bytes, pieces: Sequence[Piece]) -> Done:
    return _reports(_unpickled(work), pieces)


@lru_cache(1)
def _unpickled(work: bytes) -> Check:
    check: Check = pickle.loads(work)  # noqa: S301 - made by the process that gave us the work
    return check


def _reports(check: Check, pieces: Sequence[Piece]) -> Done:
    with paused_collector():
        return {(piece.number, piece.part): check(piece.task, piece.part) for piece in pieces}
