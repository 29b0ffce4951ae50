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

SCHEMA: dict[str, Any] = {
    "description": "The versions of the edition's schema in which it holds; without it, in all",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
}
"""The parameter of an assertion that does not hold in all versions."""

DETECT = "auto"
"""What a configuration says that leaves it to the files."""


def known_versions() -> tuple[str, ...]:
    """The names of the versions, from the oldest to the newest."""
    return tuple(name for name, _ in _versions())


def check_names(names: list[str]) -> frozenset[str]:
    """The names, each of which is a version; raises ValueError for one that is none."""
    for name in names:
        if name not in known_versions():
            hint = did_you_mean(name, known_versions()) or f"known are {', '.join(known_versions())}"
            raise ValueError(f"`{name}` is not a version of the schema; {hint}")
    return frozenset(names)


def detect(markup: Markup) -> str:
    """The newest version of which a file shows a sign, and else the oldest."""
    for name, signs in reversed(_versions()):
        if any(True for sign in signs for _ in sign.find(markup)):
            return name
    return known_versions()[0]


@cache
def _versions() -> tuple[tuple[str, tuple[Pattern, ...]], ...]:
    data = json.loads((data_folder("schemas") / "versions.json").read_text(encoding="utf-8"))
    return tuple((one["name"], tuple(map(Pattern, one["signs"]))) for one in data["versions"])
