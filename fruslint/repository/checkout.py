"""Where the files of a run stand in their repository, and which revision of it is checked out.

The files of the repository are read, and no program is run for that: a configuration of git that came with somebody's
repository can name programs of its own.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from fruslint.paths import lies_in, slashed
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.repository.root import repository_of

_LONGEST = 1 << 20
_REVISION = late(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCH = "refs/heads/"
_REMOTE = late(r'\[\s*remote\s+"((?:[^"\\]|\\.)*)"\s*\]', re.IGNORECASE)
_URL = late(r"url\s*=\s*(.*)", re.IGNORECASE)
_SHORT_URL = late(r"(?:[^@/:]+@)?([A-Za-z0-9.-]{2,}):(?!//)([^:]+)")
_SCHEMES = ("https", "http", "ssh", "git")
_PLAIN_URL = late(r"[!-~]+")


class Repository(Record):
    """A repository and what of it is checked out. ``branch`` is empty where none is."""

    uri: str
    revision: str
    branch: str


class Checkout(Record):
    """The paths of files from the top of their repository, by the names they are reported by.

    Without a repository they begin at the current folder if all files lie below it, or else at the folder that holds
    them all.
    """

    paths: Mapping[str, str]
    repository: Repository | None = None


def checkout_of(reported: Iterable[str]) -> Checkout:
    """Where these files stand, which are named as a run reports them."""
    here = os.path.realpath(".")
    top = repository_of(here)
    real = {path: _real(path, top or here) for path in reported}
    common = _common(real.values()) or here
    for root in (top, repository_of(common), here, common):
        if root is not None and all(lies_in(file, root) for file in real.values()):
            paths = {path: slashed(os.path.relpath(file, root)) for path, file in real.items()}
            return Checkout(paths, _repository(root))
    return Checkout({})  # files on several drives


def _real(path: str, top: str) -> str:
    """Where a file really is; one that only a link leads out of ``top`` for stays where the link is."""
    real = os.path.realpath(path)
    folder, name = os.path.split(path)
    link = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118
    return link if lies_in(link, top) and not lies_in(real, top) else real


def _common(files: Iterable[str]) -> str | None:
    """The deepest folder that holds all files; None where there is none, or no files."""
    try:
        return os.path.commonpath([os.path.dirname(file) for file in files])  # noqa: PTH120
    except ValueError:
        return None


def _repository(root: str) -> Repository | None:
    """The repository of a work tree; None where there is none that can be read, or nothing was committed yet."""
    own, shared = _git_folders(root)
    head = _read(own, "HEAD").strip()
    name = head.removeprefix("ref:").strip() if head.startswith("ref:") else ""
    revision = _revision(own, shared, name) if name else head
    if not _REVISION.fullmatch(revision):
        return None
    branch = name.removeprefix(_BRANCH) if name.startswith(_BRANCH) else ""
    # a repository that nobody else can reach is known by what it holds
    uri = _remote(_read(shared, "config")) or f"swh:1:rev:{revision}"
    return Repository(uri, revision, branch)


def _git_folders(root: str) -> tuple[str, str]:
    """The folder of git for a work tree, and the one it shares with other work trees; often the same."""
    own = os.path.join(root, ".git")  # noqa: PTH118
    pointer = _read(own)
    if pointer.startswith("gitdir:"):
        own = os.path.join(root, pointer.removeprefix("gitdir:").strip())  # noqa: PTH118
    shared = _read(own, "commondir").strip()
    return own, os.path.join(own, shared) if shared else own  # noqa: PTH118


def _revision(own: str, shared: str, name: str) -> str:
    """The revision that a name stands for, or an empty string."""
    if not name.startswith("refs/") or ".." in name:
        return ""
    loose = _read(own, name).strip() or _read(shared, name).strip()
    if loose:
        return loose
    lines = (line.split() for line in _read(shared, "packed-refs").splitlines())
    return next((words[0] for words in lines if len(words) == 2 and words[1] == name), "")


def _remote(config: str) -> str | None:
    """The address of ``origin``, or of the first other repository that the configuration names."""
    remotes: dict[str, str] = {}
    for name, url in _remotes(config):
        clean = _public(url)
        if clean:
            remotes.setdefault(name, clean)
    return remotes.get("origin") or next(iter(remotes.values()), None)


def _remotes(config: str) -> Iterator[tuple[str, str]]:
    name = None
    for line in map(str.strip, config.splitlines()):
        if line.startswith("["):
            section = _REMOTE.match(line)
            name = section[1] if section else None
        elif name is not None and (found := _URL.fullmatch(line)):
            yield name, found[1].strip().strip('"')


def _public(url: str) -> str | None:
    """An address without user, password and token; None for one that is no address on a network."""
    short = _SHORT_URL.fullmatch(url)
    if short and not url.startswith("file:"):
        return f"ssh://{short[1]}/{quote(short[2].lstrip('/'))}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not host or not _PLAIN_URL.fullmatch(url):
        return None
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{quote(parts.path, safe='/%~')}"


def _read(*parts: str) -> str:
    """The text of a small file; empty where there is none, or it is something else."""
    path = os.path.join(*parts)  # noqa: PTH118
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return ""
            return stream.read(_LONGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
