"""Writes a file whole or not at all: beside the file first, then moved into its place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress


def write_whole(path: str, parts: Iterable[bytes]) -> None:
    """Make ``parts`` the content of the file ``path``; whatever happens, it holds the old content or all of the new.

    A link stays a link, and a file keeps its permissions. What is no file (a device, a pipe) is written to as it is.
    Raises OSError, and whatever ``parts`` raise; nothing is left behind then.
    """
    target = os.path.realpath(path)
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as stream:  # noqa: PTH123 - a name that is no text is a path too
            stream.writelines(parts)
        return
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", path)
    folder, name = os.path.split(target)
    _write_and_move(os.path.join(folder, f".{name[:100]}.{os.getpid()}.part"), target, parts, mode)  # noqa: PTH118


def _write_and_move(draft: str, target: str, parts: Iterable[bytes], mode: int | None) -> None:
    try:
        with open(draft, "wb") as stream:  # noqa: PTH123
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            os.chmod(draft, stat.S_IMODE(mode))  # noqa: PTH101
        os.replace(draft, target)  # noqa: PTH105
    except BaseException:  # Ctrl-C too
        with suppress(OSError):
            os.unlink(draft)  # noqa: PTH108
        raise


def _mode(path: str) -> int | None:
    """The mode of what stands at ``path``; None where nothing does."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116
    except FileNotFoundError:
        return None
