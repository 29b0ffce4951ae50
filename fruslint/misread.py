"""UTF-8 that was read as Windows text, and what it was before."""

from __future__ import annotations

from fruslint.patterns import late

_SECOND = "".join(
    sorted({bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0xC0) for codec in ("cp1252", "latin-1")})
)
MISREAD = f"(?:[ÂÃÅ][{_SECOND}]|â[{_SECOND}]{{2}})+"
"""A pattern for runs of characters that may be UTF-8 read as Windows text."""

# What such a run stands for: Latin letters and signs, dashes, quotation marks, the ellipsis.
_LIKELY = late("[\u00a0-\u00ffŒœŠšŽžŸ\u2010-\u2044€™]+")


def turn_back(run: str) -> str | None:
    """What ``run`` was before it was read in the wrong encoding; None if it is nothing likely."""
    try:
        was = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return None
    return was if _LIKELY.fullmatch(was) else None


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
