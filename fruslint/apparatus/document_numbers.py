"""The number of a document: as it is printed at its head, and as its id has it."""

from __future__ import annotations

import re

from fruslint.model import Document, Label
from fruslint.once import once
from fruslint.patterns import late

# What may stand in front of the number, the name of a volume or a word ("d", "doc_", "frus1958-60v01d"), and the number.
_ID = late(r"(?:(?:.*[_. -]|frus[^d]*)?d0*|(?!0))(\d{1,5}[a-z]?)$", re.IGNORECASE)


@once
def id_number(document: Document) -> str:
    """The number in the id of a document (of a text, the name of its file); empty if there is none."""
    found = _ID.match(document.id)
    return found[1] if found else ""


def printed_number(label: Label) -> str:
    """A printed number without the brackets of the editors."""
    return label.text.strip("[]")
