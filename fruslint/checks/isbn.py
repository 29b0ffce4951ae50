"""Looks at the book numbers in the header: their length, and the digit by which a slip shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.elements.words import shorten
from fruslint.markup.element_pattern import PATTERNS, Selector
from fruslint.model import Volume
from fruslint.patterns import late

_SIGNS = late(r"[\s‐-―-]+")
_TEN = late(r"[0-9]{9}[0-9Xx]")
_THIRTEEN = late(r"97[89][0-9]{10}")


class IsbnCheck:
    """``elements``: those that hold an ISBN of ten or thirteen digits, or nothing. Values: ``found``, ``detail``."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["elements"],
        "additionalProperties": False,
        "properties": {"elements": PATTERNS},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._selector = Selector(parameters)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each number that cannot be right."""
        markup = volume.markup
        if markup is None:
            return
        for number in self._selector.find(markup):
            words = markup.inner_text(number).strip()
            detail = _fault(_SIGNS.sub("", words)) if words else ""
            if detail:
                yield Hit(markup.words_span(number), {"found": shorten(words), "detail": detail})


def _fault(digits: str) -> str:
    """What is wrong with a number; empty if nothing is."""
    if _TEN.fullmatch(digits):
        values = [10 if digit in "xX" else int(digit) for digit in digits]
        is_right = sum(value * weight for value, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    elif _THIRTEEN.fullmatch(digits):
        is_right = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    else:
        return "it has not the ten or thirteen digits of one"
    return "" if is_right else "its last digit does not go with the others, so one of them is wrong"
