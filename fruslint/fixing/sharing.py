"""Has the volumes of a run fixed by several processes, each volume by one of them, which writes its files too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fruslint.files import Task, lost_file
from fruslint.fixing.filework import Result
from fruslint.memory import paused_collector
from fruslint.processes.pool import Pool
from fruslint.processes.work import size_of

Volume = Sequence[Task]
"""The files that are fixed together."""
Fix = Callable[[Volume], list[Result]]


def fix_in_processes(fix: Fix, volumes: Sequence[Volume], jobs: int) -> list[list[Result]]:
    """What became of the files of each volume, in order; the largest volumes are begun first.

    A volume whose process dies is done again by itself: its files are what they were, or fixed. They are reported if
    their process dies again.
    """
    sizes = [sum(map(size_of, volume)) for volume in volumes]
    work = partial(_fixed, fix, volumes)
    with Pool(work, jobs) as pool:
        done = dict(pool.each(sorted(range(len(volumes)), key=lambda number: -sizes[number])))
    for number in [number for number, results in done.items() if results is None]:
        with Pool(work, 1) as pool:
            done |= pool.each([number])
    return [done[number] or list(map(_lost, volume)) for number, volume in enumerate(volumes)]


def _fixed(fix: Fix, volumes: Sequence[Volume], number: int) -> list[Result]:
    with paused_collector():
        return fix(volumes[number])


def _lost(task: Task) -> Result:
    return Result(lost_file(task), {})
