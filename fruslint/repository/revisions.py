"""Asks git what a file was at an earlier revision, and who is at work.

git is run without a shell, without a pager, without hooks and programs that a repository may name, and nothing that a user
or a file name says can become an option of it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator

from fruslint.errors import ConfigurationError
from fruslint.record import Record

_SETTINGS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    *("-c", "diff.external="),
    *("-c", "diff.ignoreSubmodules=all"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
_LONGEST = 300
_NOTHING = "0"


class GitError(Exception):
    """git is not there, or refused; the text says why."""


class Revision(Record):
    """A revision: as the user named it, its commit, and the absolute path of the repository."""

    name: str
    commit: str
    root: str


class Change(Record):
    """A file that is not as it was at a revision: its absolute path now, and then; empty where there is or was none.

    ``blob`` is git's name for what it held then.
    """

    path: str
    before: str = ""
    blob: str = ""


def run_git(folder: str, *words: str, data: bytes = b"") -> bytes:
    """What git answers when it is asked in ``folder``; raises GitError."""
    program = shutil.which("git")
    if program is None:
        raise GitError("git is not installed")
    try:
        done = subprocess.run(  # noqa: S603 - a program found by its name, and a list of words
            [program, "--no-pager", *_SETTINGS, *words],
            cwd=folder,
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except OSError as error:
        raise GitError(error.strerror or str(error)) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"git ended with {done.returncode}"]
        raise GitError(lines[0].removeprefix("fatal: ")[:_LONGEST])
    return done.stdout


def user_name(folder: str) -> str:
    """The name of who is at work, as git knows it; empty where it knows none."""
    try:
        return run_git(folder, "config", "--get", "user.name").decode("utf-8", "replace").strip()
    except GitError:
        return ""


def find_revision(name: str, folder: str) -> Revision:
    """The revision of this name in the repository of ``folder``; raises ConfigurationError."""
    try:
        root = run_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
    except GitError as error:
        message = f"--since needs a git repository, and {folder} is in none: {error}"
        raise ConfigurationError(message) from None
    try:
        wanted = f"{name}^{{commit}}"
        answer = run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    except (GitError, ValueError):
        message = f"git knows no revision `{name}`"
        hint = "give a branch, a tag or a commit; a shallow clone may have to fetch it first"
        raise ConfigurationError(message, hint=hint) from None
    return Revision(name, answer.decode("ascii").split()[-1], os.path.realpath(root))


def changes(revision: Revision) -> tuple[Change, ...]:
    """The files that were changed, added, renamed or taken out since a revision, committed or not; raises GitError."""
    words = ("--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-textconv", revision.commit, "--")
    found = list(_read_raw(run_git(revision.root, "diff", *words), revision.root))
    others = run_git(revision.root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    found += [Change(_path(name, revision.root)) for name in others.split(b"\0") if name]
    return tuple(found)


def _read_raw(output: bytes, root: str) -> Iterator[Change]:
    """Reads ``:100644 100644 BLOB BLOB M`` and a path, two for what was renamed or copied, each with a NUL behind it."""
    parts = iter(output.split(b"\0"))
    for head in parts:
        if not head:
            return
        _, _, blob, _, status = head.decode("ascii").split()
        first = _path(next(parts), root)
        then = "" if set(blob) == {_NOTHING} else blob
        if status[0] in "RC":
            yield Change(_path(next(parts), root), first, then)
        elif status[0] == "D":
            yield Change("", first, then)
        else:
            yield Change(first, first if then else "", then)


def _path(name: bytes, root: str) -> str:
    return f"{root}/{os.fsdecode(name)}"


def contents(revision: Revision, blobs: Iterable[str]) -> dict[str, bytes]:
    """What files held, by git's names for it; raises GitError."""
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    answer = run_git(revision.root, "cat-file", "--batch", data="".join(f"{blob}\n" for blob in wanted).encode("ascii"))
    found: dict[str, bytes] = {}
    start = 0
    for blob in wanted:
        end = answer.index(b"\n", start)
        words = answer[start:end].split()
        if len(words) != 3:  # a partial clone that cannot fetch it
            start = end + 1
            continue
        size = int(words[2])
        found[blob] = answer[end + 1 : end + 1 + size]
        start = end + size + 2
    return found
