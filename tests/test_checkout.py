"""Where files stand in their repository, and what is said of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers_repository import REVISION, make_repository

from fruslint.repository.checkout import Repository, checkout_of


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repository/volumes").mkdir(parents=True)
    (tmp_path / "repository/volumes/v.xml").write_text("<TEI/>", encoding="utf-8")
    make_repository(tmp_path / "repository")
    monkeypatch.chdir(tmp_path / "repository")


KNOWN = Repository("https://example.org/frus/volumes.git", REVISION, "main")


@pytest.mark.parametrize("here", [".", "volumes", "..", "/"])
def test_paths_begin_at_the_top_of_the_repository(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("volumes/v.xml").resolve()
    monkeypatch.chdir(here)
    for path in (str(file), os.path.relpath(file)):
        assert checkout_of([path]) == ({path: "volumes/v.xml"}, KNOWN)


def test_a_link_to_a_file_or_folder_stands_for_what_it_leads_to() -> None:
    Path("link.xml").symlink_to("volumes/v.xml")
    Path("folder").symlink_to("volumes")
    assert set(checkout_of(["link.xml", "folder/v.xml"]).paths.values()) == {"volumes/v.xml"}


def test_a_link_out_of_the_repository_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "annex.xml").write_text("<TEI/>", encoding="utf-8")
    Path("volumes/w.xml").symlink_to(tmp_path / "annex.xml")
    found = checkout_of(["volumes/w.xml", "volumes/v.xml"])
    assert found.paths["volumes/w.xml"] == "volumes/w.xml"
    assert found.repository == KNOWN


def test_without_a_repository_paths_begin_here_or_where_all_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/x/1.txt", "a/y/2.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path / "a")
    assert checkout_of(["x/1.txt"]) == ({"x/1.txt": "x/1.txt"}, None)
    monkeypatch.chdir(tmp_path / "a/x")
    assert checkout_of(["../y/2.txt", "1.txt"]) == ({"../y/2.txt": "y/2.txt", "1.txt": "x/1.txt"}, None)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://user:secret@example.org:8443/a/b.git", "https://example.org:8443/a/b.git"),
        ("https://token@example.org/a?private_token=x#y", "https://example.org/a"),
        ("git@example.org:frus/volumes.git", "ssh://example.org/frus/volumes.git"),
        ("ssh://git@example.org/frus", "ssh://example.org/frus"),
        ('"https://example.org/a b"', f"swh:1:rev:{REVISION}"),
        ("/srv/private/volumes.git", f"swh:1:rev:{REVISION}"),
        ("file:///srv/private/volumes.git", f"swh:1:rev:{REVISION}"),
        ("C:/private/volumes", f"swh:1:rev:{REVISION}"),
        ("https://[", f"swh:1:rev:{REVISION}"),
        ("https://example.org/\x1b[2J", f"swh:1:rev:{REVISION}"),
    ],
)
def test_an_address_gives_no_secret_away(url: str, known: str) -> None:
    Path(".git/config").write_text(f'[remote "origin"]\n\turl = {url}\n', encoding="utf-8")
    found = checkout_of(["volumes/v.xml"]).repository
    assert found is not None
    assert found.uri == known


def test_a_name_may_be_packed_and_no_branch_checked_out() -> None:
    Path(".git/refs/heads/main").unlink()
    Path(".git/packed-refs").write_text(f"# pack-refs\n{REVISION} refs/heads/main\n^{'0' * 40}\n", encoding="utf-8")
    assert checkout_of(["volumes/v.xml"]).repository == KNOWN
    Path(".git/HEAD").write_text(REVISION, encoding="utf-8")
    assert checkout_of(["volumes/v.xml"]).repository == KNOWN._replace(branch="")


def test_a_second_work_tree_knows_the_repository_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(".git/worktrees/second").resolve()
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (own / "commondir").write_text("../..\n", encoding="utf-8")
    second = tmp_path / "second"
    second.mkdir()
    (second / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")
    (second / "d1.txt").touch()
    monkeypatch.chdir(second)
    assert checkout_of(["d1.txt"]) == ({"d1.txt": "d1.txt"}, KNOWN)


@pytest.mark.parametrize("head", [b"", b"ref: refs/heads/none", b"ref: ../../secret", b"\xff\x00", b"ref:", b"x" * 40])
def test_what_is_no_revision_is_no_repository(head: bytes) -> None:
    Path(".git/HEAD").write_bytes(head)
    assert checkout_of(["volumes/v.xml"]) == ({"volumes/v.xml": "volumes/v.xml"}, None)


def test_a_pipe_in_place_of_a_file_keeps_nobody_waiting() -> None:
    Path(".git/HEAD").unlink()
    os.mkfifo(".git/HEAD")
    assert checkout_of(["volumes/v.xml"]).repository is None
