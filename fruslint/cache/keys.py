"""What results are kept under: digests of all that they depend on."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from fruslint import __version__
from fruslint.cache.database import State
from fruslint.cache.values import add, digest, new_digest
from fruslint.files import Task

# A file that was changed so shortly before it was read could have been changed again within the same tick of the clock.
_FRESH = 2_000_000_000


def real_names(files: Iterable[str]) -> list[str]:
    """The names of files with no link in their folders: one look for each folder, and not for each file."""
    folders: dict[str, str] = {}
    names = []
    for file in files:
        folder, name = os.path.split(file)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        names.append(os.path.join(folders[folder], name))  # noqa: PTH118 - asked for thousands of files
    return names


def key_of(task: Task, settings: str, content: bytes) -> bytes:
    """What the report on a file is kept under: a digest of all that it depends on."""
    # whoever does not ask for the outline of a file is told the same about it
    whole = _beginning(settings, (task._replace(outlined=False) if task.outlined else task)[1:]).copy()
    add(whole, task.found.path.encode("utf-8", "surrogatepass"))
    add(whole, content)
    return whole.digest()


def state_of(file: str) -> tuple[str, bool]:
    """What the file system says of a file, and whether that can be trusted to change when the file does.

    Raises OSError.
    """
    found = os.stat(file)  # noqa: PTH116 - asked for thousands of files
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    state = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return state, latest + _FRESH < time.time_ns()


def is_changed(known: State) -> bool:
    """Whether a file is no longer what is known of it, or is gone."""
    try:
        return state_of(known.file)[0] != known.state
    except OSError:
        return True


def digest_of_file(file: str, limit: int) -> bytes:
    """The digest of a file, or of its size where it has more bytes than the limit, if there is one. Raises OSError."""
    if limit and os.path.getsize(file) > limit:  # noqa: PTH202
        return digest(b"too large", str(os.path.getsize(file)).encode())  # noqa: PTH202
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, new_digest).digest()


@lru_cache(64)
def _beginning(settings: str, asked: tuple[object, ...]) -> hashlib.blake2b:
    """The part of a key that files have in common: the program, and what is asked of it."""
    whole = new_digest()
    for part in (_program(), settings.encode(), repr(asked).encode("utf-8", "surrogatepass")):
        add(whole, part)
    return whole


@lru_cache(1)
def _program() -> bytes:
    """The version, and the size and time of each module: in a source checkout they change without a new version."""
    states = sorted(_modules(os.path.dirname(os.path.dirname(__file__))))  # noqa: PTH120 - pathlib takes five times as long
    return digest(__version__.encode(), "\n".join(states).encode("utf-8", "surrogatepass"))


def _modules(folder: str) -> Iterator[str]:
    """The place, size and time of each module below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)
