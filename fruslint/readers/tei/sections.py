"""Makes sections out of the lists at the head of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fruslint.markup import Markup
from fruslint.model import Block, BlockKind, Section
from fruslint.readers.misspelt import expected_label
from fruslint.readers.tei.frames import Draft, Frame, ListFrame
from fruslint.readers.tei.words import RunText
from fruslint.source import Span
from fruslint.vocabulary import section_kind

_TYPES = frozenset({"participants", "subject"})
_INLINE_LABEL = re.compile(r"([A-Za-z][A-Za-z.&/() ]{1,40}?)\s*:\s*")
_SENTENCE_END = re.compile(r"[.?!;,][”’\"')\]]*\s*$")
_LONGEST_OPENER = 120
_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


def section_lists(markup: Markup, draft: Draft) -> list[ListFrame]:
    """The lists that have a heading, or say that they are of participants or subjects."""
    return [own for own in draft.lists if own.heading is not None or _list_type(markup, own) in _TYPES]


def _list_type(markup: Markup, own: ListFrame) -> str:
    return (markup.value(own.number, "type") or "").strip()


def opener_frames(frames: Sequence[Frame], lists: Sequence[ListFrame]) -> list[Frame]:
    """The paragraphs before the first section that are lines of an opener: a classification, the number of a report."""
    if not lists:
        return []
    first = lists[0].number
    before = [frame for frame in frames if frame.number < first and frame.kind in _BODY]
    return before if all(frame.block and _is_line(frame.block.text.content) for frame in before) else []


def _is_line(content: str) -> bool:
    return len(content) <= _LONGEST_OPENER and not _SENTENCE_END.search(content)


class SectionMaker:
    """Makes the sections of one document; ``blocks`` are its blocks so far, in order."""

    def __init__(self, markup: Markup, blocks: list[Block]) -> None:
        self._markup = markup
        self._blocks = blocks

    def make(self, own: ListFrame) -> Section:
        """The section that a list is."""
        span = self._markup.span(own.number)
        heading = own.heading.block if own.heading else None
        items = [frame.block for frame in own.items if frame.block is not None]
        after_body = any(block.kind in _BODY and block.span < span for block in self._blocks)
        said = _list_type(self._markup, own)
        if heading is None:
            return self._without_heading(items, span, said, after_body)
        label = heading.text.content
        expected = "" if section_kind(label) else expected_label(label)
        kind = section_kind(expected or label) or (said if said == "participants" else "")
        return Section(kind, heading, tuple(items), span, expected, after_body=after_body)

    def _without_heading(self, items: list[Block], span: Span, said: str, after_body: bool) -> Section:
        """The label is often at the beginning of the first item."""
        kind = said if said in _TYPES else ""
        found = _INLINE_LABEL.match(items[0].text.content) if items else None
        labelled = section_kind(found[1]) if found else ""
        if found is None or not labelled:
            return Section(kind, None, tuple(items), span, after_body=after_body)
        heading, rest = self._split(items[0], found)
        return Section(labelled, heading, (*rest, *items[1:]), span, inline=bool(rest), after_body=after_body)

    def _split(self, item: Block, found: re.Match[str]) -> tuple[Block, list[Block]]:
        """The label of an item as a heading, and the rest of it as an item, if there is any."""
        text = item.text
        if not isinstance(text, RunText):
            return item, []
        heading = Block(BlockKind.HEADING, item.span, text.part(0, found.end(1)))
        rest = (
            [Block(BlockKind.ITEM, item.span, text.part(found.end()), item.depth)]
            if found.end() < len(text.content)
            else []
        )
        place = self._blocks.index(item)
        self._blocks[place : place + 1] = [heading, *rest]
        return heading, rest
