"""Volumes fixed by several processes come out as by one, and a process that dies takes no file with it."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from fruslint.cli import main
from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.files import Task
from fruslint.fixing.filework import Kept
from fruslint.fixing.volumes import FixedRun, Fixer
from fruslint.fixing.writing import write_fixed
from fruslint.rules import builtin_rules

CORPUS = Path(__file__).parents[1] / "corpus"
DEADLY = "deadly"


def write(task: Task, before: bytes, after: bytes) -> Kept:
    """Writes a fixed file; the process of one volume is killed by its second file."""
    if DEADLY in task.found.path and task.found.path.endswith("d2.txt"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Kept(write_fixed(task.found.file, before, after))


def fixed(folder: Path, jobs: int) -> FixedRun:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".xml"))
    tasks = [Task(Found(path.relative_to(folder).as_posix(), str(path))) for path in files]
    return Fixer(Engine([rule for rule in builtin_rules() if rule.default]), write, jobs=jobs).run(tasks)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_processes_fix_what_one_fixes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(CORPUS / "defective", tmp_path / name)
    one, two = fixed(tmp_path / "one", 1), fixed(tmp_path / "two", 2)
    assert one.files
    assert two.files == one.files
    assert two.outcome.findings == one.outcome.findings
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_files_whose_process_dies_are_named_and_the_others_fixed(tmp_path: Path) -> None:
    text = "{}. Memorandum of Conversation\n\nHe  said: no , and left. \n"
    for volume in ("a", DEADLY, "z"):
        (tmp_path / volume).mkdir()
        for number in (1, 2):
            (tmp_path / volume / f"d{number}.txt").write_text(text.format(number), encoding="utf-8")
    run = fixed(tmp_path, 2)
    assert [file.path for file in run.files] == ["a/d1.txt", "a/d2.txt", "z/d1.txt", "z/d2.txt"]
    died = [finding.place.path for finding in run.outcome.findings if finding.rule == "LINT001"]
    assert died == [f"{DEADLY}/d1.txt", f"{DEADLY}/d2.txt"]
    assert (tmp_path / DEADLY / "d2.txt").read_text(encoding="utf-8") == text.format(2)
    assert not list(tmp_path.rglob("*.part"))


def test_the_number_of_processes_is_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CORPUS / "defective", tmp_path / "v")
    monkeypatch.chdir(tmp_path)
    assert main(["fix", "v", "--jobs", "2", "--diff"]) == 1
    shown = capsys.readouterr().out
    assert shown.count("\n--- ") > 5
    assert main(["check", "v", "--fix", "--jobs", "1", "--diff"]) == 1
    assert capsys.readouterr().out == shown
