"""Which files a command line stands for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.discovery import MissingPathError, describe, discover, natural
from fruslint.files import Task, read


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def make(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("1. Telegram\n", encoding="utf-8")


def names(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [found.path for found in discover(paths, exclude).files]


def test_a_folder_gives_its_edition_files_sorted() -> None:
    make("v/d2.txt", "v/d1.txt", "v/sub/V.XML", "v/notes.md", "v/txt", "a.txt")
    assert names("v") == ["v/d1.txt", "v/d2.txt", "v/sub/V.XML"]
    assert names(".") == ["a.txt", "v/d1.txt", "v/d2.txt", "v/sub/V.XML"]


def test_the_order_of_the_paths_makes_no_difference() -> None:
    make("v/d2.txt", "v/d1.txt", "w/d1.txt")
    assert discover(["v", "w", "v/d2.txt"]) == discover(["v/d2.txt", "w", "v"])


def test_a_file_is_taken_whatever_its_name() -> None:
    make("memo.md", ".hidden/d1.txt")
    assert names("memo.md", ".hidden/d1.txt", ".hidden") == [".hidden/d1.txt", "memo.md"]


def test_folders_that_hold_no_documents_are_left_out() -> None:
    make(".git/d.txt", "node_modules/d.txt", "__pycache__/d.txt", "site-packages/d.txt", "env/pyvenv.cfg", "env/d.txt")
    make(".hidden.txt", "d.txt")
    assert names(".") == ["d.txt"]


def test_each_file_comes_once() -> None:
    make("v/d1.txt")
    Path("v/a.txt").symlink_to("d1.txt")
    assert names("v", "v/d1.txt", "./v/../v/d1.txt", str(Path("v").absolute())) == ["v/d1.txt"]
    assert names("v/a.txt") == ["v/a.txt"]


def test_paths_are_told_from_the_current_folder_or_as_given() -> None:
    make("../other/d1.txt", "d2.txt")
    assert names("../other") == ["../other/d1.txt"]
    assert names(str(Path("../other").resolve())) == [f"{Path('../other').resolve().as_posix()}/d1.txt"]
    assert names(str(Path.cwd())) == ["d2.txt"]


def test_links_cannot_lead_in_a_circle() -> None:
    make("v/w/d1.txt")
    Path("v/w/up").symlink_to("..")
    Path("v/w/same").symlink_to(".")
    Path("v/loop.txt").symlink_to("loop.txt")
    found = discover(["v"]).files
    assert [(each.path, each.problem) for each in found] == [("v/loop.txt", ""), ("v/w/d1.txt", "")]
    (loop,) = discover(["v/loop.txt"]).files
    assert loop.problem == "its symbolic links lead in a circle"
    assert names("v/w/up/w") == ["v/w/up/w/d1.txt"]


def test_links_do_not_lead_outside() -> None:
    make("../secret.txt", "../outside/d9.txt", "v/real/d1.txt")
    Path("v/d2.txt").symlink_to("../../secret.txt")
    Path("v/out").symlink_to("../../outside")
    Path("v/z.txt").symlink_to("real/d1.txt")
    assert names("v") == ["v/real/d1.txt"]
    assert names("v/out") == ["v/out/d9.txt"]


def test_a_missing_path_names_its_neighbours() -> None:
    make("v/d1.txt")
    for path in ("v/d2.txt", "v/d1.txt/x", "w/d.txt", "v/\0"):
        with pytest.raises(MissingPathError):
            discover([path])
    with pytest.raises(MissingPathError) as caught:
        discover(["v/d2.txt"])
    assert caught.value.nearby == ("d1.txt",)


def test_what_is_no_file_has_a_problem() -> None:
    os.mkfifo("pipe.txt")
    Path("gone.txt").symlink_to("nowhere")
    Path("folder.txt").mkdir()
    make("folder.txt/d1.txt")
    assert names("folder.txt") == ["folder.txt/d1.txt"]
    problems = {found.path: found.problem for found in discover(["pipe.txt", "gone.txt", "/dev/null"]).files}
    assert problems == {
        "pipe.txt": "it is a pipe, not a file",
        "gone.txt": "the file is gone, or a link leads nowhere",
        "/dev/null": "it is a device, not a file",
    }
    assert names(".") == ["folder.txt/d1.txt", "gone.txt", "pipe.txt"]


def test_a_folder_that_cannot_be_read_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    make("v/closed/d1.txt", "v/d2.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = {each.path: each.problem for each in discover(["v"]).files}
    assert found == {"v/closed": "there is no permission to read it", "v/d2.txt": ""}


@pytest.fixture
def _nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder to work in, as a user who may not read everything."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        monkeypatch.chdir(folder)
        make("v/d1.txt", "v/d2.txt", "v/closed/d3.txt")
        Path("v/d1.txt").chmod(0)
        Path("v/closed").chmod(0)
        user = os.geteuid()
        os.seteuid(65534 if user == 0 else user)
        yield
        os.seteuid(user)
        Path("v/closed").chmod(0o700)
        monkeypatch.undo()


@pytest.mark.usefixtures("_nobody")
def test_what_may_not_be_read_is_listed_with_the_reason() -> None:
    closed = "there is no permission to read it"
    found = discover(["v"]).files
    assert [(each.path, each.problem) for each in found] == [("v/closed", closed), ("v/d1.txt", ""), ("v/d2.txt", "")]
    kinds = [[(a.kind, a.values["detail"]) for a in read(Task(each)).anomalies] for each in found[:2]]
    assert kinds == [[("unreadable", closed)], [("unreadable", closed)]]
    (below,) = discover(["v/closed/d3.txt"]).files
    assert below.problem == closed


def test_names_and_paths_are_left_out_by_pattern() -> None:
    make("v/d1.txt", "v/old/d1.txt", "old/d3.txt", "v/d4.bak.txt")
    assert names(".", exclude=("old",)) == ["v/d1.txt", "v/d4.bak.txt"]
    assert names(".", exclude=("v/old",)) == ["old/d3.txt", "v/d1.txt", "v/d4.bak.txt"]
    assert names(".", exclude=("./v/old/",)) == ["old/d3.txt", "v/d1.txt", "v/d4.bak.txt"]
    assert names(".", exclude=("*.bak.txt", "v/*/d?.txt")) == ["old/d3.txt", "v/d1.txt"]
    assert names("v/d1.txt", exclude=("d1.*",)) == []
    assert discover(["v"], ["d*"]).excluded == 3


def test_standard_input_is_taken_once() -> None:
    make("d1.txt")
    assert names("-", "d1.txt", "-") == ["-", "d1.txt"]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (PermissionError(13, "Permission denied"), "there is no permission to read it"),
        (OSError(5, "Input/output error"), "input/output error"),
        (OSError("it is odd"), "it is odd"),
        (OSError(), "oserror"),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_plain_words(error: Exception, text: str) -> None:
    assert describe(error) == text


def test_numbers_in_paths_sort_as_numbers() -> None:
    paths = ["a/d3.txt", "d02.txt", "d2.txt", "d2a.txt", "d10.txt", "d" + "9" * 5000, "e"]
    assert sorted(set(paths), key=natural) == paths


@given(st.sets(st.text(st.sampled_from("ad0129/²"))).flatmap(lambda paths: st.permutations(sorted(paths))))
def test_the_order_of_paths_does_not_depend_on_how_they_came(paths: list[str]) -> None:
    assert sorted(paths, key=natural) == sorted(sorted(paths), key=natural)
