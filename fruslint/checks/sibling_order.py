"""Reports elements that stand in the wrong order beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.markup.element_pattern import is_foreign
from fruslint.markup.elements import Markup
from fruslint.model import Volume

_WORDS = {"type": "string", "minLength": 1}
# What may stand anywhere in a text, and is none.
_PASSED = ("pb", "note", "milestone", "lb")
_POSTSCRIPTS = ("P.S.", "P. S.", "PS:", "PS.", "P.P.S.")
# So many elements behind a closer are looked at.
_FARTHEST = 30
_ENDS = frozenset(".?!:;”’\"'")
_Wrong = tuple[int, str, int]


class SiblingOrderCheck:
    """What may stand beside what within one element; all names, several of them with blanks between.

    ``behind``: a table from elements to those that must not stand before them. ``text`` is what the text consists of:
    of those that ``open`` it, the first must not stand between two of these, and no two of a kind stand side by side; those
    that ``close`` it must not stand in front of all of them, nor of the last where they are sentences.
    Values: ``element``, and ``detail``, where it stands.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["behind", "text", "open", "close"],
        "additionalProperties": False,
        "properties": {
            "behind": {"type": "object", "minProperties": 1, "additionalProperties": _WORDS},
            **dict.fromkeys(("text", "open", "close"), _WORDS),
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        behind: Mapping[str, str] = parameters["behind"]
        self._behind = {name: others.split() for name, others in behind.items()}
        self._text: str = parameters["text"]
        self._open: list[str] = parameters["open"].split()
        self._close: list[str] = parameters["close"].split()

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element that stands where it cannot."""
        markup = volume.markup
        if markup is None:
            return
        for number, detail, other in (*self._behind_others(markup), *self._in_the_text(markup)):
            if not is_foreign(markup, number):
                related = (RelatedSpan(markup.name_span(other), "this"),)
                yield Hit(markup.name_span(number), {"element": markup.names[number], "detail": detail}, related)

    def _behind_others(self, markup: Markup) -> Iterator[_Wrong]:
        parents = markup.parents
        for name, others in self._behind.items():
            named = [number for number in markup.named(name) if parents[number] != number - 1]  # not the first child
            first = _first(markup, {parents[number] for number in named}, others) if named else {}
            for number in named:
                other = first.get(parents[number], number)
                if other < number:
                    yield number, f"behind <{markup.names[other]}>, and belongs in front of it", other

    def _in_the_text(self, markup: Markup) -> Iterator[_Wrong]:
        parents, text = markup.parents, markup.named(self._text)
        first = {parents[number]: number for number in reversed(text)}
        last = {parents[number]: number for number in text}
        yield from self._opening(markup, first, last)
        for number in _all(markup, self._close):
            other = first.get(parents[number], -1)
            if number < other:
                yield number, f"in front of all <{self._text}>", other
            elif number < last.get(parents[number], -1):
                yield from self._too_early(markup, number)

    def _opening(self, markup: Markup, first: Mapping[int, int], last: Mapping[int, int]) -> Iterator[_Wrong]:
        """Those that open a text; ``first`` and ``last`` of what it consists of are given by their parent."""
        seen: dict[int, int] = {}
        for number in _all(markup, self._open):
            parent = markup.parents[number]
            before = seen.setdefault(parent, number)
            if before != number:
                if self._repeats(markup, before, number):
                    yield number, "right behind another one", before
            elif first.get(parent, number) < number < last.get(parent, -1) and not _is_line(markup, first[parent]):
                yield number, f"between two <{self._text}>", first[parent]

    def _too_early(self, markup: Markup, number: int) -> Iterator[_Wrong]:
        """One that closes a text which goes on behind it, and with nothing that could be another paper."""
        end = markup.after[markup.parents[number]]
        behind = list(islice(_until(markup, markup.after[number], end), _FARTHEST))
        names = {markup.names[child] for child in behind}
        follows = next((child for child in behind if _is_printed(markup, child)), number)
        if names <= {self._text, *_PASSED} and follows != number and _is_sentence(markup.inner_text(follows)):
            if markup.inner_text(follows).lstrip().startswith(_POSTSCRIPTS):
                yield follows, f"behind <{markup.names[number]}>: a postscript stands in <postscript>", number
            else:
                yield number, f"in front of <{self._text}>, and belongs behind it", follows

    def _repeats(self, markup: Markup, before: int, number: int) -> bool:
        """Whether one stands right behind its like: an opener with a label may stand before the one with the dateline."""
        names, after = markup.names, markup.after
        if names[before] != names[number] or after[before] != number:
            return False
        first, second = names[before:number], names[number : after[number]]
        return all((name in first) == (name in second) for name in self._open)


def _until(markup: Markup, number: int, end: int) -> Iterator[int]:
    """An element and those beside it up to the end of the one around them."""
    while number < end:
        yield number
        number = markup.after[number]


def _is_printed(markup: Markup, number: int) -> bool:
    return markup.names[number] not in _PASSED


def _is_sentence(words: str) -> bool:
    """Whether some words are text, and not the label of an enclosure."""
    return words.lstrip()[:1] != "[" and words.rstrip()[-1:] in _ENDS


def _all(markup: Markup, names: Iterable[str]) -> list[int]:
    """All elements of these names, in order."""
    return sorted(number for name in names for number in markup.named(name))


def _is_line(markup: Markup, number: int) -> bool:
    """Whether an element is no text but a line above it: centred, or in brackets as [Extract.] is."""
    return "rend" in markup.parts[markup.opens[number]] or markup.inner_text(number).lstrip()[:1] in ("[", "")


def _first(markup: Markup, parents: set[int], names: list[str]) -> dict[int, int]:
    """The first element of some names in each of some parents."""
    found: dict[int, int] = {}
    for name in names:
        for number in reversed(markup.named(name)):
            parent = markup.parents[number]
            if parent in parents and number < found.get(parent, len(markup)):
                found[parent] = number
    return found
