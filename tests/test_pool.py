"""Processes that do one piece at a time: nothing is lost when one of them dies, and none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fruslint.pool import Pool

_DEADLY = 13


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    yield
    deadline = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not multiprocessing.active_children()


def squared(number: int) -> tuple[int, int]:
    """The square of a number, and the process that made it; one number kills it."""
    if number == _DEADLY:
        os.kill(os.getpid(), signal.SIGTERM)
    if number < 0:
        raise ValueError(str(number))
    return number * number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_piece_comes_back_with_what_was_made_of_it(jobs: int) -> None:
    with Pool(squared, jobs) as pool:
        for pieces in (range(8), range(20, 24), ()):
            found = {piece: made and made[0] for piece, made in pool.each(pieces)}
            assert found == {piece: piece * piece for piece in pieces}


def test_no_more_processes_begin_than_there_are_pieces() -> None:
    with Pool(squared, 8) as pool:
        processes = {made and made[1] for _, made in pool.each(range(3))}
        processes |= {made and made[1] for _, made in pool.each(range(3))}
    assert len(processes) <= 3


def test_a_process_that_dies_takes_one_piece_with_it() -> None:
    with Pool(squared, 2) as pool:
        found = dict(pool.each(range(30)))
        assert [piece for piece, made in found.items() if made is None] == [_DEADLY]
        assert len(found) == 30
        assert dict(pool.each([_DEADLY])) == {_DEADLY: None}
        ((_, made),) = pool.each([3])
        assert made is not None


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="-1"), Pool(squared, 2) as pool:
        list(pool.each([1, -1, 2]))


def test_processes_that_begin_afresh_do_the_same() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        with Pool(squared, 2) as pool:
            assert {piece: made and made[0] for piece, made in pool.each(range(4))} == {0: 0, 1: 1, 2: 4, 3: 9}
    finally:
        over.set()
        other.join()


@pytest.mark.skipif(sys.platform != "linux", reason="how to tell that a process is gone is another matter elsewhere")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    program = """if True:
        import os, signal
        from fruslint.pool import Pool
        def work(number):
            return os.getpid()
        with Pool(work, 3) as pool:
            print(*(made for _, made in pool.each(range(12))), flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    processes = [Path("/proc", name) for name in set(done.stdout.split())]
    assert processes
    deadline = time.monotonic() + 10
    while any(map(Path.exists, processes)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(Path.exists, processes))
