"""Bounds the time that a rule may take on a file, so that one house rule cannot hold up a run for ever.

An expression that is slow by a power of the length of a text cannot be told from a quick one before it runs. A rule of
someone else is given some seconds for each file; when they are over it is interrupted, reported, and not used any more.
Seconds are those of the processor: a busy computer changes nothing. Built-in rules are trusted, and cost nothing.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from fruslint.errors import NotCheckedError

SECONDS = 5.0


class TooSlowError(NotCheckedError):
    """A rule took too long on a file."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it took more than {seconds:g} seconds on this file, and is not used any more in this run")


class Patience:
    """That with one rule: the seconds left for it on the file at hand, and whether it is still used at all."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._source: Any = None
        self._left = seconds
        self._lost = False

    def listed(self, call: Callable[[Any], Iterable[Any]]) -> Callable[[Any], list[Any]]:
        """``call`` with its results in a list, within the time; raises TooSlowError once, and finds nothing after that."""

        def bounded(thing: Any) -> list[Any]:
            found: list[Any] = self._within(lambda: list(call(thing)), thing, [])
            return found

        return bounded

    def single(self, call: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """``call`` within the time, as above; it gives None after that."""

        def bounded(thing: Any) -> Any:
            return self._within(lambda: call(thing), thing, None)

        return bounded

    def _within(self, work: Callable[[], Any], thing: Any, otherwise: Any) -> Any:
        if self._lost:
            return otherwise
        if thing.source is not self._source:
            self._source, self._left = thing.source, self._seconds
        began = time.process_time()
        try:
            with _interrupted_after(self._left):
                result = work()
            self._left -= time.process_time() - began
        except _Interrupted:
            self._left = 0.0
        if self._left > 0:
            return result
        self._lost = True
        raise TooSlowError(self._seconds)


class _Interrupted(BaseException):
    """The time is over; no `except Exception` of a check may take it for something else."""


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Raises _Interrupted within the block when the time is over, where the system can interrupt work at all.

    Where it cannot, the rule is not used again after the first time that it was too slow.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _interrupt)
    left, _ = signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, left)
        signal.signal(signal.SIGPROF, signal.SIG_DFL if before is None else before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _Interrupted
