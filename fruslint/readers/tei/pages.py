"""Reads the page breaks of a volume."""

from __future__ import annotations

from fruslint.markup.elements import Markup
from fruslint.model import PageBreak
from fruslint.readers.tei.element_kinds import CONTAINERS, INLINE
from fruslint.readers.tei.labels import label_of
from fruslint.record import record_of


def read_page_breaks(markup: Markup) -> list[PageBreak]:
    """All page breaks of the file, in the order of their elements."""
    numbers = markup.named("pb")
    in_notes = markup.enclosing(markup.named("note"), numbers)
    return [_page_break(markup, number, number in in_notes) for number in numbers]


def _page_break(markup: Markup, number: int, in_note: bool) -> PageBreak:
    in_word = markup.names[markup.parents[number]] not in CONTAINERS and _in_word(markup, number)
    return record_of(PageBreak, (label_of(markup, number), markup.start_tag(number), in_word, in_note))


def _in_word(markup: Markup, number: int) -> bool:
    """Most page breaks have a blank in front of them, so that the other side need not be looked at."""
    before = markup.parts[markup.opens[number] - 1]
    if before and not before[-1].isalpha():
        return False
    return _beside(markup, markup.opens[number], -1).isalpha() and _beside(markup, markup.closes[number], 1).isalpha()


def _beside(markup: Markup, place: int, step: int) -> str:
    """The character beside a tag, past tags of inline elements; empty where a block ends or a note hangs."""
    parts = markup.parts
    while 0 < place < len(parts):
        text = parts[place + step]
        if text:
            return text[0] if step > 0 else text[-1]
        place += 2 * step
        if not 0 < place < len(parts) or not _is_inline(parts[place]):
            return ""
    return ""


def _is_inline(tag: str) -> bool:
    words = tag.strip("</>").split(None, 1)
    return bool(words) and words[0] in INLINE
