"""Processes of this machine that do one piece of work at a time.

Each is given its next piece when it hands in the last, through a pipe of its own, so that it is known which piece a
process died of. `concurrent.futures` does not tell, and takes a tenth of the time of a memorandum to load.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from fruslint.record import Record

_Piece = TypeVar("_Piece")
_Made = TypeVar("_Made")
# Windows waits for no more than 63 at a time.
_MOST = 60 if sys.platform == "win32" else 1_000


class _Answer(Record):
    """What a process hands in: what it made of a piece, or the error that it met."""

    made: Any
    error: Exception | None


class _Worker(Record):
    """A process, and this end of its pipe."""

    process: BaseProcess
    connection: Connection


def are_copies() -> bool:
    """Whether processes begin as copies of this one, with all that it has made: on Linux. Elsewhere they begin afresh.

    So they do where this process has threads: a copy would have their locks, and nobody to open them.
    """
    return sys.platform == "linux" and threading.active_count() == 1


class Pool(Generic[_Piece, _Made]):
    """Up to ``jobs`` processes that do ``work``; to leave it by an error, Ctrl-C too, ends them at once.

    Pieces, and what is made of them, travel as pickles; so does the work where processes begin afresh.
    """

    def __init__(self, work: Callable[[_Piece], _Made], jobs: int) -> None:
        self._work = work
        self._jobs = min(jobs, _MOST)
        self._copies = are_copies()
        self._idle: list[_Worker] = []
        self._busy: dict[Any, tuple[_Worker, _Piece]] = {}

    def __enter__(self) -> Pool[_Piece, _Made]:
        return self

    def __exit__(self, *_: object) -> None:
        for busy in self._busy.values():
            busy[0].process.terminate()
        for worker in self._idle:
            worker.connection.close()  # it goes when it sees that there is no more to do; Python waits for it at its end

    def each(self, pieces: Iterable[_Piece]) -> Iterator[tuple[_Piece, _Made | None]]:
        """Each piece with what was made of it, as it comes; None for one that a process died of.

        Raises what the work raises.
        """
        left = deque(pieces)
        self._set_to_work(left)
        while self._busy:
            handed_in = [self._handed_in(connection) for connection in wait(list(self._busy))]
            self._set_to_work(left)  # before that is opened
            for piece, answer in handed_in:
                yield piece, None if answer is None else _opened(answer)

    def _set_to_work(self, left: deque[_Piece]) -> None:
        while left and len(self._busy) < self._jobs:
            worker = self._idle.pop() if self._idle else self._begun()
            piece = left.popleft()
            self._busy[worker.connection] = (worker, piece)
            with suppress(OSError):  # one that has died is met when it is waited for
                worker.connection.send(piece)

    def _begun(self) -> _Worker:
        """A new process. The ends of its pipe are nobody else's: each sees when the other is gone."""
        context = multiprocessing.get_context("fork") if self._copies else multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        ours = [here, *self._busy, *(worker.connection for worker in self._idle)]
        process = context.Process(target=_serve, args=(self._work, there, ours if self._copies else ()))
        process.start()
        there.close()
        return _Worker(process, here)

    def _handed_in(self, connection: Any) -> tuple[_Piece, bytes | None]:
        worker, piece = self._busy.pop(connection)
        try:
            answer = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.connection.close()
            return piece, None
        self._idle.append(worker)
        return piece, answer


def _opened(data: bytes) -> Any:
    answer: _Answer = pickle.loads(data)  # noqa: S301 - made by a process of ours
    if answer.error is not None:
        raise answer.error
    return answer.made


def _serve(work: Callable[[_Piece], _Made], connection: Connection, others: Iterable[Connection]) -> None:
    """Do each piece that comes, until no more can come. Ctrl-C ends it at once: who began it says so to the user.

    A copy of the process that began it has the ends of ``others`` too.
    """
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    with suppress(EOFError, OSError):
        while True:
            connection.send_bytes(_answer(work, connection.recv()))


def _answer(work: Callable[[_Piece], _Made], piece: _Piece) -> bytes:
    # A connection would pickle it too, by a slower way that knows how to send connections.
    try:
        return pickle.dumps(_Answer(work(piece), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> bytes:
    """The error with where it was met as a note; one that cannot be sent is told in words."""
    from traceback import format_exc

    error.add_note(format_exc())
    try:
        answer = pickle.dumps(_Answer(None, error))
        pickle.loads(answer)  # noqa: S301 - made right here
    except Exception:
        return pickle.dumps(_Answer(None, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _stop(*_: object) -> None:
    os._exit(130)
