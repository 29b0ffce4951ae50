"""Finds out which of several styles a volume has made its habit, and reports what departs from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Parameters, PlacedHit
from fruslint.checks.search import field
from fruslint.checks.search.edits import stands_plain
from fruslint.checks.search.expressions import WORDS, compile_pattern
from fruslint.checks.search.field import Field
from fruslint.checks.search.searches import NEAR, SHAPES
from fruslint.checks.search.shape import starts, wanted_shape
from fruslint.checks.search.sieve import Needs, needed
from fruslint.checks.search.styles import CLOSING, OPENING, STYLE, Spot, Style
from fruslint.findings import Place, place
from fruslint.model import Document
from fruslint.record import Record
from fruslint.source import Span
from fruslint.text import Text

# So many places of a style are kept of each document.
_KEPT = 20
_BEFORE_OPENING = frozenset("([—–“‘/")
_BEHIND_CLOSING = frozenset(")].,;:!?—–-”’/")


class Use(Record):
    """One place where a style is used; ``place`` is None where it is never reported alone.

    ``plain``: it stands in the file as it is, so that it can be replaced. ``word`` is what the group of that name found,
    ``side`` is ``opening`` or ``closing`` where the words around tell which.
    """

    span: Span
    place: Place | None
    found: str
    plain: bool
    word: str
    side: str


class Tally(Record):
    """How often a document uses each style; where it does is found out when it is known what may be reported.

    Its text is not kept with it: those of all documents are as much as the volume itself.
    """

    document: Document
    counts: tuple[int, ...]


class Fact(Record):
    """How often a document uses each style, and where: the first places of what may be reported."""

    document: str
    counts: tuple[int, ...]
    uses: tuple[tuple[Use, ...], ...]


class _Verdict(Record):
    """The ``styles`` of a document that are reported, and the habit they depart from, which is used so many ``times``.

    ``together``: all uses of a style are said at once; ``where`` is it counted in, "this document" or "the volume".
    """

    styles: tuple[int, ...]
    habit: int
    times: int
    together: bool
    where: str


_DOCUMENT, _VOLUME = "this document", "the volume"
_NOTHING = _Verdict((), 0, 0, False, "")


class HabitCheck:
    """Counts the ``styles`` in the blocks ``in`` over all documents of a volume.

    A style is the habit if it is used ``at_least`` times and makes up the ``share`` of all uses. A document with a
    habit of its own is judged by that, or, with ``by_document: false``, reported once at its first place. A style has
    a ``name`` that the message can put behind "the volume uses", a ``pattern`` (a group ``here`` narrows the place
    down, a group ``stays`` marks what cannot be replaced), ``literals`` of which one must occur, ``write``, the text that
    replaces other styles where it is the habit (with ``{word}`` for the group of that name; or one text for ``opening``
    and one for ``closing`` marks), and ``reported: false`` if it is never wrong. ``expected`` names the style of the
    house: it is the habit then, whatever the volume does. With ``near`` and ``shapes``, the patterns are tried only from
    places on where one of these shapes begins (see the kind `pattern`) and that pattern matches.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "styles"],
        "dependentRequired": {"near": ["shapes"], "shapes": ["near"]},
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "styles": {
                "type": "array",
                "minItems": 2,
                "items": STYLE,
            },
            "words": WORDS,
            "near": NEAR,
            "shapes": SHAPES,
            "at_least": {"type": "integer", "minimum": 1},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "by_document": {"type": "boolean"},
            "expected": {"type": "string", "minLength": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "style", "majority", "count", "often", "times", "where"})

    def __init__(self, parameters: Parameters) -> None:
        self._field = Field(parameters["in"])
        self._styles = [Style(style, parameters.get("words", {})) for style in parameters["styles"]]
        self._shapes = tuple(map(wanted_shape, parameters.get("shapes", ())))
        self._near = compile_pattern(parameters["near"], parameters.get("words", {})) if "near" in parameters else None
        if self._near is not None and any(style.pattern is None for style in self._styles):
            raise ValueError("beside `near` each style needs a `pattern`")
        self.needs = self._needs()
        self._at_least: int = parameters.get("at_least", 4)
        self._share: float = parameters.get("share", 0.8)
        self._by_document: bool = parameters.get("by_document", True)
        self._expected = self._index_of(parameters.get("expected"))

    def _needs(self) -> Needs | None:
        """What a document must have to use one of the styles; None where only a look can tell."""
        literals = [style.literals for style in self._styles]
        some = dict.fromkeys(chain.from_iterable(literals)) if all(literals) and not self._shapes else ()
        return needed(self._field, literals=some, shapes=self._shapes)

    def _index_of(self, name: str | None) -> int | None:
        names = [style.name for style in self._styles]
        if name is not None and name not in names:
            raise ValueError(f"`{name}` is none of the styles: {', '.join(names)}")
        return None if name is None else names.index(name)

    def collect(self, document: Document) -> Tally | None:
        """How the document does it; None where it uses none of the styles."""
        content = self._field.text(document).content
        tried = self._starts(content)
        if tried == []:
            return None
        counts = tuple([style.count(content, tried) for style in self._styles])
        return Tally(document, counts) if any(counts) else None

    def _starts(self, content: str) -> list[int] | None:
        """Where the patterns are tried; None if that is everywhere."""
        near = self._near
        if near is None:
            return None
        return [start for start in starts(content, self._shapes) if near.match(content, start)]

    def settle(self, tallies: Sequence[Tally], is_whole: bool) -> list[Fact]:
        """The tallies with the places that may be reported; those that will be, where they are of the whole volume."""
        if not is_whole:
            return [self._fact(tally, self._open(tally.counts)) for tally in tallies]
        totals = _totals(tallies)
        habit = self._majority(totals)
        return [self._fact(tally, self._verdict(tally.counts, totals, habit).styles) for tally in tallies]

    def _open(self, counts: Sequence[int]) -> tuple[int, ...]:
        """The styles that may be reported, whatever the habit of the volume turns out to be."""
        own = self._habit(counts) if self._by_document else None
        return tuple([index for index in range(len(counts)) if index != own])

    def _fact(self, tally: Tally, reported: Sequence[int]) -> Fact:
        counts = tally.counts
        uses = [self._uses(tally, index) if count and index in reported else () for index, count in enumerate(counts)]
        return Fact(tally.document.id, counts, tuple(uses))

    def _uses(self, tally: Tally, style: int) -> tuple[Use, ...]:
        """The first places where a document uses a style; where it is said of all at once, only the first is placed."""
        document, counts = tally
        text = self._field.text(document)
        once = self._are_together(counts) or style == self._habit(counts)
        matches = self._styles[style].find(text.content, self._starts(text.content), _KEPT)
        return tuple([_use(document, text, found, not (once and number)) for number, found in enumerate(matches)])

    def conclude(self, facts: Sequence[Fact]) -> Iterator[PlacedHit]:
        """One hit for each use that departs from the habit; one for a document that has another habit."""
        totals = _totals(facts)
        habit = self._majority(totals)
        for fact in facts:
            verdict = self._verdict(fact.counts, totals, habit)
            for style in verdict.styles:
                if fact.uses[style]:
                    yield from self._hits(fact, style, verdict)

    def _verdict(self, counts: Sequence[int], totals: Sequence[int], habit: int | None) -> _Verdict:
        """What is to be said of a document in a volume with this habit."""
        own = self._habit(counts)
        if own is None or own == habit:
            return self._departures(counts, habit, totals)
        if self._by_document:
            return self._departures(counts, own, counts)
        return _Verdict((own,), habit, totals[habit], True, _VOLUME) if habit is not None else _NOTHING

    def _departures(self, counts: Sequence[int], habit: int | None, of: Sequence[int]) -> _Verdict:
        """Every use of another style is reported."""
        if habit is None:
            return _NOTHING
        styles = [index for index, style in enumerate(self._styles) if index != habit and style.reported]
        where = _DOCUMENT if tuple(of) == tuple(counts) else _VOLUME
        return _Verdict(tuple(styles), habit, of[habit], self._are_together(counts), where)

    def _are_together(self, counts: Sequence[int]) -> bool:
        """Whether all uses of a document are said at once: of one that has a single style, unless the house has one."""
        return self._expected is None and sum(map(bool, counts)) == 1

    def _habit(self, counts: Sequence[int]) -> int | None:
        """The index of the style that is the habit, None if there is none."""
        if self._expected is not None:
            return self._expected
        best = max(counts)
        enough = best >= self._at_least and best >= self._share * sum(counts)
        return counts.index(best) if enough else None

    def _majority(self, totals: Sequence[int]) -> int | None:
        """The habit of the volume; where that cannot be told from so few, the style used most or named first."""
        if self._expected is not None:
            return self._expected
        few = sum(totals) < 2 * self._at_least
        return totals.index(max(totals)) if few else self._habit(totals)

    def _hits(self, fact: Fact, style: int, verdict: _Verdict) -> Iterator[PlacedHit]:
        """A hit for each use, or one for all together, which has edits if it has them for all."""
        uses, habit, together = fact.uses[style], verdict.habit, verdict.together
        every = self._edits(uses, habit) if together and len(uses) == fact.counts[style] else ()
        values = {
            "style": self._styles[style].name,
            "majority": self._styles[habit].name,
            "count": str(verdict.times),
            "often": "once" if verdict.times == 1 else f"{verdict.times} times",
            "times": str(fact.counts[style]),
            "where": verdict.where,
        }
        for use in uses:
            if use.place is not None:
                edits = every if together else self._edits((use,), habit)
                yield PlacedHit(use.place, fact.document, {**values, "found": use.found}, edits=edits)

    def _edits(self, uses: Iterable[Use], habit: int) -> Edits:
        """The edits of all uses, or none."""
        written = [(use.span, self._styles[habit].written(use.word, use.side) if use.plain else None) for use in uses]
        edits = tuple((span, new) for span, new in written if new is not None)
        return edits if len(edits) == len(written) else ()


def _totals(counted: Iterable[Tally | Fact]) -> list[int]:
    """How often each style is used in all documents."""
    return [sum(counts) for counts in zip(*(one.counts for one in counted), strict=True)]


def _use(document: Document, text: Text, spot: Spot, is_placed: bool) -> Use:
    start, end, stays, word = spot
    span = text.span(start, end)
    where = place(document.source, span) if is_placed else None
    words = text.content[start:end]
    plain = not stays and stands_plain(document, span, words)
    return Use(span, where, words, plain, word, _side(text.content, start, end))


def _side(content: str, start: int, end: int) -> str:
    """Whether a mark opens or closes something, by what is on either side of it; empty where that does not tell."""
    before, behind = content[start - 1 : start], content[end : end + 1]
    opens = not before or before.isspace() or before in _BEFORE_OPENING
    closes = not behind or behind.isspace() or behind in _BEHIND_CLOSING
    return "" if opens is closes else OPENING if opens else CLOSING
