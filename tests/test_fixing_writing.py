"""What can go wrong when a fixed file is written: it is as it was or as it should be, and nothing else is left."""

from __future__ import annotations

import errno
import os
import signal
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.fixing.unified import unified
from fruslint.fixing.writing import write_fixed

BEFORE, AFTER = b"12. Memorandum \n", b"12. Memorandum\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d12.txt"
    path.write_bytes(BEFORE)
    return path


def assert_untouched(file: Path, content: bytes = BEFORE) -> None:
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_file_is_replaced_with_its_mode_and_owner(file: Path) -> None:
    file.chmod(0o640)
    before = file.stat()
    assert write_fixed(str(file), BEFORE, AFTER) == ""
    after = file.stat()
    assert_untouched(file, AFTER)
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_a_link_stays_and_its_target_is_written(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "d12.txt"
    link.parent.mkdir()
    link.symlink_to(file)
    assert write_fixed(str(link), BEFORE, AFTER) == ""
    assert link.is_symlink()
    assert file.read_bytes() == AFTER


def test_a_file_with_other_names_is_left_alone(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "folder"
    other.mkdir()
    os.link(file, other / "d12.txt")
    assert write_fixed(str(file), BEFORE, AFTER).startswith("the file has other names")
    assert file.read_bytes() == BEFORE


def test_a_read_only_file_is_left_alone(file: Path) -> None:
    file.chmod(0o444)
    assert write_fixed(str(file), BEFORE, AFTER) == "the file is read-only"
    assert_untouched(file)


def test_a_file_that_someone_else_changed_is_left_alone(file: Path) -> None:
    status = file.stat()
    file.write_bytes(b"12. memorandum \n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert write_fixed(str(file), BEFORE, AFTER).startswith("someone else has changed the file")
    assert file.read_bytes() == b"12. memorandum \n"
    assert_untouched(file, b"12. memorandum \n")


def test_a_file_that_vanished_or_became_a_folder(file: Path) -> None:
    file.unlink()
    assert write_fixed(str(file), BEFORE, AFTER) == "the file is gone"
    file.mkdir()
    assert write_fixed(str(file), BEFORE, AFTER) == "it is a folder"
    assert list(file.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "nothing can be written on this disk"),
        (errno.EACCES, "there is no permission to write in its folder"),
        (errno.EIO, "input/output error"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_takes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, step: str
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    assert write_fixed(str(file), BEFORE, AFTER) == said
    monkeypatch.undo()
    assert_untouched(file)


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_ctrl_c_waits_for_the_file_to_be_written(file: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    whole = getattr(os, step)

    def disturbed(*words: Any) -> Any:
        monkeypatch.setattr(os, step, whole)
        os.kill(os.getpid(), signal.SIGINT)
        return whole(*words)

    monkeypatch.setattr(os, step, disturbed)
    with pytest.raises(KeyboardInterrupt):
        write_fixed(str(file), BEFORE, AFTER)
    assert_untouched(file, AFTER)


def test_an_owner_that_cannot_be_kept_keeps_the_file_as_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EPERM, "not permitted")

    real = os.stat
    monkeypatch.setattr(os, "chown", refuse)
    monkeypatch.setattr(os, "stat", lambda path, **words: _of_another(real(path, **words), str(path).endswith(".part")))
    assert write_fixed(str(file), BEFORE, AFTER) == "there is no permission to write it with the same owner"
    monkeypatch.undo()
    assert_untouched(file)


def _of_another(status: os.stat_result, draft: bool) -> os.stat_result:
    values = list(status)
    values[4] += 0 if draft else 1
    return os.stat_result(values)


def test_one_file_that_cannot_be_written_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "12. Memorandum of Conversation \n\nThe Minister left.\n"
    for name in ("d11.txt", "d12.txt", "d13.txt"):
        Path(name).write_text(text, encoding="utf-8")
    Path("d12.txt").chmod(0o400)
    Path("d12.txt").chmod(0o444)
    assert main(["check", ".", "--fix", "--select", "FILE005", "--fail-on", "never"]) == 1
    out = capsys.readouterr().out
    assert "d12.txt:1:1: error LINT009 The fixes of this file were not written: the file is read-only." in out
    assert "Fixed 2 places in 2 of 3 files." in out
    assert "1 file could not be written." in out
    assert "d12.txt:1:31: warning FILE005" in out
    assert [Path(name).read_text(encoding="utf-8") == text for name in ("d11.txt", "d12.txt", "d13.txt")] == [
        False,
        True,
        False,
    ]


lines = st.lists(st.sampled_from(["a", "b", "c", "", "x\r"]), max_size=12)


def patched(before: list[str], diff: list[bytes]) -> list[str]:
    """What a reader of the diff makes of the lines, by the numbers in its hunks."""
    after: list[str] = []
    at = 0
    rows = [row.decode() for row in diff[2:]]
    for row in rows:
        if row.startswith("@@"):
            first, _, length = row.split()[1][1:].partition(",")
            start = int(first) - (length != "0")
            after += before[at:start]
            at = start
            continue
        line = row[1:].removesuffix("\n\\ No newline at end of file\n")
        if row[0] in " -":
            assert before[at] == line
            at += 1
        if row[0] in " +":
            after.append(line)
    return after + before[at:]


@given(lines, lines, st.booleans(), st.booleans())
def test_a_diff_says_how_to_make_the_one_of_the_other(
    old: list[str], new: list[str], old_ended: bool, new_ended: bool
) -> None:
    before, after = "\n".join(old) + "\n" * old_ended, "\n".join(new) + "\n" * new_ended
    diff = list(unified("d1.txt", before.encode(), after.encode()))
    assert (before == after) == (not diff)
    assert "".join(patched(before.splitlines(keepends=True) if "\r" not in before else _split(before), diff)) == after


def _split(text: str) -> list[str]:
    rows = [row + "\n" for row in text.split("\n")]
    last = rows.pop()[:-1]
    return [*rows, last] if last else rows


def test_the_names_in_a_diff_are_written_as_git_does() -> None:
    header = list(unified('v o/d"1\n.txt', b"a\n", b"b\n"))[:2]
    assert header == [b'--- "a/v o/d\\"1\\n.txt"\t\n', b'+++ "b/v o/d\\"1\\n.txt"\t\n']
