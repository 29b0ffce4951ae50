"""Reading and checking many files: large ones, closed ones, and in whatever order."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
from helpers_cli import check, settle

from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.files import Task, read
from fruslint.rules import load_rules
from fruslint.runner import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch)


def test_a_file_above_the_limit_is_not_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("v/big.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert check("v/big.txt") == 1
    assert "Too large: 100 MiB, more than 64 MiB." in capsys.readouterr().out


def test_a_long_line_below_the_limit_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("v/long.txt").write_bytes(b"1. Telegram\n\n" + b"He said it. " * 400_000 + b"\xff")
    began = time.perf_counter()
    assert check("v/long.txt") == 1
    assert time.perf_counter() - began < 5
    assert "v/long.txt:3:4800001: error HOUSE003" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "there is no permission to read it"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "the file is gone, or a link leads nowhere"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(error: OSError, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    (anomaly,) = read(Task(Found("v/d1.txt", "v/d1.txt"))).anomalies
    assert (anomaly.kind, anomaly.values) == ("unreadable", {"detail": said})


def test_a_file_that_became_a_pipe_does_not_hang() -> None:
    os.mkfifo("v/pipe.txt")
    (anomaly,) = read(Task(Found("v/pipe.txt", "v/pipe.txt"))).anomalies
    assert anomaly.values == {"detail": "it is a pipe, not a file"}


def test_the_order_of_the_files_makes_no_difference() -> None:
    for number in range(2, 30):
        Path(f"v/d{number}.txt").write_bytes(b"\xff" if number % 3 else b"")
    engine = Engine(load_rules([Path("house")]))
    tasks = [Task(Found(path.as_posix(), str(path))) for path in sorted(Path("v").iterdir())]
    forward, backward = run(engine, tasks, 3), run(engine, reversed(tasks), 3)
    assert forward.findings == backward.findings
    assert forward.rules == backward.rules
    assert [finding.more for finding in forward.findings] == [0, 0, 0, 16, 0, 6]
