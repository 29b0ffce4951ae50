"""Reports tags that begin or end in the middle of a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.language.hyphened_words import are_parts
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_BEFORE = late(r"[^\W\d_]+\Z")
_NUMBER_BEFORE = late(r"(?:[^\W\d_]+|[0-9]+)\Z")
_BEHIND = late(r"[^\W\d_]+")
# No longer word is looked for in a text.
_LONGEST = 40


class GluedTagsCheck:
    """``letters``: by element, how many letters must at least be glued to it to be a word or a part of one.

    ``endings``: letters that may follow a name, as in ‘the Ameses’. ``within``: elements that are printed elsewhere and
    must not stand between two letters, the second of them a small one. ``numbers``: elements that end with a number, too.
    ``breaks``: empty elements that must not stand in a word.
    Values: ``element``, ``found`` (the letters outside), ``other`` (the letters inside), ``detail`` (where).
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["letters", "endings"],
        "additionalProperties": False,
        "properties": {
            "letters": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"type": "integer", "minimum": 1},
            },
            "endings": TEXTS,
            "within": TEXTS,
            "numbers": TEXTS,
            "breaks": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "found", "other", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._letters: Mapping[str, int] = parameters["letters"]
        self._endings = frozenset(parameters["endings"])
        self._within: list[str] = parameters.get("within", [])
        self._breaks: list[str] = parameters.get("breaks", [])
        self._numbers = frozenset(parameters.get("numbers", ()))

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each end of an element that is glued to a word."""
        if volume.markup is not None:
            for name, least in self._letters.items():
                yield from self._behind(volume.markup, name, least)
                yield from _before(volume.markup, name, least)
            for name in self._within:
                yield from _inside_word(volume.markup, name)
            for name in self._breaks:
                yield from (hit for hit in _inside_word(volume.markup, name) if _is_one_word(hit))

    def _behind(self, markup: Markup, name: str, least: int) -> Iterator[Hit]:
        parts, closes = markup.parts, markup.closes
        for number in [number for number in markup.named(name) if "A" <= parts[closes[number] + 1] < "{"]:
            place = closes[number]
            found = _BEHIND.match(parts[place + 1][:_LONGEST])
            pattern = _NUMBER_BEFORE if name in self._numbers else _BEFORE
            inside = pattern.search(parts[place - 1][-_LONGEST:]) if place != markup.opens[number] else None
            if found is None or inside is None or len(found[0]) < least or found[0] in self._endings:
                continue
            if not (inside[0].isupper() and found[0].isupper()):  # ROK and S in a telegram that is all in capitals
                start = markup.offsets[place + 1]
                yield _hit(markup, number, Span(start, start + len(found[0])), found[0], inside[0], "end")


def _before(markup: Markup, name: str, least: int) -> Iterator[Hit]:
    parts, opens = markup.parts, markup.opens
    for number in [number for number in markup.named(name) if "a" <= parts[opens[number] - 1][-1:] <= "z"]:
        place = opens[number]
        found = _BEFORE.search(parts[place - 1][-_LONGEST:])
        inside = _BEHIND.match(parts[place + 1][:_LONGEST]) if place != markup.closes[number] else None
        if found is not None and inside is not None and len(found[0]) >= least:
            end = markup.offsets[place]
            yield _hit(markup, number, Span(end - len(found[0]), end), found[0], inside[0], "beginning")


def _inside_word(markup: Markup, name: str) -> Iterator[Hit]:
    parts, opens, closes = markup.parts, markup.opens, markup.closes
    for number in [number for number in markup.named(name) if "a" <= parts[closes[number] + 1][:1] <= "z"]:
        before = _BEFORE.search(parts[opens[number] - 1][-_LONGEST:])
        behind = _BEHIND.match(parts[closes[number] + 1][:_LONGEST])
        if before is not None and behind is not None:
            start = markup.offsets[closes[number] + 1]
            yield _hit(markup, number, Span(start, start + len(behind[0])), behind[0], before[0], "place")


def _is_one_word(hit: Hit) -> bool:
    """Whether the letters on both sides of a break are parts of one word, and no words by themselves."""
    return are_parts(hit.values["other"], hit.values["found"])


def _hit(markup: Markup, number: int, span: Span, found: str, inside: str, detail: str) -> Hit:
    return Hit(span, {"element": markup.names[number], "found": found, "other": inside, "detail": detail})
