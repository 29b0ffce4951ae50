"""How the elements of an XML file are laid out in lines, and where blanks stand between the words in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from fruslint.markup.elements import Markup
from fruslint.patterns import late
from fruslint.readers.tei.element_kinds import INLINE

_LINE_BEFORE = late(r"(?:\r\n?|\n)[ \t]*\Z")
# No line is indented by more.
_DEEPEST = 400
_NOTE = "note"
# A note is printed elsewhere, and a page may begin within a word.
_FLOWING = INLINE | {_NOTE, "pb", "date", "q", "quote", "seg", "signed"}
_NAME = late(r"<(?P<closes>/?)(?P<name>[^\s/>]+)")
_CLOSING_MARKS = frozenset(".,;:!?)]}”’—–-/")
# So many tags in a row are looked at.
_FARTHEST = 40


def line_before(markup: Markup, offset: int) -> str:
    """The line end and the indentation in front of ``offset``; empty where something else stands there."""
    found = _LINE_BEFORE.search(markup.text, max(0, offset - _DEEPEST), offset)
    return found[0] if found else ""


def gap_behind(markup: Markup, place: int) -> int | None:
    """The tag from the one at ``place`` on behind which a blank must stand for the words to stay apart.

    There is none where what is printed next begins with a blank or a closing mark, or in another line.
    """
    gap, is_near = place, True
    for _ in range(_FARTHEST):
        text = markup.parts[place + 1]
        if text:
            return None if text[0].isspace() or text[0] in _CLOSING_MARKS else gap
        place += 2
        name = _flowing_tag(markup, place)
        if name is None:
            return None
        place = _end_of_note(markup, place, name)
        is_near = is_near and (bool(name["closes"]) or name["name"] == _NOTE)
        gap = place if is_near else gap
    return gap


def _flowing_tag(markup: Markup, place: int) -> re.Match[str] | None:
    """The name in the tag at a place; None where what comes begins another line."""
    name = _NAME.match(markup.parts[place]) if place < len(markup.parts) else None
    return name if name is not None and name["name"] in _FLOWING else None


def _end_of_note(markup: Markup, place: int, name: re.Match[str]) -> int:
    """The place of the end tag where a note begins at ``place``, else ``place``."""
    begins = name["name"] == _NOTE and not name["closes"]
    return markup.closes[bisect_left(markup.opens, place)] if begins else place


def place_for_blank(markup: Markup, offset: int) -> int:
    """Where a blank belongs that parts the word before ``offset`` from the next: behind end tags and notes that follow."""
    index = bisect_right(markup.offsets, offset - 1) - 1
    if markup.offsets[index + 1] > offset:
        return offset
    tag = index + 1
    name = _NAME.match(markup.parts[tag]) if tag < len(markup.parts) else None
    if name is None or not (name["closes"] or name["name"] == _NOTE):
        return offset
    gap = gap_behind(markup, _end_of_note(markup, tag, name))
    return offset if gap is None else markup.offsets[gap + 1]


def before_tags(markup: Markup, offset: int) -> int:
    """Where a word belongs that is put in front of the one at ``offset``: before the tags of the line that begin there."""
    index = bisect_right(markup.offsets, offset) - 1
    while index > 1 and markup.offsets[index] == offset:
        name = _NAME.match(markup.parts[index - 1])
        if name is None or name["closes"] or name["name"] not in INLINE:
            break
        index -= 2
        offset = markup.offsets[index + 1]
        if markup.parts[index]:
            break
    return offset
