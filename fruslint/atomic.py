"""Writes a file whole or not at all: beside the file first, then moved into its place."""

from __future__ import annotations

import os
import signal
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress


def write_whole(path: str, parts: Iterable[bytes]) -> None:
    """Make ``parts`` the content of the file ``path``; whatever happens, it holds the old content or all of the new.

    A link stays a link, and a file keeps its permissions. What is no file (a device, a pipe) is written to as it is.
    Raises OSError, and whatever ``parts`` raise; nothing is left behind then.
    """
    target = os.path.realpath(path)
    status = _status(target)
    if status is not None and not stat.S_ISREG(status.st_mode):
        with open(target, "wb") as stream:  # noqa: PTH123 - a name that is no text is a path too
            stream.writelines(parts)
        return
    if status is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", path)
    replace_whole(target, parts, status)


def replace_whole(target: str, parts: Iterable[bytes], status: os.stat_result | None, *, owned: bool = False) -> None:
    """Put a new file in the place of ``target``, with the permissions in the ``status`` of the old one.

    With ``owned`` it must have the owner and group of the old one too. Raises OSError, and whatever ``parts`` raise;
    nothing is left behind then, not even by a Ctrl-C.
    """
    folder, name = os.path.split(target)
    draft = os.path.join(folder, f".{name[:40]}.{os.urandom(4).hex()}.part")  # noqa: PTH118
    with _undisturbed():
        try:
            _write(draft, parts, status, owned)
            os.replace(draft, target)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)  # noqa: PTH108
            raise


def _write(draft: str, parts: Iterable[bytes], status: os.stat_result | None, owned: bool) -> None:
    with open(draft, "xb") as stream:  # noqa: PTH123
        if status is not None:
            _take_after(draft, status, owned)
        stream.writelines(parts)
        stream.flush()
        os.fsync(stream.fileno())


def _take_after(draft: str, status: os.stat_result, owned: bool) -> None:
    """Give a file the owner, the group and the permissions of another, before anything stands in it."""
    new = os.stat(draft)  # noqa: PTH116
    if owned and (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
        os.chown(draft, status.st_uid, status.st_gid)
    os.chmod(draft, stat.S_IMODE(status.st_mode))  # noqa: PTH101


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C, and the order to end, waiting for the moment that it takes to write one file."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread only
        return
    waiting: list[int] = []
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        for one in before:
            signal.signal(one, lambda number, _: waiting.append(number))
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler if handler is not None else signal.SIG_DFL)
        for number in waiting[:1]:
            signal.raise_signal(number)


def _status(path: str) -> os.stat_result | None:
    """What is known of what stands at ``path``; None where nothing does."""
    try:
        return os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return None
