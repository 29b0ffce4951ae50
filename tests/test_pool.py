"""Processes that do one piece at a time: nothing is lost when one of them dies, and none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fruslint.processes.pool import Pool

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


def test_what_the_work_raises_is_raised_with_the_place_where_it_was() -> None:
    with pytest.raises(ValueError, match="-1") as raised, Pool(squared, 2) as pool:
        list(pool.each([1, -1, 2]))
    assert "in squared" in raised.value.__notes__[0]


class TwoWordsError(Exception):
    """An error that cannot be made again from its message."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def troubled(number: int) -> object:
    if number == 1:
        raise TwoWordsError("not", "good")
    return lambda: number


def test_what_cannot_be_sent_is_told_in_words() -> None:
    for number, said in ((1, "TwoWordsError: not good"), (2, "lambda")):
        with pytest.raises((RuntimeError, AttributeError, pickle.PicklingError), match=said), Pool(troubled, 2) as pool:
            list(pool.each([number]))


@pytest.mark.skipif(sys.platform != "linux", reason="how to tell that a process is gone is another matter elsewhere")
def test_no_process_is_left_when_a_run_is_over(tmp_path: Path, root: Path) -> None:
    (tmp_path / "d1.txt").write_text(
        "1. Memorandum\n\nHe left.\n" + "He said that he would come. " * 20_000, encoding="utf-8"
    )
    (tmp_path / "d2.txt").write_text("2. Memorandum\n\nHe left.\n", encoding="utf-8")
    command = [sys.executable, "-m", "fruslint", "check", "--no-cache", "--jobs", "2", "--quiet", str(tmp_path)]
    with subprocess.Popen(command, cwd=root, start_new_session=True, stderr=subprocess.PIPE) as process:
        assert process.communicate(timeout=60)[1] == b""
    assert [stat for stat in Path("/proc").glob("[0-9]*/stat") if session_of(stat) == process.pid] == []


def session_of(stat: Path) -> int:
    try:
        return int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[3])
    except OSError:  # it has just gone
        return 0


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
        from fruslint.processes.pool import Pool
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
