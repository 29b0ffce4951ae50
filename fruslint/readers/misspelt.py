"""Tells what the misspelt heading of a section is meant to be."""

from __future__ import annotations

from fruslint.spelling import nearest

_MISSPELLABLE = (
    "PARTICIPANTS",
    "SUBJECT",
    "SUBJECTS",
    "PRESENT",
    "PLACE",
    "OTHERS PRESENT",
    "ALSO PRESENT",
    "REFERENCE",
)
_SHORTEST = 5
_SHORT = 7


def expected_label(label: str) -> str:
    """The known heading that ``label`` is almost like, or an empty string; a short one may have one slip, others two."""
    if len(label) < _SHORTEST:
        return ""
    return nearest(label.upper(), _MISSPELLABLE, 1 if len(label) < _SHORT else 2) or ""
