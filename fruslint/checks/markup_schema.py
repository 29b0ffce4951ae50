"""Versions of a schema: what is right in the files of one year is wrong in those of another."""

from __future__ import annotations

from typing import Any, ClassVar

from fruslint.checks.base import Parameters
from fruslint.checks.element_pattern import PATTERNS, Pattern
from fruslint.markup import Markup

_DETECT = "detect"


class Versions:
    """``version`` names one, or is ``detect``; ``versions`` are listed from the oldest to the newest with their signs.

    A file is of the newest version of which it shows a sign, and else of the oldest.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "version": {"type": "string"},
        "versions": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "signs": PATTERNS},
            },
        },
    }

    def __init__(self, parameters: Parameters) -> None:
        self._version: str = parameters.get("version", _DETECT)
        listed: list[dict[str, Any]] = parameters.get("versions", [])
        self._signs: list[tuple[str, list[Pattern]]] = [
            (one["name"], [Pattern(sign) for sign in one.get("signs", ())]) for one in reversed(listed)
        ]

    def of(self, markup: Markup) -> str:
        """The name of the version a file is of; empty where there are none."""
        if self._version != _DETECT or not self._signs:
            return "" if self._version == _DETECT else self._version
        for name, signs in self._signs:
            if any(_occurs(sign, markup) for sign in signs):
                return name
        return self._signs[-1][0]


def _occurs(sign: Pattern, markup: Markup) -> bool:
    return next(iter(sign.find(markup)), None) is not None
