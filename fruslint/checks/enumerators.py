"""Looks for runs of paragraphs or items that begin with typed numbers or letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late

_ENUMERATOR = late(r"\s*(\(?)(?:([0-9]{1,3})|([a-z]))([.)])\s")


class EnumeratorsCheck:
    """``elements``: the names of those that may begin so. ``shortest``: runs with fewer members are passed over;
    ``shortest_of`` says it for single elements.

    Values: ``found`` (the first), ``count``, ``element``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "elements": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "shortest": {"type": "integer", "minimum": 2},
            "shortest_of": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 2}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "count", "element"})

    def __init__(self, parameters: Parameters) -> None:
        self._elements: list[str] = parameters.get("elements", ["p", "item"])
        self._shortest: int = parameters.get("shortest", 3)
        self._shortest_of: dict[str, int] = parameters.get("shortest_of", {})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each run, at its first member."""
        markup = volume.markup
        if markup is None:
            return
        for name in self._elements:
            shortest = self._shortest_of.get(name, self._shortest)
            for run in _runs(markup, name):
                if len(run) >= shortest:
                    first = run[0]
                    found = _ENUMERATOR.match(markup.parts[markup.opens[first] + 1])
                    values = {"found": found[0].strip() if found else "", "count": str(len(run)), "element": name}
                    yield Hit(markup.name_span(first), values)


def _runs(markup: Markup, name: str) -> Iterator[list[int]]:
    """The elements of a name that follow each other in one parent and whose enumerators ascend by one."""
    run: list[int] = []
    last: tuple[str, int] | None = None
    for number in markup.named(name):
        value = _value(markup.parts[markup.opens[number] + 1])
        goes_on = (
            value is not None
            and last is not None
            and value == (last[0], last[1] + 1)
            and markup.parents[run[-1]] == markup.parents[number]
        )
        if not goes_on:
            yield run
            run = []
        last = value
        if value is not None:
            run.append(number)
    yield run


def _value(text: str) -> tuple[str, int] | None:
    """The form of the enumerator that a text begins with, and its value."""
    found = _ENUMERATOR.match(text)
    if found is None:
        return None
    opening, digits, letter, closing = found.groups()
    return f"{opening}{'1' if digits else 'a'}{closing}", int(digits) if digits else ord(letter)
