"""A repository with a history takes up fruslint, and goes on with it: the whole story, with git itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fruslint.cli import COMMANDS, main

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
VOLUME = "frus1964-68v90.xml"


def git(*words: str) -> str:
    settings = ("-c", "user.name=Ada Orme", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *settings, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout


def commit(message: str) -> None:
    git("add", "-A")
    git("commit", "-qm", message)


@pytest.fixture
def found(capsys: pytest.CaptureFixture[str]) -> Any:
    """A function that checks the repository and gives what is found: path, rule, and the words of the message."""

    def check(*options: str) -> set[tuple[str, str]]:
        capsys.readouterr()
        main(["check", "--format", "json", "--max-per-rule", "0", *options])
        return {(one["path"], one["rule"]) for one in json.loads(capsys.readouterr().out)["findings"]}

    return check


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    shutil.copytree(CORPUS / "sound" / "frus1961-63v90", "memoranda")
    shutil.copy(CORPUS / "defective" / "several" / "d41.txt", "memoranda/d41.txt")
    shutil.copy(CORPUS / "defective" / "tei" / "table-shape" / VOLUME, VOLUME)
    git("init", "-q", "-b", "main", ".")
    git("config", "user.name", "Ada Orme")
    commit("as it was")


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path}"
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_repository_takes_up_fruslint(found: Any) -> None:
    before = found()
    assert ("memoranda/d41.txt", "PAGE001") in before, "the samples are expected to have a history"
    if "init" in COMMANDS:
        assert main(["init"]) == 0

    # Monday: all that is there is known, and the run is clean
    assert main(["baseline"]) == 0
    assert main(["check"]) == 0
    assert found() == set()
    commit("take up fruslint")

    # a new defect fails the run, and nothing else is told
    change("memoranda/d42.txt", " the ", " the the ")
    assert found() == {("memoranda/d42.txt", "TYPO010")}
    assert main(["check"]) == 1
    assert found("--since", "HEAD", "--new-only") == {("memoranda/d42.txt", "TYPO010")}
    git("checkout", "-q", "memoranda/d42.txt")

    # an old one is corrected: its entry is stale, which fails nothing, and is taken out
    change("memoranda/d41.txt", "Caloway", "Calloway")
    assert found() == {("fruslint-baseline.yaml", "LINT005")}
    assert main(["check"]) == 0
    assert main(["baseline", "--update"]) == 0
    assert found() == set()
    commit("correct a name")

    # lines come and go above, pages are renumbered, the volume is indented anew: all is still known
    change("memoranda/d41.txt", "\n\nUnder Secretary", "\n\nThis stands above the rest.\n\nUnder Secretary")
    text = Path(VOLUME).read_text(encoding="utf-8")
    Path(VOLUME).write_text(text.replace("\n<", "\n    <").replace("<p>", "<p>\n      "), encoding="utf-8")
    assert found() == set()


def test_init_names_the_schema_that_the_documentation_writes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    written = Path("fruslint.yaml").read_text(encoding="utf-8")
    assert main(["config", "--help"]) == 0
    page = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for text in (written, capsys.readouterr().out, page):
        assert "fruslint config schema > fruslint.schema.json" in text
    assert written.startswith("# yaml-language-server: $schema=fruslint.schema.json\n")


def test_branches_that_both_accept_are_merged(found: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "--rule", "PAGE001", "--reason", "The book skips a page.", "memoranda"]) == 0
    commit("accept the first")
    places = {"ours": ("memoranda", "NAME001"), "theirs": (VOLUME, "ALL")}
    for branch, (path, rule) in places.items():
        git("checkout", "-q", "-b", branch, "main")
        assert main(["accept", path, "--rule", rule, "--reason", f"Decided on {branch}."]) == 0, capsys.readouterr().err
        commit(branch)
    git("merge", "-q", "ours", "-m", "merge")
    ledger = Path("fruslint-accepted.yaml").read_text(encoding="utf-8")
    assert "<<<<<<<" not in ledger
    silenced = {("memoranda/d41.txt", "PAGE001"), ("memoranda/d41.txt", "NAME001")}
    assert not found() & silenced
    assert {path for path, _ in found()} == {"memoranda/d41.txt"}


def test_branches_that_accept_in_one_place_are_merged(found: Any) -> None:
    assert main(["accept", "--rule", "PAGE001", "--reason", "The book skips a page.", "memoranda"]) == 0
    commit("accept the first")
    for branch, rule in (("ours", "NAME001"), ("theirs", "NOTE002")):
        git("checkout", "-q", "-b", branch, "main")
        assert main(["accept", "memoranda/d41.txt", "--rule", rule, "--reason", "So printed."]) == 0
        commit(branch)
    git("merge", "-q", "ours", "-m", "merge")
    left = {rule for _, rule in found("memoranda")}
    assert not left & {"NAME001", "NOTE002", "PAGE001"}
    assert "LINT004" not in left


def test_a_ledger_is_made_where_git_cannot_be_told_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitattributes").mkdir()
    assert main(["baseline"]) == 0
    assert Path("fruslint-baseline.yaml").is_file()
    assert "fruslint: .gitattributes is left as it is: it is a folder\n" in capsys.readouterr().err


def test_a_file_that_is_moved_takes_its_entries_along(found: Any) -> None:
    assert main(["baseline"]) == 0
    git("mv", "memoranda", "frus1961-63v90")
    assert found() == set()


def test_an_entry_of_a_file_that_is_gone_is_stale(found: Any) -> None:
    assert main(["baseline"]) == 0
    git("rm", "-q", VOLUME)
    assert {rule for _, rule in found()} == {"LINT005"}
    assert found("memoranda") == set(), "who looks at one folder does not know of another"


def test_a_hook_on_one_file_says_nothing_of_the_others(found: Any) -> None:
    assert main(["baseline"]) == 0
    change("memoranda/d41.txt", "Caloway", "Calloway")
    assert found("memoranda/d42.txt") == set()
    assert {rule for _, rule in found("memoranda")} == {"LINT005"}


def test_a_rule_over_a_folder_is_not_judged_by_one_file(found: Any) -> None:
    change("memoranda/d43.txt", "43.", "53.")
    Path("memoranda/d43.txt").rename("memoranda/d53.txt")
    over_folder = found("memoranda") - {one for path in Path("memoranda").iterdir() for one in found(path.as_posix())}
    assert over_folder, "something is found only in the folder as a whole"
    assert main(["accept", "--all", "memoranda", "--reason", "So numbered."]) == 0
    assert found("memoranda") == set()
    for path, _ in over_folder:
        assert found(path) == set()


def test_what_is_in_a_baseline_is_fixed(found: Any) -> None:
    change("memoranda/d42.txt", "\n\n", "\n\n\n\n")
    assert main(["baseline"]) == 0
    assert main(["fix", "memoranda/d42.txt"]) == 0
    assert found() == {("fruslint-baseline.yaml", "LINT005")}


def test_what_was_accepted_is_not_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    change("memoranda/d42.txt", "\n\n", "\n\n\n\n")
    before = Path("memoranda/d42.txt").read_bytes()
    assert main(["accept", "memoranda/d42.txt", "--rule", "FILE010", "--reason", "A blank in the original."]) == 0
    assert main(["fix", "memoranda/d42.txt"]) == 0
    assert Path("memoranda/d42.txt").read_bytes() == before
    Path("fruslint-accepted.yaml").unlink()
    assert main(["fix", "memoranda/d42.txt"]) == 0
    assert Path("memoranda/d42.txt").read_bytes() != before
