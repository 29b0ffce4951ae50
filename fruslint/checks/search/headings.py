"""Asks the heading of a document, which tells of some that what a rule looks for is not to be expected there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fruslint.model import Document


def is_titled(document: Document, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether one of the patterns is found in the words of the heading; never where a document has none."""
    title = document.title.text.content if document.title is not None else ""
    return any(pattern.search(title) for pattern in patterns)
