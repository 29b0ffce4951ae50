"""Several reports in one run, where they go, and what happens when they cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers_cli import HOUSE, ROOT, check, settle

from fruslint import atomic
from fruslint.cli import main
from fruslint.reporters import FORMATS


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch)
    Path("v/d2.txt").write_bytes(b"\xff")


def test_what_sarif_leaves_out_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("fruslint.reporters.sarif.results.MOST_RESULTS", 2)
    for number in (3, 4):
        Path(f"v/d{number}.txt").write_bytes(b"\xff")
    assert check("v", "--format", "sarif=out.sarif") == 1
    assert len(json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 2
    assert "SARIF holds 2 results, which is what code scanning takes; 1 more are left out" in capsys.readouterr().err


def test_several_reports_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v", "--format", "text", "--format", "json=out.json", "--format", "sarif=a=b.sarif") == 1
    assert "v/d2.txt:1:1: error HOUSE003" in capsys.readouterr().out
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["findings"][0]["rule"] == "HOUSE003"
    assert json.loads(Path("a=b.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_reports_in_files_only_leave_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v", *(word for name in FORMATS for word in ("--format", f"{name}=out.{name}"))) == 1
    assert capsys.readouterr() == ("", "")
    assert all(Path(f"out.{name}").stat().st_size for name in FORMATS)


def test_a_dash_stands_for_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v", "--format", "concise=-") == 1
    assert capsys.readouterr().out.startswith("v/d2.txt:1:1: error HOUSE003")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "text", "--format", "json"], "two reports would go to standard output: text and json; give one"),
        (["--format", "text=a", "--format", "json=./a"], "two reports would go to ./a: text and json; give one a file"),
        (["--format", "json=a", "--output", "b"], "--output b has no report: each --format names a file of its own"),
        (["--format", "sarif="], "--format: `sarif=` names no file behind the ="),
        (["--format", "serif=x"], "--format: there is no `serif`; did you mean `sarif`?"),
        (["--format", "pdf"], "--format: there is no `pdf` (it can be text, concise, json, "),
        (["--format", "sarif=v"], "--format sarif names a folder, not a file: v"),
        (["--format", "sarif=w/x"], "the folder of --format sarif w/x does not exist"),
        (["--format", "json", "--output", "v/d1.txt/x"], "the folder of --output v/d1.txt/x does not exist"),
    ],
)
def test_outputs_that_cannot_be_written_are_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "v", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_an_earlier_report_is_left_as_it_was_where_a_new_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out.json").write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert check("v", "--format", "json=out.json") == 2
    assert capsys.readouterr().err == "fruslint: --format json out.json cannot be written: no space left on device\n"
    assert Path("out.json").read_text(encoding="utf-8") == "old"
    assert not [path for path in Path().iterdir() if path.name.endswith(".part")]


def test_a_folder_that_may_not_be_written_to_is_not_said_to_be_unreadable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.fsync", refuse)
    for words, name in (["check", "v", "--output", "r.txt"], "--output r.txt"), (["init"], "fruslint.yaml:"):
        assert main(words) == 2
        said = f"fruslint: {name} cannot be written: there is no permission to write it\n"
        assert capsys.readouterr().err == said


def test_ctrl_c_leaves_no_half_report() -> None:
    def stopped() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        atomic.write_whole("out.json", stopped())
    assert not Path("out.json").exists()
    assert sorted(path.name for path in Path().iterdir()) == ["house", "v"]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    Path("real.json").write_text("old", encoding="utf-8")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")
    atomic.write_whole("link.json", [b"new"])
    assert Path("link.json").is_symlink()
    assert Path("real.json").read_bytes() == b"new"
    assert Path("real.json").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_as_it_is() -> None:
    assert check("v", "--format", "json", "--output", os.devnull) == 1
    assert not Path(os.devnull).is_file()


def test_reports_are_not_checked_themselves() -> None:
    words = (".", "--format", "checkstyle=report.xml", "--format", "text=report.txt")
    assert check(*words) == check(*words) == 1
    assert "Checked 1 document in 2 files" in Path("report.txt").read_text(encoding="utf-8")


def test_files_are_written_before_a_closed_pipe_ends_the_run() -> None:
    for number in range(3, 300):
        Path(f"v/d{number}.txt").write_bytes(b"\xff" * 100)
    words = f"{' '.join(HOUSE)} --max-per-rule 0 v --format text --format jsonl=out.jsonl"
    command = f"{sys.executable} -m fruslint check {words} | head -1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, shell=True, capture_output=True, env=environ, timeout=60, check=True)
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 298


def test_reports_are_written_even_where_nothing_is_left_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v/d1.txt", "--exclude", "v", "--format", "sarif=out.sarif", "--format", "text") == 0
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []
    assert capsys.readouterr().err.startswith("fruslint: nothing to check: all files are left out")
