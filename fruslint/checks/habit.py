"""Finds out which of several styles a volume has made its habit, and reports what departs from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar, NamedTuple

from fruslint.checks import field
from fruslint.checks.base import Edits, Parameters, PlacedHit
from fruslint.checks.edits import stands_plain
from fruslint.checks.field import Field
from fruslint.checks.pattern import HERE, WORDS, compile_pattern
from fruslint.findings import Place, place
from fruslint.model import Document, Text
from fruslint.patterns import late

_KEPT = 20


class Use(NamedTuple):
    """One place where a style is used. ``plain``: it stands in the file as it is, so that it can be replaced."""

    place: Place
    found: str
    plain: bool


class Fact(NamedTuple):
    """How often a document uses each style, and where: the first place of its own habit, the first ones of others."""

    document: str
    counts: tuple[int, ...]
    uses: tuple[tuple[Use, ...], ...]


class _Style:
    """A style of the rule: its name, how it is found, and what to write where it belongs."""

    __slots__ = ("literals", "name", "pattern", "reported", "write")

    def __init__(self, parameters: Parameters, words: Parameters) -> None:
        self.name: str = parameters["name"]
        pattern = parameters.get("pattern")
        self.pattern = compile_pattern(pattern, words) if pattern else None
        self.literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        self.write: str | None = parameters.get("write")
        self.reported: bool = parameters.get("reported", True)

    def count(self, content: str) -> int:
        """How often ``content`` uses the style."""
        if self.pattern is None:
            return sum(map(content.count, self.literals))
        may_occur = not self.literals or any(literal in content for literal in self.literals)
        return len(self.pattern.findall(content)) if may_occur else 0

    def find(self, content: str, limit: int) -> list[tuple[int, int]]:
        """Where ``content`` uses the style, the first few places."""
        pattern = self.pattern or late("|".join(map(re.escape, self.literals)))
        group = HERE if HERE in pattern.groupindex else 0
        return [found.span(group) for found in islice(pattern.finditer(content), limit)]


class HabitCheck:
    """Counts the ``styles`` in the blocks ``in`` over all documents of a volume.

    A style is the habit if it is used ``at_least`` times and makes up the ``share`` of all uses. A document with a
    habit of its own is judged by that, or, with ``by_document: false``, reported once at its first place. A style has
    a ``name`` that the message can put behind "the volume uses", a ``pattern`` (a group ``here`` narrows the place
    down), ``literals`` of which one must occur, ``write``, the text that replaces other styles where it is the habit,
    and ``reported: false`` if it is never wrong. ``expected`` names the style of the house: it is the habit then,
    whatever the volume does.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "styles"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "styles": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "required": ["name"],
                    "anyOf": [{"required": ["pattern"]}, {"required": ["literals"]}],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string", "minLength": 1},
                        "pattern": {"type": "string", "minLength": 1},
                        "literals": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
                        "write": {"type": "string"},
                        "reported": {"type": "boolean"},
                    },
                },
            },
            "words": WORDS,
            "at_least": {"type": "integer", "minimum": 1},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "by_document": {"type": "boolean"},
            "expected": {"type": "string", "minLength": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "style", "majority", "count", "times"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._styles = [_Style(style, parameters.get("words", {})) for style in parameters["styles"]]
        self._at_least: int = parameters.get("at_least", 4)
        self._share: float = parameters.get("share", 0.8)
        self._by_document: bool = parameters.get("by_document", True)
        self._expected = self._index_of(parameters.get("expected"))

    def _index_of(self, name: str | None) -> int | None:
        names = [style.name for style in self._styles]
        if name is not None and name not in names:
            raise ValueError(f"`{name}` is none of the styles: {', '.join(names)}")
        return None if name is None else names.index(name)

    def collect(self, document: Document) -> Fact | None:
        """How the document does it; None where it uses none of the styles."""
        text = self._field.text(document)
        counts = tuple(style.count(text.content) for style in self._styles)
        if not any(counts):
            return None
        return Fact(document.id, counts, tuple(self._uses(document, text, counts)))

    def _uses(self, document: Document, text: Text, counts: Sequence[int]) -> Iterator[tuple[Use, ...]]:
        """The places to remember: those that may turn out not to be the habit; one where the document is of a piece."""
        own = self._habit(counts)
        alone = sum(map(bool, counts)) == 1 and self._expected is None
        for index, style in enumerate(self._styles):
            limit = 0 if alone and index == own and self._by_document else 1 if alone or index == own else _KEPT
            spans = style.find(text.content, limit) if limit and counts[index] else ()
            yield tuple(_use(document, text, *span) for span in spans)

    def conclude(self, facts: Sequence[Fact]) -> Iterator[PlacedHit]:
        """One hit for each use that departs from the habit; one for a document that has another habit."""
        totals = [sum(counts) for counts in zip(*(fact.counts for fact in facts), strict=True)]
        habit = self._majority(totals)
        for fact in facts:
            own = self._habit(fact.counts)
            if own is None or own == habit:
                yield from self._departures(fact, habit, totals)
            elif self._by_document:
                yield from self._departures(fact, own, fact.counts)
            elif habit is not None:
                yield from self._hits(fact, own, habit, totals[habit], fact.uses[own][:1])

    def _habit(self, counts: Sequence[int]) -> int | None:
        """The index of the style that is the habit, None if there is none."""
        if self._expected is not None:
            return self._expected
        best = max(range(len(counts)), key=counts.__getitem__)
        enough = counts[best] >= max(self._at_least, self._share * sum(counts))
        return best if enough else None

    def _majority(self, totals: Sequence[int]) -> int | None:
        """The habit of the volume; where that cannot be told from so few, the style used most or named first."""
        if self._expected is not None:
            return self._expected
        few = sum(totals) < 2 * self._at_least
        return totals.index(max(totals)) if few else self._habit(totals)

    def _departures(self, fact: Fact, habit: int | None, totals: Sequence[int]) -> Iterator[PlacedHit]:
        if habit is None:
            return
        for index, uses in enumerate(fact.uses):
            if index != habit and self._styles[index].reported:
                yield from self._hits(fact, index, habit, totals[habit], uses)

    def _hits(self, fact: Fact, style: int, habit: int, count: int, uses: Iterable[Use]) -> Iterator[PlacedHit]:
        values = {
            "style": self._styles[style].name,
            "majority": self._styles[habit].name,
            "count": str(count),
            "times": str(fact.counts[style]),
        }
        for use in uses:
            edits = self._edits(use, habit)
            yield PlacedHit(use.place, fact.document, {**values, "found": use.found}, edits=edits)

    def _edits(self, use: Use, habit: int) -> Edits:
        write = self._styles[habit].write
        return ((use.place.span, write),) if write is not None and use.plain else ()


def _use(document: Document, text: Text, start: int, end: int) -> Use:
    where = place(document.source, text.span(start, end))
    return Use(where, text.content[start:end], stands_plain(document, text, start, end))
