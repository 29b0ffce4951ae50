"""Path patterns: ``*`` and ``?`` stay within one name, ``**`` stands for any folders, and a folder takes in what it holds.

A pattern without a slash is a name at any depth; one with a slash counts from the folder of what it stands in. Names are
matched one by one, so that no pattern, however long, takes more than (names x parts) steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from fruslint.record import Record

_ANY = "**"
_LONGEST = 300


class Glob(Record):
    """A pattern as it was written, the folder it counts from, and its parts."""

    text: str
    base: str
    parts: tuple[str, ...]


def parse_glob(text: str, base: str) -> Glob:
    """The pattern ``text``, which counts from the folder ``base``; raises ValueError with what is wrong about it."""
    written = text.removeprefix("./").rstrip("/")
    if not written:
        raise ValueError("a pattern must not be empty")
    if len(text) > _LONGEST:
        raise ValueError(f"a pattern must not be longer than {_LONGEST} characters")
    names = written.split("/")
    if "" in names[1:] or ".." in names or "." in names:
        raise ValueError(f"`{text}` is not a path pattern: it must not hold `..`, `.` or an empty name")
    anchored = names[1:] if names[0] == "" else names if len(names) > 1 else [_ANY, *names]
    return Glob(text, base, (*anchored, _ANY))


def matches(glob: Glob, path: str) -> bool:
    """Whether an absolute path, with slashes, is what the pattern stands for, or lies in it."""
    prefix = glob.base if glob.base.endswith("/") else f"{glob.base}/"
    if path.startswith(prefix):
        return fit(glob.parts, path[len(prefix) :].split("/"))
    # What lies elsewhere can only be meant by its name.
    return glob.parts[0] == _ANY and fit(glob.parts, path.strip("/").split("/"))


def fit(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether ``names`` are ``parts``; when one does not fit, the last ``**`` takes one name more."""
    part = name = 0
    star, behind = -1, 0
    while name < len(names):
        if part < len(parts) and parts[part] == _ANY:
            star, behind = part, name
            part += 1
        elif part < len(parts) and fnmatchcase(names[name], parts[part]):
            part, name = part + 1, name + 1
        elif star >= 0:
            behind += 1
            part, name = star + 1, behind
        else:
            return False
    return all(rest == _ANY for rest in parts[part:])
