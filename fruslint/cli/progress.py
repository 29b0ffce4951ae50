"""How far a long run has come, for somebody who waits for it at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_PATIENCE = 1.0  # seconds: until then nobody wonders
_PAUSE = 0.1


class Progress:
    """One line that is written over and over; nothing at all in a run that is soon over."""

    def __init__(self, stream: TextIO, files: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._files, self._clock = stream, files, clock
        self._done = 0
        self._width = 0
        self._next = clock() + _PATIENCE

    def tell(self, files: int) -> None:
        """So many more files are done."""
        self._done += files
        now = self._clock()
        if now < self._next or self._done >= self._files:
            return
        self._next = now + _PAUSE
        line = f"checked {self._done:,} of {self._files:,} files"
        self._write(f"\r{line:<{self._width}}")
        self._width = len(line)

    def clear(self) -> None:
        """Take the line away, if there is one."""
        if self._width:
            self._write(f"\r{' ' * self._width}\r")
            self._width = 0

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def shown_progress(files: int) -> Iterator[Callable[[int], None]]:
    """What to call when files are done; it shows something only where standard error is a terminal."""
    stream = sys.stderr
    if stream is None or files < 2 or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield _nobody_waits
        return
    progress = Progress(stream, files)
    try:
        yield progress.tell
    finally:
        progress.clear()


def _nobody_waits(_: int) -> None:
    return
