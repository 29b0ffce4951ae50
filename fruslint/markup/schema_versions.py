"""Versions of the edition's schema: what is right in the files of one year is wrong in those of another.

Which there are, and how a file shows that it is of one, is data (``schemas/versions.json``); what holds in which of them
is told by the rules. This is the one place that decides of which version a file is.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fruslint.data import data_folder
from fruslint.markup.element_pattern import Pattern
from fruslint.markup.elements import Markup
from fruslint.near import did_you_mean
from fruslint.record import Record

SCHEMA: dict[str, Any] = {
    "description": "The versions of the edition's schema in which it holds; without it, in all",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
}
"""The parameter of an assertion that does not hold in all versions."""

# So many of the elements of a name may have by a slip what is common in another version.
_FEW = 0.1
DETECT = "auto"
"""What a configuration says that leaves it to the files."""


def known_versions() -> tuple[str, ...]:
    """The names of the versions, from the oldest to the newest."""
    return tuple(version.name for version in _versions())


def check_names(names: list[str]) -> frozenset[str]:
    """The names, each of which is a version; raises ValueError for one that is none."""
    for name in names:
        if name not in known_versions():
            hint = did_you_mean(name, known_versions()) or f"known are {', '.join(known_versions())}"
            raise ValueError(f"`{name}` is not a version of the schema; {hint}")
    return frozenset(names)


def detect(markup: Markup) -> str:
    """The newest version of which a file shows a sign, or what is common there, and else the oldest."""
    for version in reversed(_versions()):
        if any(True for sign in version.signs for _ in sign.find(markup)):
            return version.name
        if any(_is_common(markup, pattern) for pattern in version.common):
            return version.name
    return known_versions()[0]


def _is_common(markup: Markup, pattern: Pattern) -> bool:
    """Whether more than a few of the elements of a name are of a pattern."""
    return len(pattern.find(markup)) > _FEW * len(markup.named(pattern.name))


class _Version(Record):
    """A version: its name, what shows it wherever it stands, and what shows it where many elements have it."""

    name: str
    signs: tuple[Pattern, ...]
    common: tuple[Pattern, ...]


@cache
def _versions() -> tuple[_Version, ...]:
    data = json.loads((data_folder("schemas") / "versions.json").read_text(encoding="utf-8"))
    return tuple(
        _Version(one["name"], tuple(map(Pattern, one["signs"])), tuple(map(Pattern, one.get("common", ()))))
        for one in data["versions"]
    )
