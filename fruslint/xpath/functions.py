"""The function that rules may use beside those of XPath 1.0: ``matches(text, pattern)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from fruslint.patterns.explosive import refuse_explosive
from fruslint.xpath.expression import ExpressionError

_LONGEST_TEXT = 100_000


class Matches:
    """Whether a regular expression is found in a text; with a set of nodes, in one of them.

    The patterns are those that stand in the expression: no document can bring one of its own.
    """

    def __init__(self, patterns: Iterable[str], expression: str) -> None:
        """Raises ExpressionError for what is no regular expression."""
        self._search: dict[str, Callable[[str], object]] = {}
        for pattern in patterns:
            try:
                refuse_explosive(pattern)
                self._search[pattern] = re.compile(pattern).search
            except re.error as error:
                raise ExpressionError(f"`{pattern}` is not a regular expression: {error}", expression) from None

    def __call__(self, _context: object, *arguments: Any) -> bool:
        """What lxml calls; raises ValueError for arguments that it cannot take."""
        if len(arguments) != 2:
            raise ValueError("matches takes a text and a pattern")
        texts, pattern = arguments
        search = self._search.get(pattern) if isinstance(pattern, str) else None
        if search is None:
            raise ValueError("the pattern of matches must be written in the rule")
        return any(search(text[:_LONGEST_TEXT]) for text in _texts(texts))


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        return [str(value)]
    return [item if isinstance(item, str) else "".join(item.itertext()) for item in value]
