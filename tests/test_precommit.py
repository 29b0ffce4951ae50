"""The hooks, as pre-commit itself runs them in a repository of edition files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOUND = ROOT / "corpus" / "sound"
GOOD = "frus1961-63v90/d41.txt"
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "dist", "build", ".hypothesis")
CONFIGURATION = """\
repos:
  - repo: {source}
    rev: {revision}
    hooks:
      - id: fruslint
        exclude: ^drafts/
      - id: fruslint-all
        args: [volumes]
        stages: [manual]
      - id: fruslint-fix
        stages: [manual]
"""


def git(folder: Path, *words: str) -> str:
    quiet = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *quiet, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This project as a repository of hooks, and its revision."""
    folder = tmp_path_factory.mktemp("source") / "fruslint"
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder, git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def repository(source: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of edition files that uses the hooks."""
    folder = tmp_path_factory.mktemp("edition")
    git(folder, "init", "--quiet")
    for path in sorted((SOUND / "frus1961-63v90").glob("*.txt")):
        place = folder / "volumes" / "frus1961-63v90" / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    configuration = CONFIGURATION.format(source=source[0], revision=source[1])
    (folder / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that it makes for the hooks, once for all these tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _as_it_was(repository: Path) -> None:
    git(repository, "reset", "--quiet", "--hard")
    git(repository, "clean", "--quiet", "--force", "-d")


def hook(repository: Path, home: Path, *words: str) -> tuple[int, str]:
    """Run pre-commit over what is staged: the exit code, and what it says."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never", *words],
        cwd=repository,
        env={**environ, "PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def stage(repository: Path, name: str, text: str) -> None:
    path = repository / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    git(repository, "add", "--all")


def memorandum(number: int = 41) -> str:
    return (SOUND / GOOD).read_text(encoding="utf-8").replace("41.", f"{number}.", 1)


def broken() -> str:
    """A memorandum with a page marker that is none."""
    return memorandum(45).replace("[Page ", "[Pg ", 1)


def test_a_commit_of_sound_files_goes_through(repository: Path, home: Path) -> None:
    stage(repository, "volumes/frus1961-63v90/d41.txt", memorandum() + "\n")
    code, said = hook(repository, home)
    assert code == 0, said
    assert "fruslint.................................................................Passed" in said


def test_a_commit_of_a_broken_file_is_stopped(repository: Path, home: Path) -> None:
    stage(repository, "volumes/frus1961-63v90/d45.txt", broken())
    code, said = hook(repository, home)
    assert code == 1, said
    assert "volumes/frus1961-63v90/d45.txt:" in said
    assert "error PAGE004" in said


def test_only_what_is_staged_is_looked_at(repository: Path, home: Path) -> None:
    (repository / "volumes" / "d45.txt").write_text(broken(), encoding="utf-8")
    stage_only = repository / "volumes" / "frus1961-63v90" / "d41.txt"
    stage_only.write_text(memorandum() + "\n", encoding="utf-8")
    git(repository, "add", str(stage_only))
    code, said = hook(repository, home)
    assert code == 0, said


def test_an_excluded_file_and_other_files_are_left_alone(repository: Path, home: Path) -> None:
    stage(repository, "drafts/d45.txt", broken())
    stage(repository, "notes.md", broken())
    code, said = hook(repository, home)
    assert code == 0, said
    assert "Skipped" in said


@pytest.mark.parametrize("name", ["a memo with blanks/d 45.txt", "Übersicht/d45 – é.txt", "-d45.txt", "it's/d45.txt"])
def test_names_of_all_kinds(name: str, repository: Path, home: Path) -> None:
    stage(repository, name, broken())
    code, said = hook(repository, home)
    assert code == 1, said
    assert "error PAGE004" in said


def test_a_renamed_file_is_looked_at_under_its_new_name(repository: Path, home: Path) -> None:
    git(repository, "mv", "volumes/frus1961-63v90/d41.txt", "volumes/frus1961-63v90/d99.txt")
    code, said = hook(repository, home)
    assert code == 1, said
    assert "volumes/frus1961-63v90/d99.txt:1:1: error DOC002" in said


def test_the_hook_for_everything_sees_what_two_files_have_to_agree_on(repository: Path, home: Path) -> None:
    stage(repository, "volumes/frus1961-63v90/d45.txt", memorandum())
    code, said = hook(repository, home, "--hook-stage", "manual", "fruslint-all")
    assert code == 1, said
    assert "DOC006" in said


def test_the_hook_that_fixes_changes_the_file_and_stops_the_commit(repository: Path, home: Path) -> None:
    stage(repository, "volumes/frus1961-63v90/d41.txt", memorandum() + "\r\n")
    code, said = hook(repository, home, "--hook-stage", "manual", "fruslint-fix")
    assert code == 1, said
    assert "files were modified by this hook" in said
    assert "\r" not in (repository / "volumes/frus1961-63v90/d41.txt").read_bytes().decode()
