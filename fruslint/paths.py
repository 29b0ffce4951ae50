"""Paths as text: with slashes on every system, whole, whether one lies in another, and what a name says of a file."""

from __future__ import annotations

import os

_TEXT, _VOLUME = ".txt", ".xml"


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


def is_edition_file(path: str) -> bool:
    """Whether a file is a memorandum or a volume by its name."""
    return path.lower().endswith((_TEXT, _VOLUME))


def is_volume(path: str) -> bool:
    """Whether a file is a volume in TEI by its name; one with another name may be one by what it holds."""
    return path.lower().endswith(_VOLUME)
