"""Paths on the command line -> edition files.

A folder gives its ``*.txt`` and ``*.xml`` files, at any depth; a file that is named is taken whatever its name. What
cannot be opened stays in the list with a `problem`, so that it is reported and the run goes on.

Symbolic links to folders are not followed, unless they are named: so links cannot lead in a circle, and the files of a
repository cannot lead outside it. A link to a file is taken if that file lies below the folder that was named.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from fruslint.paths import is_edition_file
from fruslint.patterns import late
from fruslint.record import Record

STANDARD_INPUT = "-"
SKIPPED_FOLDERS = ("node_modules", "__pycache__", "site-packages")
_DIGITS = late(r"([0-9]+)")

_DETAILS = {
    errno.ENOENT: "the file is gone, or a link leads nowhere",
    errno.EACCES: "there is no permission to {verb} it",
    errno.EPERM: "there is no permission to {verb} it",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
)


class MissingPathError(Exception):
    """A path that was given does not exist; ``nearby`` are the names in its folder."""

    def __init__(self, path: str, nearby: tuple[str, ...]) -> None:
        super().__init__(path)
        self.path = path
        self.nearby = nearby


class Found(Record):
    """A file to check: the name it is reported by, where it is, and why it cannot be read, if that is known already."""

    path: str
    file: str
    problem: str = ""


class Discovery(Record):
    """The files found, sorted by path, and how many files and folders were left out by a pattern."""

    files: tuple[Found, ...]
    excluded: int = 0


class Exclusion:
    """Glob patterns: one with a slash stands for a whole path, one without for any name in it."""

    def __init__(self, patterns: Iterable[str], reach: Reach) -> None:
        self._patterns = tuple(pattern.removeprefix("./").rstrip("/") for pattern in patterns)
        self._reach = reach
        self.count = 0

    def leaves_out(self, path: str, absolute: str) -> bool:
        """Whether a path is left out; counts those that are."""
        left_out = any(_matches(path, pattern) for pattern in self._patterns) or self._reach.leaves_out(absolute)
        self.count += left_out
        return left_out

    def passes_over(self, path: str, absolute: str, is_folder: bool) -> bool:
        """Whether what was found in a folder is left out; counts it if so."""
        if self.leaves_out(path, absolute):
            return True
        ignored = self._reach.ignores(absolute, is_folder)
        self.count += ignored
        return ignored

    def takes(self, absolute: str) -> bool:
        """Whether a file in a folder is an edition file by its name."""
        return self._reach.takes(absolute)


def _matches(path: str, pattern: str) -> bool:
    if "/" in pattern:
        return fnmatchcase(path, pattern)
    return any(fnmatchcase(name, pattern) for name in path.split("/"))


class Reach(Protocol):
    """What a configuration says about absolute paths."""

    def leaves_out(self, path: str) -> bool:
        """Whether a file or folder is left out, even where it is named."""
        ...

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether a file or folder is left out where it is found in a folder."""
        ...

    def takes(self, path: str) -> bool:
        """Whether a file in a folder is an edition file by its name."""
        ...


