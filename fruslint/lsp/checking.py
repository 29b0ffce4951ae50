"""Checks what is typed in a process of its own, so that the editor never waits for it.

A check begins when nobody has typed for a moment, and is begun anew for a text that changed in the meantime.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import TypeVar

from fruslint.errors import ConfigurationError
from fruslint.findings import Finding
from fruslint.record import Record

PAUSE = 0.25
"""Seconds without a change after which a text is checked."""
PATIENCE = 120.0
"""Seconds after which a check is given up."""


class About(Record):
    """What a finding's rule is about, for those who ask."""

    name: str
    summary: str
    why: str
    exits: tuple[str, ...]


class Checked(Record):
    """What was found in a text, and the rules that found it; ``problem`` is why it could not be checked."""

    findings: tuple[Finding, ...] = ()
    rules: dict[str, About] = {}  # noqa: RUF012 - nobody adds to it
    problem: str = ""


Result = TypeVar("Result")
Tell = Callable[[str, int, Checked], None]


class Checker:
    """Checks texts one after the other, the latest version of each, and tells what was found in which version."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._process: ProcessPoolExecutor | None = None
        self._waiting: dict[str, tuple[str, int]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._running: asyncio.Task[None] | None = None

    def ask(self, path: str, text: str, version: int, pause: float = PAUSE) -> None:
        """Have a text checked after a pause, unless it changes before."""
        self.forget(path)
        self._waiting[path] = (text, version)
        self._timers[path] = asyncio.get_running_loop().call_later(pause, self._begin, path)

    def forget(self, path: str) -> None:
        """Do not check a text any more."""
        self._waiting.pop(path, None)
        timer = self._timers.pop(path, None)
        if timer is not None:
            timer.cancel()

    def _begin(self, path: str) -> None:
        self._timers.pop(path, None)
        if self._running is None:
            self._running = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        try:
            while ready := next((path for path in self._waiting if path not in self._timers), None):
                text, version = self._waiting.pop(ready)
                self._tell(ready, version, await self._checked(ready, text))
        finally:
            self._running = None

    async def _checked(self, path: str, text: str) -> Checked:
        from fruslint.lsp.session import check_text

        try:
            return await self.elsewhere(check_text, path, text)
        except ConfigurationError as error:
            return Checked(problem=str(error))

    async def elsewhere(self, function: Callable[..., Result], *arguments: object) -> Result:
        """What a function gives in the process for checks; raises ConfigurationError, also where it gives nothing."""
        if self._process is None:
            # Begun afresh: this process has threads and open pipes that a copy of it must not have.
            self._process = ProcessPoolExecutor(1, get_context("spawn"))
        waiting = asyncio.get_running_loop().run_in_executor(self._process, function, *arguments)
        try:
            return await asyncio.wait_for(waiting, PATIENCE)
        except BrokenProcessPool:
            problem = "the process that checked this file died; it may have used too much memory"
        except TimeoutError:
            problem = f"the check took more than {PATIENCE:.0f} seconds and was given up"
        self.close()
        raise ConfigurationError(problem)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            workers = list((process._processes or {}).values())
            process.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                with suppress(ProcessLookupError):
                    worker.terminate()
