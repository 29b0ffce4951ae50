"""Finds the few places of a text at which something stands that nobody can see."""

from __future__ import annotations

import re

from fruslint.source import unprintable, unusual

_NEAR = 12


def invisible(content: str) -> list[tuple[int, int]]:
    """Where characters stand that cannot be printed, line ends and tabs apart; those near each other are one stretch."""
    characters = unprintable(unusual(content))
    if not characters:
        return []
    one = f"[{re.escape(characters)}]"
    return [found.span() for found in re.finditer(rf"{one}(?:[\s\S]{{0,{_NEAR}}}{one})*", content)]
