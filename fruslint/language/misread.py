"""UTF-8 that was read as Windows or Macintosh text, and what it was before."""

from __future__ import annotations

from fruslint.patterns import late

_SECOND = "".join(
    sorted({bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0xC0) for codec in ("cp1252", "latin-1")})
)
_MAC_SECOND = "".join(bytes([byte]).decode("mac_roman") for byte in range(0x80, 0xC0))
_MAC_LEADS = "√¬‚"
MISREAD = f"(?:[ÂÃÅ][{_SECOND}]|â[{_SECOND}]{{2}})+|(?:[√¬][{_MAC_SECOND}]|‚Ä[{_MAC_SECOND}])+"
"""A pattern for runs of characters that may be UTF-8 read as Windows or Macintosh text."""
LEADS = (*"ÂÃÅâ", *_MAC_LEADS)
"""What such a run begins with."""

# What such a run stands for: Latin letters and signs, dashes, quotation marks, the ellipsis.
_LIKELY = late("[\u00a0-\u00ffŒœŠšŽžŸ\u2010-\u2044€™]+")


def turn_back(run: str) -> str | None:
    """What ``run`` was before it was read in the wrong encoding; None if it is nothing likely."""
    try:
        data = run.encode("mac_roman") if run[0] in _MAC_LEADS else b"".join(map(_byte, run))
        was = data.decode("utf-8")
    except UnicodeError:
        return None
    return was if _LIKELY.fullmatch(was) else None


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
