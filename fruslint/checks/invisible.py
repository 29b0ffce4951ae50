"""Finds the few places of a text at which something stands that nobody can see."""

from __future__ import annotations

import re

_ORDINARY = bytes(range(0x20, 0x7F)) + b"\n\r\t"
"""The letters and signs of ASCII, and what lays a text out."""
_PRINTABLE = "\u034f\u115f"
"""Characters without a shape that Unicode counts among the marks and letters: a joiner and a filler."""
_NEAR = 12


def invisible(content: str) -> list[tuple[int, int]]:
    """Where characters stand that cannot be printed, line ends and tabs apart; those near each other are one stretch."""
    characters = _characters(content)
    if not characters:
        return []
    one = f"[{re.escape(characters)}]"
    return [found.span() for found in re.finditer(rf"{one}(?:[\s\S]{{0,{_NEAR}}}{one})*", content)]


def _characters(content: str) -> str:
    """Which characters these are; most texts have none, and that is quickly said."""
    # Bytes are left out several times faster than characters are looked at, and few are left.
    left = content.encode("utf-8", "surrogatepass").translate(None, _ORDINARY).decode("utf-8", "surrogatepass")
    hidden = "" if left.isprintable() else "".join(sorted(char for char in set(left) if not char.isprintable()))
    return hidden + "".join(char for char in _PRINTABLE if char in left)
