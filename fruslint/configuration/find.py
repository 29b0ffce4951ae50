"""Finds the configuration that holds for a folder: the nearest one, from the folder upwards to the root of its repository.

It looks at names only, and a run over files without a configuration needs no more of this package.
"""

from __future__ import annotations

import os

from fruslint.record import Record

NAMES = ("fruslint.yaml", ".fruslint.yaml", "fruslint.yml", ".fruslint.yml")
PROJECT = "pyproject.toml"
TABLE = ("tool", "fruslint")
"""Where in a pyproject.toml it stands."""
_WORD = b"fruslint"
_LONGEST = 1_000_000


class Located(Record):
    """A configuration that was found. ``root`` is the folder that nothing it names may lead out of.

    ``outside`` tells that it lies above the repository of the files, and is not to be used.
    """

    file: str
    root: str
    outside: bool = False


class Finder:
    """Remembers what it found for each folder: the files of a folder, and most folders of a run, have one in common."""

    def __init__(self) -> None:
        self._known: dict[str, Located | None] = {}

    def nearest(self, folder: str) -> Located | None:
        """The configuration that holds in ``folder`` (an absolute path), None where there is none."""
        if folder not in self._known:
            self._known[folder] = self._search(folder)
        return self._known[folder]

    def _search(self, folder: str) -> Located | None:
        file = configuration_in(folder)
        if file is not None:
            from fruslint.repository.root import repository_of

            return Located(file, repository_of(folder) or folder)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        found = self.nearest(above)
        if found is None or not os.path.lexists(f"{folder}/.git"):
            return found
        return found._replace(outside=True)


def configuration_in(folder: str) -> str | None:
    """The configuration that lies in ``folder`` itself; the first of the names that is there."""
    for name in NAMES:
        if os.path.lexists(f"{folder}/{name}"):
            return os.path.join(folder, name)
    project = os.path.join(folder, PROJECT)
    return project if os.path.isfile(project) and _speaks_of_us(project) else None


def _speaks_of_us(project: str) -> bool:
    """Whether a pyproject.toml may hold our table; most do not, and need not be parsed."""
    try:
        with open(project, "rb") as file:
            data = file.read(_LONGEST)
    except OSError:
        return False
    if _WORD not in data:
        return False
    from fruslint.configuration.toml import has_our_table

    return has_our_table(data)
