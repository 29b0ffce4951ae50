"""Numbers of bytes as people write them: read from options and configurations, and said in messages."""

from __future__ import annotations

import re

from fruslint.patterns import late

_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_SIZE = late(r"([0-9]{1,12})\s*(?:([KMG])(?:i?B)?|B)?", re.IGNORECASE)


def parse_size(words: str) -> int | None:
    """The number that some words stand for: ``500``, ``500K``, ``64 MB``, ``2GiB``; a K is 1024. None for anything else."""
    found = _SIZE.fullmatch(words.strip()) if words.isascii() else None
    return None if found is None else int(found[1]) * _UNITS[(found[2] or "").upper()]


def size_in_words(size: int) -> str:
    """A number of bytes: 512 bytes, 12.5 MiB."""
    for letter in "GMK":
        if size >= _UNITS[letter]:
            return f"{size / _UNITS[letter]:.1f}".removesuffix(".0") + f" {letter}iB"
    return f"{size} bytes"
