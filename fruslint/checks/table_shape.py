"""Compares the numbers of rows and columns that a table says it has with those it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from fruslint.checks.base import Hit, Parameters
from fruslint.markup import Markup
from fruslint.model import Volume

_LARGEST = 1000


class TableShapeCheck:
    """``report``: ``rows`` or ``cols``. Values: ``found`` is the number that is given, ``count`` the real one."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"type": "array", "items": {"enum": ["rows", "cols"]}, "minItems": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"attribute", "found", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._attributes: list[Literal["rows", "cols"]] = parameters["report"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each number that is wrong."""
        markup = volume.markup
        if markup is None:
            return
        for table in markup.named("table"):
            for attribute in self._attributes:
                yield from _compare(markup, table, attribute)


def _compare(markup: Markup, table: int, attribute: Literal["rows", "cols"]) -> Iterator[Hit]:
    located = markup.located(table, attribute)
    if located is None:
        return
    found, span = located
    rows = [child for child in markup.children(table) if markup.names[child] == "row"]
    count = len(rows) if attribute == "rows" else _width(markup, rows)
    if found.strip() != str(count):
        yield Hit(span, {"attribute": attribute, "found": found, "count": str(count)})


def _width(markup: Markup, rows: list[int]) -> int:
    """The cells of the widest row, with those that reach down from the rows above it."""
    widest, hanging = 0, list[tuple[int, int]]()
    for row in rows:
        cells = [child for child in markup.children(row) if markup.names[child] == "cell"]
        sizes = [(_size(markup, cell, "cols"), _size(markup, cell, "rows")) for cell in cells]
        widest = max(widest, sum(width for width, _ in (*sizes, *hanging)))
        hanging = [(width, left - 1) for width, left in (*sizes, *hanging) if left > 1]
    return widest


def _size(markup: Markup, cell: int, attribute: str) -> int:
    """The columns or rows that a cell takes."""
    value = (markup.value(cell, attribute) or "").strip()
    return min(int(value), _LARGEST) if len(value) < 5 and value.isascii() and value.isdigit() else 1
