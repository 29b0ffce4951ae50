"""What git says of changes, for names of all kinds, and without letting anyone else run anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fruslint.cli import main
from fruslint.errors import ConfigurationError
from fruslint.repository.revisions import changes, contents, find_revision, run_git, user_name

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
MEMO = "{0}. Memorandum of Conversation\n\nSUBJECT\n\n  • Coal\n\nHe said the the talks went on, and on.\n"


def git(*words: str) -> None:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    (tmp_path / "r").mkdir()
    monkeypatch.chdir(tmp_path / "r")
    git("init", "-q", "-b", "main", ".")
    for name in ("a b.txt", "é/d 1.txt", "gone.txt", "old.txt", "same.txt"):
        write(name, MEMO.format(1) + name)
    git("add", "-A")
    git("commit", "-qm", "base")


def test_changes_of_all_kinds() -> None:
    root = os.path.realpath(".")
    write("a b.txt", "changed")
    write("é/d 1.txt", "changed and staged")
    git("add", "é")
    git("mv", "old.txt", "new name.txt")
    Path("gone.txt").unlink()
    write("-option.txt", "untracked")
    write(".gitignore", "ignored.txt\n")
    write("ignored.txt", "ignored")
    revision = find_revision("HEAD", ".")
    found = {one.path.removeprefix(f"{root}/"): one for one in changes(revision) if one.path}
    assert set(found) == {"a b.txt", "é/d 1.txt", "new name.txt", "-option.txt", ".gitignore"}
    assert found["new name.txt"].before == f"{root}/old.txt"
    assert [one.before.removeprefix(f"{root}/") for one in changes(revision) if not one.path] == ["gone.txt"]
    held = contents(revision, [found["a b.txt"].blob, found["é/d 1.txt"].blob])
    assert held[found["é/d 1.txt"].blob].decode().endswith("é/d 1.txt")
    assert found["-option.txt"].blob == ""


@pytest.mark.parametrize(
    "name", ["nothing", "--output=x", "-h", "HEAD^{tree}", "", "HEAD:a b.txt", "a\nb", "main..main"]
)
def test_what_is_no_revision_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="git knows no revision"):
        find_revision(name, ".")
    assert not Path("x").exists()


def test_a_folder_in_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"--since needs a git repository, and .* is in none: not a git repo"):
        find_revision("HEAD", str(tmp_path))


def test_without_git_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(ConfigurationError, match="git is not installed"):
        find_revision("HEAD", ".")
    assert user_name(".") == ""


def test_nothing_that_a_repository_names_is_run() -> None:
    for name in ("post-index-change", "fsmonitor", "pager", "external", "textconv"):
        write(f".git/hooks/{name}", f"#!/bin/sh\ntouch {Path.cwd()}/ran-{name}\n")
        Path(f".git/hooks/{name}").chmod(0o755)
    hooks = Path(".git/hooks").resolve()
    git("config", "core.fsmonitor", str(hooks / "fsmonitor"))
    git("config", "core.pager", str(hooks / "pager"))
    git("config", "diff.external", str(hooks / "external"))
    git("config", "diff.x.textconv", str(hooks / "textconv"))
    write(".gitattributes", "*.txt diff=x\n")
    write("same.txt", "changed")
    for ran in Path().glob("ran-*"):  # by the git of this test
        ran.unlink()
    revision = find_revision("HEAD", ".")
    assert any(one.path.endswith("same.txt") for one in changes(revision))
    assert list(Path().glob("ran-*")) == []


def test_a_renamed_file_is_compared_with_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    write("v/d1.txt", MEMO.format(1))
    git("add", "-A")
    git("commit", "-qm", "more")
    git("mv", "v/d1.txt", "v/d 1ä.txt")
    options = ("v", "--select", "TYPO", "--since", "HEAD", "--quiet")
    assert main(["check", *options]) == 1
    assert capsys.readouterr().out.startswith("v/d 1ä.txt:7:")


def test_only_what_is_new_is_reported_in_a_changed_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("same.txt", "2. A new heading\n\n" + MEMO.format(1) + "same.txt and and so on\n")
    assert main(["check", "--select", "TYPO", "--since", "HEAD", "--new-only", "--quiet"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["same.txt:10:14: warning TYPO010 ‘and’ stands twice in a row."]


def test_the_folder_is_looked_at_and_not_reported_on(capsys: pytest.CaptureFixture[str]) -> None:
    for number, page in enumerate((11, 12, 13, 44), start=1):
        write(f"v/d{number}.txt", MEMO.format(number) + f"\nThey met [Page {page}] again.\n")
    git("add", "-A")
    git("commit", "-qm", "volume")
    write("v/d3.txt", MEMO.format(3) + "\nThey met [Page 23] again.\n")
    assert main(["check", "v", "--select", "PAGE,TYPO", "--quiet", "--no-silence"]) == 1
    assert "v/d4.txt:9:10: error PAGE007" in capsys.readouterr().out
    assert main(["check", "v", "--select", "PAGE,TYPO", "--since", "HEAD", "--new-only", "--quiet"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("v/d3.txt:9:10: error PAGE007")


def test_a_file_outside_of_the_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d9.txt").write_text(MEMO.format(9), encoding="utf-8")
    assert main(["check", "same.txt", str(tmp_path / "d9.txt"), "--since", "HEAD"]) == 2
    err = capsys.readouterr().err
    assert "repository" in err
    assert "Traceback" not in err


def test_fixing_and_comparing_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--since", "HEAD", "--fix"]) == 2
    assert "--since reports, and does not fix" in capsys.readouterr().err


def test_git_is_asked_for_the_name_of_who_decides() -> None:
    assert user_name(".") == ""
    run_git(".", "config", "user.name", "Ada Ørme")
    assert user_name(".") == "Ada Ørme"


VOLUME = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>\n{0}\n</body></text></TEI>\n<!-- {1} -->\n'


def volume(name: str, *ids: str, remark: str = "") -> None:
    divs = "\n".join(f'<div type="document" xml:id="{one}"><head>{one}</head><p>I agree.</p></div>' for one in ids)
    write(name, VOLUME.format(divs, remark))


def gone(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The places of vanished ids, and how many are gone there."""
    capsys.readouterr()
    main(["check", "--since", "HEAD", "--select", "TEI015", "--format", "json", "--max-per-rule", "0", *words])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [f"{one['path']}:{one['line']} {one['message'].split(': ')[0]}" for one in found]


