"""Tells what the misspelt heading of a section is meant to be."""

from __future__ import annotations

from unicodedata import normalize

from fruslint.language.spelling import closest

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
# Headings in their own right that are almost like a label
_OTHER_WORDS = frozenset(
    {"PRESIDENT", "PRESENTS", "PRESENTED", "OBJECT", "OBJECTS", "PREFERENCE", "PALACE", "PEACE", "PLANE"}
)
_SHORTEST = 5
_SHORT = 7


def expected_label(label: str) -> str:
    """The known heading that ``label`` is almost like, or an empty string; a short one may have one slip, others two."""
    # an accent, and what cannot be seen, are no slips of their own
    label = normalize("NFC", "".join(filter(str.isprintable, label))).upper()
    if len(label) < _SHORTEST or label in _OTHER_WORDS:
        return ""
    return closest(label, _MISSPELLABLE, 1 if len(label) < _SHORT else 2) or ""
