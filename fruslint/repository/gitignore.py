"""What git ignores: the files ``.gitignore`` of a repository and its ``.git/info/exclude``.

Written here and not taken from a library, because to load one takes as long as to check a memorandum. What a user has set
for all of his repositories is left out of account: a check gives the same result on every computer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from fruslint.globs import fit
from fruslint.record import Record
from fruslint.repository.root import repository_of

_NAME = ".gitignore"
_LONGEST = 1_000_000
_ANY = "**"


class Pattern(Record):
    """One line: the parts of a path below its file, whether it takes back, and whether it means folders only."""

    parts: tuple[str, ...]
    negated: bool
    folders_only: bool


class GitIgnore:
    """Answers for paths below a folder; it reads each file once, and only those on the way to the path."""

    def __init__(self) -> None:
        self._roots: dict[str, str | None] = {}
        self._patterns: dict[str, tuple[Pattern, ...]] = {}

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether git ignores an absolute path for its own sake, that is, not only for the folder it lies in."""
        folder, _, name = path.rpartition("/")
        root = self._root(folder)
        if root is None:
            return False
        names = [name]
        here = folder
        while True:
            decided = _decision(self._of(here, root), names, is_folder)
            if decided is not None or here == root:
                return bool(decided)
            here, _, above = here.rpartition("/")
            names.insert(0, above)

    def _root(self, folder: str) -> str | None:
        if folder not in self._roots:
            self._roots[folder] = repository_of(folder)
        return self._roots[folder]

    def _of(self, folder: str, root: str) -> tuple[Pattern, ...]:
        """The patterns that count from a folder; those of the repository itself come first, and are overruled."""
        if folder not in self._patterns:
            files = [f"{folder}/.git/info/exclude"] if folder == root else []
            lines = (line for file in [*files, f"{folder}/{_NAME}"] for line in _lines(file))
            self._patterns[folder] = tuple(pattern for pattern in map(parse, lines) if pattern is not None)
        return self._patterns[folder]


def _decision(patterns: tuple[Pattern, ...], names: list[str], is_folder: bool) -> bool | None:
    """Whether the last pattern that fits ignores or takes back; None if none fits."""
    for pattern in reversed(patterns):
        if (is_folder or not pattern.folders_only) and fit(pattern.parts, names):
            return not pattern.negated
    return None


def parse(line: str) -> Pattern | None:
    """The pattern in a line of a ``.gitignore``; None for a comment or an empty line."""
    text = _trimmed(line)
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    names = [_ANY if name == _ANY else "".join(_translated(name)) for name in text.removeprefix("/").split("/")]
    if "/" not in text:
        names = [_ANY, *names]
    if names[-1] == _ANY:
        names.append("*")  # what lies in a folder, and not the folder
    return Pattern(tuple(names), negated, folders_only)


def _lines(file: str) -> list[str]:
    try:
        if not os.path.isfile(file):
            return []
        with open(file, encoding="utf-8", errors="surrogateescape") as stream:
            return stream.read(_LONGEST).splitlines()
    except OSError:
        return []


def _trimmed(line: str) -> str:
    """The line without blanks at its end, but for one behind a backslash."""
    text = line.rstrip(" ")
    behind = len(text) - len(text.rstrip("\\"))
    return text + " " if behind % 2 and len(line) > len(text) else text


def _translated(name: str) -> Iterator[str]:
    """A name as `fnmatch` takes it: it knows no backslash, and ``!`` but not ``^`` in brackets."""
    index = 0
    while index < len(name):
        char = name[index]
        if char == "\\" and index + 1 < len(name):
            index += 1
            yield f"[{name[index]}]" if name[index] in "*?[" else name[index]
        elif name.startswith("[^", index):
            yield "[!"
            index += 1
        else:
            yield char
        index += 1
