"""Puts a fixed file in the place of the old one, if that still is what it was when it was read."""

from __future__ import annotations

import errno
import os
import stat

from fruslint.atomic import replace_whole
from fruslint.discovery import unreadable_kind

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_REASONS = {
    errno.ENOENT: "the file is gone",
    errno.ENOTDIR: "its folder is gone",
    errno.EACCES: "there is no permission to write in its folder",
    errno.EPERM: "there is no permission to write it with the same owner",
    errno.EROFS: "nothing can be written on this disk",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk has no more room for you",
    errno.EFBIG: "the disk takes no file of this size",
    errno.ENAMETOOLONG: "its name is too long",
}


def write_fixed(file: str, before: bytes, after: bytes) -> str:
    """Make ``after`` the content of a file that holds ``before``; why that was not done, or nothing.

    A link stays, and what it leads to is written. Permissions, owner and group stay. A file that has several names, may
    not be written, or holds anything but ``before`` is left alone. Whatever happens, it holds the one or the other.
    """
    target = os.path.realpath(file)
    try:
        status = os.stat(target)  # noqa: PTH116
        problem = _objection(target, status, before)
        if not problem:
            replace_whole(target, (after,), status, owned=True)
    except OSError as error:
        return _REASONS.get(error.errno or 0) or (error.strerror or type(error).__name__).lower()
    return problem


def _objection(target: str, status: os.stat_result, before: bytes) -> str:
    problem = unreadable_kind(status.st_mode)
    if problem:
        return problem
    if status.st_nlink > 1:
        return "the file has other names (hard links), which would keep the old text"
    if not status.st_mode & _WRITABLE or not os.access(target, os.W_OK):
        return "the file is read-only"
    return "" if _holds(target, status, before) else "someone else has changed the file in the meantime; run again"


def _holds(target: str, status: os.stat_result, content: bytes) -> bool:
    """Whether a file still is what it was, whatever its times say."""
    if status.st_size != len(content):
        return False
    with open(target, "rb") as stream:  # noqa: PTH123
        return stream.read(len(content) + 1) == content
