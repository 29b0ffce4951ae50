"""Applies edits to a text."""

from __future__ import annotations

from collections.abc import Iterable

from fruslint.findings import Edit
from fruslint.source import Span


class OverlapError(ValueError):
    """Two edits want to change the same place, ``spans``, in two ways."""

    def __init__(self, first: Span, second: Span) -> None:
        super().__init__(f"two edits overlap: {tuple(first)} and {tuple(second)}")
        self.spans = first, second


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all edits made, the same one only once. Raises OverlapError, and ValueError for a bad span."""
    ordered = sorted({(edit.span, edit.replacement) for edit in edits})
    parts: list[str] = []
    last = Span(0, 0)
    for number, (span, replacement) in enumerate(ordered):
        if not 0 <= span.start <= span.end <= len(text):
            raise ValueError(f"an edit lies outside the text: {tuple(span)}")
        if span.start < last.end or (number and span == last):
            raise OverlapError(last, span)
        parts += text[last.end : span.start], replacement
        last = span
    return "".join(parts) + text[last.end :]
