"""A git repository made of files, for the tests of what is said about repositories."""

from __future__ import annotations

from pathlib import Path

REVISION = "6f1ed002ab5595859014ebf0951522d9b2d5e2d7"


def make_repository(folder: Path, url: str | None = "https://example.org/frus/volumes.git") -> None:
    """Make ``folder`` a repository with one commit on main, as git leaves it; no git is needed for that."""
    git = folder / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (git / "refs/heads/main").write_text(f"{REVISION}\n", encoding="utf-8")
    remote = f'[remote "origin"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n' if url else ""
    (git / "config").write_text(f"[core]\n\tbare = false\n{remote}", encoding="utf-8")
