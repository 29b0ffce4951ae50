"""Finds white space in front of tags that follow or end a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Edits, Hit, Parameters
from fruslint.checks.elements.layout import gap_behind
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.source import Span

_BLOCKS = frozenset({"closer", "dateline", "head", "item", "note", "p"})

# What ends in a line of its own, so that nothing can be glued to it.
_SET_OFF = ("</table>", "</list>", "</quote>", "</p>", "</figure>")


class EdgeBlanksCheck:
    """``before``: elements that follow a word without a blank; one behind another of its name may have one.

    ``closing``: elements whose last word is not followed by a blank. ``except``: attributes and values, as
    ``{rend: [inline]}``, that excuse an element of ``before``. Where more than a ``share`` of the elements of a name
    follow blanks, or line breaks, that is the way of the volume, and nothing is said; with ``above`` only there.
    Values: ``element``, its name.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "before": TEXTS,
            "closing": TEXTS,
            "except": {"type": "object", "additionalProperties": TEXTS},
            **{name: {"type": "number", "minimum": 0, "maximum": 1} for name in ("share", "above")},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element"})

    def __init__(self, parameters: Parameters) -> None:
        self._before: list[str] = parameters.get("before", [])
        self._closing: list[str] = parameters.get("closing", [])
        self._except: dict[str, list[str]] = parameters.get("except", {})
        self._share: float = parameters.get("share", 1)
        self._above: float | None = parameters.get("above")

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each stretch of white space."""
        if volume.markup is not None:
            yield from self._before_start(volume.markup)
            yield from self._before_end(volume.markup)

    def _before_start(self, markup: Markup) -> Iterator[Hit]:
        for name in self._before:
            named = markup.named(name)
            spaced = [number for number in named if self._follows_blanks(markup, number, name)]
            in_line, broken = _by_form(markup, spaced)
            for same, least in ((in_line, 1), (broken, 0)):
                if self._is_asked(len(same), len(named), least):
                    for number in same:
                        yield _hit(markup, markup.opens[number], name, markup.closes[number])

    def _is_asked(self, count: int, every: int, least: int) -> bool:
        """Whether to speak of a volume in which ``count`` of ``every`` element follow blanks; ``least`` are no way yet.

        One blank in the line is typed by somebody; one line break in a short file may well be how a program breaks lines.
        """
        above = self._above is None or count > max(least, self._above * every)
        return above and count <= max(least, self._share * every)

    def _follows_blanks(self, markup: Markup, number: int, name: str) -> bool:
        return _is_spaced(markup, markup.opens[number]) and not self._is_excused(markup, number, name)

    def _before_end(self, markup: Markup) -> Iterator[Hit]:
        for name in self._closing:
            for number in markup.named(name):
                place = markup.closes[number]
                if place != markup.opens[number] and _is_spaced(markup, place):
                    yield _hit(markup, place, name, None if name in _BLOCKS else place)

    def _is_excused(self, markup: Markup, number: int, name: str) -> bool:
        place = markup.opens[number]
        if not markup.parts[place - 1].strip() and markup.parts[place - 2] in (f"</{name}>", *_SET_OFF):
            return True
        return any(markup.value(number, attribute) in values for attribute, values in self._except.items())


def _is_spaced(markup: Markup, place: int) -> bool:
    return markup.parts[place - 1][-1:].isspace()


def _by_form(markup: Markup, spaced: Sequence[int]) -> tuple[list[int], list[int]]:
    """Those of some elements that follow blanks in the line, and those that follow a line break, which programs make."""
    forms: tuple[list[int], list[int]] = ([], [])
    for number in spaced:
        text = markup.parts[markup.opens[number] - 1]
        forms["\n" in text[len(text.rstrip()) :]].append(number)
    return forms


def _hit(markup: Markup, place: int, name: str, last: int | None) -> Hit:
    """The blanks in front of the tag at ``place``; they go behind the one at ``last`` if a word follows there."""
    text = markup.parts[place - 1]
    end = markup.offsets[place]
    blanks = Span(end - len(text) + len(text.rstrip()), end)
    edits: Edits = ((blanks, ""),)
    gap = gap_behind(markup, last) if last is not None else None
    if gap is not None:
        behind = markup.offsets[gap + 1]
        edits = (*edits, (Span(behind, behind), markup.text[blanks.start : blanks.end]))
    return Hit(blanks, {"element": name}, edits=edits)
