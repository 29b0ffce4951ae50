"""Finds where the elements of a text that is not well-formed go wrong, which is mostly long before a parser notices."""

from __future__ import annotations

from fruslint.markup.tags import TAG, tag_name
from fruslint.record import Record

_BLOCKS = frozenset({"p", "div", "list", "table", "head", "item", "row", "opener", "closer", "dateline"})
# What can never stand directly in what; only elements whose end tags are lost hold it.
_IMPOSSIBLE: dict[str, frozenset[str]] = {
    "p": frozenset({"p", "div", "head", "item", "row", "cell", "opener", "closer"}),
    "head": _BLOCKS,
    "dateline": _BLOCKS,
    "opener": _BLOCKS - {"dateline"},
    "closer": _BLOCKS - {"dateline", "list"},
    "signed": _BLOCKS - {"list"},
    "item": frozenset({"item", "div", "row", "cell", "closer"}),
    "list": frozenset({"p", "div", "row", "cell", "opener", "closer", "dateline"}),
    "cell": frozenset({"cell", "row", "div", "item"}),
    "row": frozenset({"row", "p", "div", "item"}),
    "table": frozenset({"p", "div", "item", "table"}),
    "persName": _BLOCKS,
    "placeName": _BLOCKS,
    "date": _BLOCKS,
    "gloss": _BLOCKS,
    "document": frozenset({"document"}),
}
_DOCUMENT = ' type="document"'
_DIVISIONS = ("div", "document")
_FILLING = ("head", "p", *_DIVISIONS)


class Misnested(Record):
    """A start tag that cannot stand where it does, and the element around it, which is not closed: names and offsets."""

    name: str
    start: int
    around: str
    around_start: int


class _Open:
    """An element that is open, and whether a heading, a paragraph or a division stood in it already."""

    __slots__ = ("filled", "name", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.filled = False

    @property
    def written(self) -> str:
        """The name as its tag has it."""
        return "div" if self.name == "document" else self.name

    def cannot_hold(self, name: str) -> bool:
        """Whether an element of this name shows that a tag is lost; a heading is the first thing in its division."""
        return name in _IMPOSSIBLE.get(self.name, ()) or (name == "head" and self.filled and self.name in _DIVISIONS)


def first_misnested(text: str, end: int) -> Misnested | None:
    """The first start tag before ``end``, up to which the text must be well-formed, that shows that a tag is lost."""
    opened: list[_Open] = []
    for found in TAG.finditer(text, 0, end):
        tag = found[0]
        if tag[1] == "/":
            del opened[-1:]
        elif tag[1] not in "!?":
            name = "document" if _DOCUMENT in tag else tag_name(tag)
            if opened and opened[-1].cannot_hold(name):
                return Misnested(tag_name(tag), found.start(), opened[-1].written, opened[-1].start)
            if opened and name in _FILLING:
                opened[-1].filled = True
            if tag[-2] != "/":
                opened.append(_Open(name, found.start()))
    return None