class TestVolumesThatAreGone:
    @pytest.fixture(autouse=True)
    def _volumes(self) -> None:
        volume("v/one.xml", "d1", "d2", "d3", remark="one")
        volume("v/two.xml", "d1", "d2", "d9", remark="two")
        write("v/no-ids.xml", VOLUME.format("<p>None.</p>", "x"))
        write("v/broken.xml", VOLUME.format("<p>", "x"))
        write("v/other.txt", MEMO.format(1))
        git("add", "-A")
        git("commit", "-qm", "volumes")

    @pytest.mark.parametrize("staged", [True, False])
    def test_one_finding_for_a_volume(self, staged: bool, capsys: pytest.CaptureFixture[str]) -> None:
        for name in ("one", "no-ids", "broken"):
            Path(f"v/{name}.xml").unlink()
        if staged:
            git("add", "-A")
        said = ["v/one.xml:1 The id ‘d1’ is gone, and 2 ids with it"]
        assert gone(capsys) == gone(capsys, "v") == said
        assert gone(capsys, "v/two.xml") == []
        assert gone(capsys, "--exclude", "one.xml") == []
        write("fruslint.yaml", "exclude: v/o*.xml\n")
        assert gone(capsys) == []
        write("fruslint.yaml", "rules: {TEI015: error}\n")
        assert gone(capsys) == said
        assert main(["check", "--since", "HEAD", "--ignore", "TEI015", "--quiet", "v"]) == 0

    @pytest.mark.parametrize("staged", [True, False])
    def test_renamed_is_not_gone(self, staged: bool, capsys: pytest.CaptureFixture[str]) -> None:
        Path("w").mkdir()
        Path("v/one.xml").rename("w/new name.xml")
        volume("v/three.xml", "d1", "d7", remark="three")
        if staged:
            git("add", "-A")
        assert gone(capsys) == []
        volume("w/new name.xml", "d1", "d2", remark="one")
        assert gone(capsys) == ["w/new name.xml:3 The id ‘d3’ is gone"]

    def test_the_last_file_of_a_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        for path in Path("v").iterdir():
            path.unlink()
        Path("v/keep").touch()
        assert [one.split(":")[0] for one in gone(capsys, "v")] == ["v/one.xml", "v/two.xml"]
        git("add", "-A")
        git("commit", "-qm", "gone")
        assert main(["check", "--since", "HEAD", "v"]) == 2
        assert "nothing to check: there are no .txt or .xml files in v" in capsys.readouterr().err

    def test_a_decision_on_it_is_not_judged_without_a_comparison(self, capsys: pytest.CaptureFixture[str]) -> None:
        write("fruslint-accepted.yaml", "- {rule: TEI015, file: v/one.xml, reason: It moved.}\n")
        main(["check", "--select", "LINT,TEI015", "--quiet"])
        assert "LINT004" not in capsys.readouterr().out
