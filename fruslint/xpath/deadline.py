"""Ends the wait for work that nothing can interrupt: lxml does not return before an expression is evaluated."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

_Result = TypeVar("_Result")


class DeadlineError(Exception):
    """The work took too long; it goes on in the background until the process ends."""


class _Work(Thread, Generic[_Result]):
    """Work in a thread of its own that does not keep the process alive."""

    def __init__(self, work: Callable[[Event], _Result]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.given_up = Event()
        self.results: list[_Result] = []
        self.error: Exception | None = None

    def run(self) -> None:
        """Do the work, and keep what it comes to."""
        try:
            self.results.append(self._work(self.given_up))
        except Exception as error:  # raised again by the one who waits
            self.error = error


def within(seconds: float, work: Callable[[Event], _Result]) -> _Result:
    """What ``work`` returns or raises, and DeadlineError if that takes longer; it is given an event that tells it so."""
    thread = _Work(work)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        thread.given_up.set()
        raise DeadlineError
    if thread.error is not None:
        raise thread.error
    return thread.results[0]
