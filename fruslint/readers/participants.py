"""Takes the items of a list of participants apart: the name, the office, and the side they are grouped under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fruslint.language.vocabulary import PEOPLE, is_side
from fruslint.model import Extract, Participant, Section
from fruslint.patterns import late
from fruslint.text import Block

_OFFICE_FIRST = late(r"(?:[A-Z][A-Za-z]{0,5}[/.&\-]?){1,6}$|(?:The )?[A-Z][\w ]+ (?:Department|Embassy|Staff)$")
# Bounded, so that a line of blanks is read in linear time.
_DASH = late(r"\s{0,4}(?:—|--)\s{0,4}|\s{1,4}[-–]\s{1,4}")
_DASHES = frozenset("—–-")
_COMMA = late(r",\s{1,4}(?!Jr\b|Sr\b|II|Esq)|\s{1,4}(?=\()")


def read_participants(sections: Iterable[Section]) -> tuple[Participant, ...]:
    """The participants in all lists of people, in order; the name of a side is none of them."""
    return tuple(person for section in sections if section.kind in PEOPLE for person in _of_list(section.items))


def _of_list(items: Sequence[Block]) -> Iterator[Participant]:
    side = ""
    for index, item in enumerate(items):
        content = item.text.content
        nested = index + 1 < len(items) and items[index + 1].depth > item.depth
        if nested or is_side(content):
            side = content.strip(" :")
        elif content.strip():
            yield _participant(item, side)


def _participant(item: Block, side: str) -> Participant:
    content = item.text.content
    dash = _DASH.search(content) if not _DASHES.isdisjoint(content) else None
    if dash:
        before, behind = (0, dash.start()), (dash.end(), len(content))
        if _OFFICE_FIRST.match(content[: dash.start()]):
            before, behind = behind, before
        return Participant(item, _words(item, *before), _words(item, *behind), side)
    comma = _COMMA.search(content) if "," in content or "(" in content else None
    if comma:
        return Participant(item, _words(item, 0, comma.start()), _words(item, comma.end(), len(content)), side)
    return Participant(item, _words(item, 0, len(content)), None, side)


def _words(item: Block, start: int, end: int) -> Extract:
    return Extract(item.text.content[start:end], item.text, start)