class Everything:
    """No configuration: all files with the names of edition files."""

    def leaves_out(self, path: str) -> bool:
        """Nothing is left out."""
        return False

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Nothing is ignored."""
        return False

    def takes(self, path: str) -> bool:
        """By the suffix."""
        return is_edition_file(path)


def discover(paths: Iterable[str], exclude: Iterable[str] = (), reach: Reach = Everything()) -> Discovery:  # noqa: B008
    """The edition files that ``paths`` stand for, each once; raises MissingPathError."""
    exclusion = Exclusion(exclude, reach)
    chosen: dict[str, Found] = {}
    for path in dict.fromkeys(paths):
        for real, found in _expand(path, exclusion):
            # Of two ways to one file the one without a link is reported, then the first in the alphabet.
            both = (found, chosen[real]) if real in chosen else (found,)
            chosen[real] = min(both, key=lambda each: (each.file != real, each.path))
    return Discovery(tuple(sorted(chosen.values(), key=lambda found: found.path)), exclusion.count)


def _expand(path: str, exclusion: Exclusion) -> Iterator[tuple[str, Found]]:
    """The files a path stands for, with the place each really is at."""
    if path == STANDARD_INPUT:
        yield path, Found(path, path)
        return
    shown = reported_path(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - Path takes an empty path for the current folder
    except (OSError, ValueError) as error:
        yield path, _unopened(path, shown, error)
        return
    if exclusion.leaves_out(shown, os.path.abspath(path)):  # noqa: PTH100
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, shown, exclusion)
    else:
        yield os.path.realpath(path), Found(shown, path, unreadable_kind(mode))


def _unopened(path: str, shown: str, error: Exception) -> Found:
    # A link that leads nowhere is there, and so may be what stands in a folder that is closed to us.
    nowhere = isinstance(error, ValueError | FileNotFoundError | NotADirectoryError)
    if nowhere and not os.path.lexists(path):
        raise MissingPathError(path, names_beside(path)) from None
    return Found(shown, path, describe(error))


def names_beside(path: str) -> tuple[str, ...]:
    """The names in the folder that a path stands in, or would; none where there is no such folder, or it is closed to us."""
    try:
        return tuple(sorted(entry.name for entry in Path(path).absolute().parent.iterdir()))
    except (OSError, ValueError):
        return ()


def _walk(folder: str, shown: str, exclusion: Exclusion) -> Iterator[tuple[str, Found]]:
    root = os.path.realpath(folder)
    waiting = [(root, shown, os.path.abspath(folder))]  # noqa: PTH100
    while waiting:
        here, name, absolute = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError as error:
            yield here, Found(name, here, describe(error))
            continue
        for entry in entries:
            path = entry.name if name == "." else f"{name.rstrip('/')}/{entry.name}"
            place = f"{absolute.rstrip(os.sep)}{os.sep}{entry.name}"
            if _wanted_folder(entry):
                waiting += [] if exclusion.passes_over(path, place, True) else [(entry.path, path, place)]
            elif _wanted_file(entry, root, exclusion.takes(place)) and not exclusion.passes_over(path, place, False):
                yield os.path.realpath(entry.path) if entry.is_symlink() else entry.path, Found(path, entry.path)


def _wanted_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False) or entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS:
        return False
    # Unlike Path.exists, this is False for a folder that may not be read; that is said when the folder is opened.
    return not os.path.exists(f"{entry.path}/pyvenv.cfg")  # noqa: PTH110


def _wanted_file(entry: os.DirEntry[str], root: str, taken: bool) -> bool:
    if entry.name.startswith(".") or not taken or _is_folder(entry):
        return False
    return not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(root)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle: it is reported when it is opened
        return False


def reported_path(path: str) -> str:
    """``path`` as reports name it: from the current folder if it lies below it, as it was given if not."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps "..", resolve follows links
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else Path(path).as_posix()


def natural(path: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts paths as people do: d2.txt comes before d10.txt."""
    parts = _DIGITS.split(path)
    numbers = (part.lstrip("0") if index % 2 else part for index, part in enumerate(parts))
    # a number with more digits is the greater one; d2 and d02 are told apart by the path
    return [(len(part) if index % 2 else 0, part) for index, part in enumerate(numbers)], path


def unreadable_kind(mode: int) -> str:
    """Why something of this mode cannot be read as a file; empty for a file."""
    if stat.S_ISREG(mode):
        return ""
    return next((text for test, text in _KINDS if test(mode)), "it is not a file")


def describe(error: Exception, verb: str = "read") -> str:
    """Why a file cannot be opened, in a sentence without its full stop; ``verb`` is what was to be done to it."""
    number = getattr(error, "errno", None)
    if number in _DETAILS:
        return _DETAILS[number].format(verb=verb)
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
