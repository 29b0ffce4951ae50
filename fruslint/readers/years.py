"""Tells when a document was written, from its heading or from the name of its volume."""

from __future__ import annotations

import re

from fruslint.language.vocabulary import ANY_MONTH
from fruslint.patterns import late

_VOLUME = late(r"frus(\d{4})(?:-(\d{2}))?", re.IGNORECASE)
_DATE = late(rf"\b(?:{ANY_MONTH})\s+\d{{1,2}}(?:[–-]\d{{1,2}})?,\s+(1[6-9]\d\d|20\d\d)")


def year_of(title: str, volume: str) -> int | None:
    """The year in a dated heading, else the first year the volume covers, else None."""
    dated = _DATE.search(title)
    if dated:
        return int(dated[1])
    covered = _VOLUME.search(volume)
    return int(covered[1]) if covered else None
