"""What somebody sees who waits for a long run."""

from __future__ import annotations

import io
import os
import re
import select
import sys
from pathlib import Path

import pytest
from helpers_cli import check, settle

from fruslint.cli import progress
from fruslint.cli.progress import Progress


class Clock:
    """Time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_shown_of_a_run_that_is_soon_over() -> None:
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, 1000, clock)
    for _ in range(999):
        clock.now += 0.001
        shown.tell(1)
    shown.clear()
    assert stream.getvalue() == ""


def test_a_long_run_shows_how_far_it_is_and_leaves_nothing_behind() -> None:
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, 2082, clock)
    for files in (900, 500, 600, 82):
        clock.now += 0.6
        shown.tell(files)
        shown.tell(0)
    shown.clear()
    parts = stream.getvalue().split("\r")[1:]
    assert parts[:2] == ["checked 1,400 of 2,082 files", "checked 2,000 of 2,082 files"]
    assert parts[2:] == [" " * len(parts[1]), ""]


def test_the_last_file_is_not_told_of() -> None:
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, 2, clock)
    clock.now = 9.0
    shown.tell(2)
    shown.clear()
    assert stream.getvalue() == ""


def all_of(leader: int) -> str:
    """What stands in a terminal, which gives it out bit by bit."""
    said = b""
    while select.select([leader], [], [], 0.2)[0]:
        said += os.read(leader, 100_000)
    return said.decode("utf-8")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to open here")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_shown_on_a_terminal_only(jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch)
    for number in range(2, 101):
        Path(f"v/d{number}.txt").write_text("1. Telegram\n\nHe said it.\n", encoding="utf-8")
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    leader, follower = os.openpty()
    with os.fdopen(follower, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert check("v", "--jobs", jobs, "--no-cache") == 0
        said = all_of(leader)
        assert re.match(r"\rchecked \d+ of 100 files\r", said)
        assert said.endswith("\r")
        monkeypatch.setenv("TERM", "dumb")
        assert check("v", "--no-cache") == 0
        os.set_blocking(leader, False)
        with pytest.raises(BlockingIOError):
            os.read(leader, 1)
    os.close(leader)


def test_in_a_pipe_nothing_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(tmp_path, monkeypatch)
    Path("v/d2.txt").write_text("1. Telegram\n\nHe said it.\n", encoding="utf-8")
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    assert check("v") == 0
    assert capsys.readouterr().err == ""
