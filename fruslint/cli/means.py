"""The options that say who does the work of a run: how many processes, and what is known from earlier runs."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError, Namespace, _ArgumentGroup
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fruslint.cli.keeping import folder_for
from fruslint.cli.parser import Parser
from fruslint.cli.progress import shown_progress
from fruslint.terminal import visible

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from fruslint.cache.store import Cache
    from fruslint.cli.session import Session
    from fruslint.processes.work import Means

_MOST_JOBS = 256
# Bytes from which on it pays to ask what is known from earlier runs.
_WORTH_A_CACHE = 750_000


def add_means(parser: Parser) -> None:
    """Add the options."""
    group = add_jobs(parser)
    group.add_argument(
        "--executor", metavar="ADDRESS", help="let the workers of a cluster do it, such as dask://HOST:PORT"
    )
    group.add_argument("--no-cache", action="store_true", help="check every file, known or not, and keep nothing")
    group.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        help="keep what is found in files here (see `fruslint cache`), not in your home",
    )


def add_jobs(parser: Parser) -> _ArgumentGroup:
    """Add the option for the number of processes alone; returns its group."""
    group = parser.add_argument_group("speed")
    group.add_argument(
        "--jobs", type=jobs, default="auto", metavar="N", help="so many processes; auto (the default): as many as pay"
    )
    return group


def jobs(value: str) -> int:
    """A type of argument: a number of processes, 0 for ``auto``."""
    if value == "auto":
        return 0
    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= _MOST_JOBS:
        return int(value)
    raise ArgumentTypeError(f"`{value}` is not auto or a number of processes from 1 to {_MOST_JOBS}")


@contextmanager
def means_of(options: Namespace, session: Session) -> Iterator[Means]:
    """What the options give to a session to work with; says what is wrong with the cache, if anything is."""
    from fruslint.processes.work import Means

    cache = _cache(options, session)
    try:
        with _crew(options) as (executor, size), shown_progress(len(session.tasks)) as tell:
            yield Means(size or options.jobs, executor, cache, tell)
    finally:
        if cache is not None:
            cache.close()
    if cache is not None and cache.problem:
        sys.stderr.write(
            f"fruslint: the cache cannot be used, and every file was checked: {visible(cache.problem)}\n"
            "  `fruslint cache clear` begins a new one; --no-cache does without\n"
        )


@contextmanager
def _crew(options: Namespace) -> Iterator[tuple[Executor | None, int]]:
    if options.executor is None:
        yield None, 0
        return
    from fruslint.processes.cluster import open_crew

    with open_crew(options.executor) as crew:
        yield crew


def _cache(options: Namespace, session: Session) -> Cache | None:
    folder = folder_for(options)
    if folder is None or (options.cache_dir is None and not _pays(session)):
        return None
    from fruslint.cache.store import Cache

    return Cache(folder, session.engine.settings)


def _pays(session: Session) -> bool:
    size = 0
    for task in session.tasks:
        try:
            size += os.stat(task.found.file).st_size  # noqa: PTH116 - asked of every file
        except (OSError, ValueError):
            continue
        if size >= _WORTH_A_CACHE:
            return True
    return False
