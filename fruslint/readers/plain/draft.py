"""What the parts of the plain-text reader hand to each other before the words are cut out of the source."""

from __future__ import annotations

from fruslint.model import Anomaly
from fruslint.source import Span
from fruslint.text import BlockKind


class RawBlock:
    """A part of a document whose markers and page breaks are still to be taken out of ``words``."""

    __slots__ = ("depth", "kind", "span", "words")

    def __init__(self, kind: BlockKind, span: Span, words: Span, depth: int = 0) -> None:
        self.kind = kind
        self.span = span
        self.words = words
        self.depth = depth


class RawSection:
    """A section under construction; ``moved`` is by how many blanks all its list stands too far to the left."""

    __slots__ = ("after_body", "at", "expected", "heading", "inline", "items", "kind", "moved")

    def __init__(self, kind: str, heading: RawBlock | None, expected: str = "", inline: bool = False) -> None:
        self.kind = kind
        self.heading = heading
        self.items: list[RawBlock] = []
        self.expected = expected
        self.inline = inline
        self.after_body = False
        self.moved = 0
        self.at: Span | None = None

    @property
    def span(self) -> Span:
        """From the heading, or the first item, to the last item."""
        parts = [*([self.heading.span] if self.heading else []), *(item.span for item in self.items)]
        return Span(parts[0].start, parts[-1].end) if parts else self.at or Span(0, 0)


class Draft:
    """What the lines of a memorandum came to."""

    __slots__ = ("anomalies", "blocks", "sections")

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self.sections: list[RawSection] = []
        self.anomalies: list[Anomaly] = []
