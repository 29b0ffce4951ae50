"""Compares the ids of page breaks with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.markup import Markup
from fruslint.model import Volume
from fruslint.source import Span

_DIGITS = re.compile(r"0*([0-9]+)")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_MAJORITY = 0.5


class _Break(NamedTuple):
    """A page break with an id and a number."""

    found: str
    span: Span
    label: str


class PageIdCheck:
    """An id is the ``prefix`` and the number; brackets around a number, zeros before it and its case do not matter.

    Where most ids of a volume do not begin with the prefix, those that do not are its way and are passed over. Values:
    ``found``, ``expected``, ``label``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["prefix"],
        "additionalProperties": False,
        "properties": {"prefix": {"type": "string", "minLength": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "label"})

    def __init__(self, parameters: Parameters) -> None:
        self._prefix: str = parameters["prefix"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id that differs."""
        markup = volume.markup
        if markup is None:
            return
        breaks = list(self._suspects(volume, markup))
        others = sum(not one.found.startswith(self._prefix) for one in breaks)
        otherwise = others > _MAJORITY * len(volume.page_breaks)
        for one in breaks:
            expected = self._prefix + one.label
            if _plain(one.found) == _plain(expected) or (otherwise and not one.found.startswith(self._prefix)):
                continue
            values = {"found": one.found, "expected": expected, "label": one.label}
            yield Hit(one.span, values, edits=_edits(markup, one, expected))

    def _suspects(self, volume: Volume, markup: Markup) -> Iterator[_Break]:
        """The page breaks whose tags do not show at a glance that the id is right."""
        for number, page in zip(markup.named("pb"), volume.page_breaks, strict=True):
            if f'"{self._prefix}{page.label.text}"' in markup.parts[markup.opens[number]]:
                continue
            located, label = markup.located(number, "xml:id"), page.label.text.strip(" []")
            if located is not None and label:
                yield _Break(*located, label)


def _plain(text: str) -> str:
    return _DIGITS.sub(r"\1", text).casefold()


def _edits(markup: Markup, one: _Break, expected: str) -> Edits:
    """The id can be put right where no other element has the right one and nothing refers to the wrong one."""
    free = expected not in markup.ids and f'"#{one.found}"' not in markup.text and _ID.fullmatch(expected)
    return ((one.span, expected),) if free else ()
