"""Leaves Python's search for circular garbage off where there is none, and has memory of large files given back."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# As the library has it until it learns from what is freed.
_LARGE = 128 * 1024
_M_MMAP_THRESHOLD = -3


@contextmanager
def paused_collector() -> Iterator[None]:
    """Within this no search is made.

    Reading and checking make objects by the hundred thousand, without circles: they go when the last name for them goes.
    To look through them for circles takes a sixth of a run.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@cache
def return_large_blocks() -> None:
    """Have the C library of Linux keep each large block apart, so that it goes back to the system when it is freed.

    Once a block of some megabytes was freed, it puts later ones among the small ones, and these hold them where they are:
    a tenth of the memory of a run over volumes. Other systems have no such setting. Source: mallopt(3).
    """
    if sys.platform == "linux":
        import ctypes  # runs without a large file need none of it

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:  # musl, another C library, has no such setting either
            mallopt(_M_MMAP_THRESHOLD, _LARGE)
