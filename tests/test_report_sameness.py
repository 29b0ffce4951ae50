"""The same files give the same bytes in every format, whoever asks, wherever, and with however many workers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers_cli import process
from helpers_repository import make_repository

from fruslint.reporters import FORMATS

_PATHS = ("defective/note", "defective/tei", "defective/typo", "sound")
_OTHER = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "COLUMNS": "80"}


def test_reports_are_the_same(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root / "corpus", tmp_path, dirs_exist_ok=True)
    make_repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    runs = (
        ("first", _PATHS, ("--jobs", "1"), {"PYTHONHASHSEED": "1", "COLUMNS": "80", "TZ": "UTC", "LC_ALL": "C"}),
        ("second", _PATHS[::-1], ("--jobs", "2"), _OTHER),
    )
    for name, paths, options, environ in runs:
        Path("out", name).mkdir(parents=True)
        formats = [word for one in FORMATS for word in ("--format", f"{one}=out/{name}/{one}")]
        done = process("check", *paths, "--no-cache", *options, *formats, **environ)
        assert done.returncode == 1, done.stderr.decode()
    for one in FORMATS:
        first, second = (Path("out", name, one).read_bytes() for name in ("first", "second"))
        assert first
        assert first == second, f"{one} is not the same"
