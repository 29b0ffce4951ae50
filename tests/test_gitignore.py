"""What git ignores: held to git itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.repository.gitignore import GitIgnore

LINES = ["*.txt", "a", "a/", "/a", "a/*", "!a", "!*.txt", "**/b", "a/**", "a/**/b", "b/c.txt", "# a", "", "?.txt", "[ab]",
         "[!a].txt", "[^b]*", "\\!a", "\\#x", "a\\ ", "*", "!*/", "d.txt ", "\\*.txt"]  # fmt: skip
PATHS = ["a", "b", "c.txt", "d.txt", "a/b", "a/c.txt", "a/a/c.txt", "a/b/c.txt", "b/c.txt", "b/a/b/d.txt", "!a", "#x"]


def ignored(root: Path, paths: Iterable[str]) -> set[str]:
    """What our walk passes over: a path that is ignored, or lies in a folder that is."""
    git = GitIgnore()
    found = set()
    for path in paths:
        names = path.split("/")
        for end in range(1, len(names) + 1):
            here = root / "/".join(names[:end])
            if git.ignores(here.as_posix(), here.is_dir()):
                found.add(path)
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES), max_size=4), st.lists(st.sampled_from(LINES), max_size=3))
def test_git_says_the_same(tmp_path_factory: pytest.TempPathFactory, above: list[str], below: list[str]) -> None:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    files = [path for path in PATHS if not any(other.startswith(f"{path}/") for other in PATHS)]
    for path in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    (root / ".gitignore").write_text("\n".join(above))
    (root / "a" / ".gitignore").write_text("\n".join(below))
    asked = subprocess.run(
        ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    seen = set(asked.stdout.split("\0")) & set(files)
    assert set(files) - ignored(root, files) == seen


def test_ignored_files_are_passed_over_in_folders_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (".git", "v", "v/old"):
        Path(name).mkdir()
    for path in ("v/d1.txt", "v/d2.txt", "v/old/d3.txt"):
        Path(path).write_text("1. Telegram\n\n[Page 1] It was late. [Page 3] It was dark.\n")
    Path(".gitignore").write_text("old/\n")
    Path("v/.gitignore").write_text("d2.txt\n")

    def found(*words: str) -> list[str]:
        main(["check", "--select", "PAGE001", "--format", "concise", *words])
        return [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]

    assert found("v") == ["v/d1.txt"]
    assert found("v/d2.txt") == ["v/d2.txt"]
    assert found("v/old") == ["v/old/d3.txt"]
    assert found("v", "--no-gitignore") == ["v/d1.txt", "v/d2.txt", "v/old/d3.txt"]
    Path("fruslint.yaml").write_text("gitignore: false")
    assert found("v") == ["v/d1.txt", "v/d2.txt", "v/old/d3.txt"]


def test_without_a_repository_nothing_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d1.txt").write_text("1. Telegram\n\n[Page 1] It was late. [Page 3] It was dark.\n")
    Path(".gitignore").write_text("*.txt")
    assert main(["check", ".", "--select", "PAGE001"]) == 1
    assert "PAGE001" in capsys.readouterr().out
