"""Reads tables that are lists of participants or subjects: a label in the first column, and the items in the next one."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.language.vocabulary import LOOSE_KINDS, section_kind
from fruslint.markup.elements import Markup
from fruslint.readers.tei.frames import Draft, Frame, ListFrame
from fruslint.text import BlockKind


def table_lists(markup: Markup, draft: Draft) -> Iterator[ListFrame]:
    """The sections in the tables of a document; the cells of these become headings and items."""
    cells = {frame.number: frame for frame in draft.frames if frame.kind is BlockKind.TABLE} if draft.tables else {}
    for table in draft.tables:
        lists = _lists(markup, table, cells)
        for own in lists:
            yield own
            for frame in (own.heading, *own.items):
                if frame is not None:
                    frame.change(BlockKind.HEADING if frame is own.heading else BlockKind.ITEM)


def _lists(markup: Markup, table: int, cells: dict[int, Frame]) -> list[ListFrame]:
    """One section for each label in the first column; none if anything else stands there."""
    found: list[ListFrame] = []
    for row in markup.children(table):
        frames = [cells[cell] for cell in markup.children(row) if cell in cells]
        label = _words(frames[0]) if frames else ""
        if _is_label(label):
            found.append(ListFrame(row, markup.closes[row], frames[0], inline=True))
        elif label or (frames and not found):
            return []
        if found:
            found[-1].items.extend(frame for frame in frames[1:] if _words(frame))
    return found


def _words(frame: Frame) -> str:
    return frame.block.text.content if frame.block is not None else ""


def _is_label(words: str) -> bool:
    kind = section_kind(words)
    return words.endswith(":") and kind != "" and kind not in LOOSE_KINDS
