"""Compares the numbers of rows and columns that a table says it has with those it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.elements.words import plain_number
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.model import Volume

# No cell is larger; a file that says so must not take time without end.
_LARGEST, _DIGITS = 1000, 4


class TableShapeCheck:
    """``report``: ``rows`` or ``cols``, or a row that is ``short``: one alone, of several cells, behind a row that is full.

    Values: ``attribute``, ``found`` the number that it gives, ``part`` (``it`` or ``this row``) and ``count``, what that has.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {"report": {"type": "array", "items": {"enum": ["rows", "cols", "short"]}, "minItems": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"attribute", "found", "part", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._report: list[Literal["rows", "cols", "short"]] = parameters["report"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each number that is wrong."""
        markup = volume.markup
        if markup is None:
            return
        for table in markup.named("table"):
            rows = [child for child in markup.children(table) if markup.names[child] == "row"]
            for report in self._report:
                yield from _short(markup, table, rows) if report == "short" else _compare(markup, table, rows, report)


def _compare(markup: Markup, table: int, rows: Sequence[int], attribute: Literal["rows", "cols"]) -> Iterator[Hit]:
    located = markup.located(table, attribute)
    if located is None:
        return
    found, span = located
    count = len(rows) if attribute == "rows" else max(_widths(markup, rows), default=0)
    if found.strip() != str(count):
        yield Hit(span, {"attribute": attribute, "found": found, "part": "it", "count": str(count)})


def _short(markup: Markup, table: int, rows: Sequence[int]) -> Iterator[Hit]:
    """The one row that lacks a cell; a line of headings above the others may have fewer, and so may an empty one."""
    found = (markup.value(table, "cols") or "").strip()
    widths = _widths(markup, rows) if found else []
    if not widths or found != str(max(widths)):
        return
    short = [place for place, width in enumerate(widths) if width < max(widths)]
    if len(short) == 1 and short[0] > widths.index(max(widths)) and widths[short[0]] > 1:
        row = rows[short[0]]
        if markup.inner_text(row).strip():
            values = {"attribute": "cols", "found": found, "part": "this row", "count": str(widths[short[0]])}
            yield Hit(markup.name_span(row), values, severity=Severity.WARNING)


def _widths(markup: Markup, rows: Sequence[int]) -> list[int]:
    """The cells of each row, with those that reach down from the rows above it."""
    widths, hanging = [], list[tuple[int, int]]()
    for row in rows:
        cells = [child for child in markup.children(row) if markup.names[child] == "cell"]
        sizes = [(_size(markup, cell, "cols"), _size(markup, cell, "rows")) for cell in cells]
        widths.append(sum(width for width, _ in (*sizes, *hanging)))
        hanging = [(width, left - 1) for width, left in (*sizes, *hanging) if left > 1]
    return widths


def _size(markup: Markup, cell: int, attribute: str) -> int:
    """The columns or rows that a cell takes."""
    value = markup.value(cell, attribute)
    size = plain_number(value.strip(), _DIGITS) if value is not None else None
    return min(size, _LARGEST) if size is not None else 1
