"""Finds the root of the repository that a folder lies in."""

from __future__ import annotations

import os


def repository_of(folder: str) -> str | None:
    """The root of the repository that ``folder`` (an absolute path) lies in, None where there is none."""
    here, last = folder, ""
    while here != last:
        if os.path.lexists(f"{here}/.git"):
            return here
        here, last = os.path.dirname(here), here  # noqa: PTH120 - asked for each folder of a run
    return None
