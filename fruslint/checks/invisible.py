"""Finds the few places of a text at which something stands that nobody can see."""

from __future__ import annotations

import re
from functools import lru_cache

_LAYOUT = "\n\r\t"
_PRINTABLE = "\u034f\u115f"
"""Characters without a shape that Unicode counts among the marks and letters: a joiner and a filler."""
_NEAR = 12


@lru_cache(maxsize=1)  # each pattern of a rule asks for the same text
def invisible(content: str) -> list[tuple[int, int]]:
    """Where characters stand that cannot be printed, line ends and tabs apart; those near each other are one stretch."""
    characters = _characters(content)
    if not characters:
        return []
    one = f"[{re.escape(characters)}]"
    return [found.span() for found in re.finditer(rf"{one}(?:[\s\S]{{0,{_NEAR}}}{one})*", content)]


def _characters(content: str) -> str:
    """Which characters these are; most texts have none, and that is quickly said."""
    printed = content
    for char in _LAYOUT:
        printed = printed.replace(char, "")
    hidden = "" if printed.isprintable() else "".join(sorted(char for char in set(printed) if not char.isprintable()))
    return hidden + "".join(char for char in _PRINTABLE if char in content)
