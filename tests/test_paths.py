"""What lies in which folder is told by whole names, on every system, and what a file is by the end of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fruslint.paths import is_edition_file, is_volume, lies_in, slashed, whole


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        ("/v/d1.txt", "/v", True),
        ("/v/d1.txt", "/v/", True),
        ("/v/w/d1.txt", "/v", True),
        ("/v", "/v", True),
        ("/v/", "/v", True),
        ("/v", "/", True),
        ("/", "/", True),
        ("/volume/d1.txt", "/v", False),
        ("/v", "/v/w", False),
        ("/", "/v", False),
    ],
)
def test_what_lies_in_a_folder(path: str, folder: str, expected: bool) -> None:
    assert lies_in(path, folder) is expected


def test_both_signs_part_names_on_windows_and_one_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "/")
    assert slashed("v\\d1.txt") == "v\\d1.txt"
    assert not lies_in("/v\\d1.txt", "/v")
    monkeypatch.setattr(os, "sep", "\\")
    assert slashed("v\\d1.txt") == "v/d1.txt"
    assert lies_in("C:\\v\\d1.txt", "C:/v")
    assert lies_in("C:/v/d1.txt", "C:\\")


def test_a_whole_path_is_absolute_and_keeps_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert whole("v/../link/d1.txt") == f"{tmp_path.as_posix()}/link/d1.txt"


def test_a_name_says_what_a_file_is() -> None:
    names = ["v/d1.txt", "v/frus1961-63v90.XML", "v/notes.md", "v/xml", "v.xml/d1"]
    assert list(filter(is_edition_file, names)) == names[:2]
    assert list(filter(is_volume, names)) == names[1:2]
