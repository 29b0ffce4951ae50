"""Paths as text: with slashes on every system, whole, and whether one lies in another."""

from __future__ import annotations

import os


def slashed(path: str) -> str:
    """A path of this system with slashes."""
    return path.replace("\\", "/") if os.sep == "\\" else path


def whole(path: str) -> str:
    """The absolute path, with slashes; links stay as they are."""
    return slashed(os.path.abspath(path))  # noqa: PTH100 - asked for each file of a run


def lies_in(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; both are absolute, and links count as they are written."""
    top = slashed(folder).rstrip("/")
    return f"{slashed(path)}/".startswith(f"{top}/")
