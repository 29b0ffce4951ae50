"""Leaves Python's search for circular garbage off where there is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
