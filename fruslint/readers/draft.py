"""What the parts of the plain-text reader hand to each other before the words are cut out of the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from fruslint.model import Anomaly, BlockKind
from fruslint.source import Span


@dataclass(slots=True)
class RawBlock:
    """A part of a document whose markers and page breaks are still to be taken out of ``words``."""

    kind: BlockKind
    span: Span
    words: Span
    depth: int = 0


@dataclass(slots=True)
class RawSection:
    """A section under construction."""

    kind: str
    heading: RawBlock | None
    items: list[RawBlock] = field(default_factory=list)
    expected: str = ""
    inline: bool = False
    after_body: bool = False
    at: Span | None = None

    @property
    def span(self) -> Span:
        """From the heading, or the first item, to the last item."""
        parts = [*([self.heading.span] if self.heading else []), *(item.span for item in self.items)]
        return Span(parts[0].start, parts[-1].end) if parts else self.at or Span(0, 0)


@dataclass(slots=True)
class Draft:
    """What the lines of a memorandum came to."""

    blocks: list[RawBlock] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
