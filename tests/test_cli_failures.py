"""What the command line does when something goes wrong: errors, interrupts, closed pipes, poor encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers_cli import HOUSE, ROOT, check, process, settle

from fruslint import files
from fruslint.cli import main


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch)


def test_an_unexpected_error_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a \x1b[2J bug")

    monkeypatch.setattr("fruslint.runner.run", fail)
    assert check("v") == 3
    err = capsys.readouterr().err
    assert "RuntimeError: a \\x1b[2J bug" in err
    assert "Please report this" in err
    assert "Traceback" not in err
    monkeypatch.setenv("FRUSLINT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        check("v")


def test_a_reader_that_fails_is_a_finding_and_exit_code_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(files, "read_bytes", fail)
    Path("v/d2.txt").symlink_to("nowhere")
    assert check("v") == 3
    out = capsys.readouterr().out
    assert "v/d1.txt:1:1: error LINT001 The reader failed on this file, and it was not checked: ValueError: odd." in out
    assert "  = help: please report this mistake of fruslint\n" in out
    assert "v/d2.txt:1:1: error HOUSE001 Not read: the file is gone, or a link leads nowhere." in out


def test_ctrl_c_ends_a_run_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fruslint.runner.run", stop)
    assert check("v") == 130
    assert capsys.readouterr().err == "fruslint: stopped\n"


def test_ctrl_c_in_a_process() -> None:
    words = [sys.executable, "-m", "fruslint", "check", "-"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        time.sleep(0.6)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()


def test_a_closed_pipe_ends_quietly() -> None:
    for number in range(2, 400):
        Path(f"v/d{number}.txt").write_bytes(b"\xff" * 100)
    command = f"{sys.executable} -m fruslint check {' '.join(HOUSE)} --max-per-rule 0 v | head -1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, capture_output=True, env=environ, timeout=60, check=True)
    assert done.stdout.startswith(b"v/d10.txt:1:1: error HOUSE003")
    assert done.stderr == b""


def test_a_poor_encoding_never_fails() -> None:
    Path("v/d2.txt").write_bytes("1. “é日”\n\n".encode() + b"\xff")
    Path("v/é\u202e.txt").write_bytes("“é” ".encode() + b"\xff")
    for encoding in ("ascii", "cp1252", "utf-8"):
        done = process("check", *HOUSE, "v", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (1, b"")
        done.stdout.decode(encoding)
    done = process("check", *HOUSE, "v", "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("utf-8"))["findings"][1]["path"] == "v/é\u202e.txt"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["check", *HOUSE, "v"], ["--help"], ["--version"]])
def test_an_output_that_is_full_is_said(words: list[str], unbuffered: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
        line = [sys.executable, "-m", "fruslint", *words]
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, env=environ, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.lower().endswith(b"cannot be written: no space left on device\n")
    assert done.stderr.count(b"\n") == 1, "one failure is said once"


@pytest.mark.skipif(os.name == "nt", reason="a limit on the size of files is one of Unix")
def test_init_leaves_nothing_behind_where_it_cannot_write() -> None:
    line = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", sys.executable, "-m", "fruslint", "init"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(line, capture_output=True, env=environ, timeout=60, check=False)
    assert done.returncode == 2
    assert b"fruslint.yaml: cannot be written: file too large\n" in done.stderr
    assert not Path("fruslint.yaml").exists()


@pytest.mark.parametrize("words", [["check", *HOUSE, "v"], ["--version"], ["--help"], ["check", "--help"], []])
def test_no_streams_at_all(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(words) == (0 if words else 2)
