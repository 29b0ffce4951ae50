"""Where in a text the patterns of a rule are tried: in the few words that may have what they look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from fruslint.checks.base import SEVERITIES, Parameters
from fruslint.checks.search.expressions import compile_pattern
from fruslint.checks.search.invisible import invisible
from fruslint.checks.search.shape import Shape, pairs_besides, shape_around, wanted_shape, words_around, words_with
from fruslint.findings import Severity
from fruslint.language.occurrences import occurrences
from fruslint.record import Record

SHAPES: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "string",
        "pattern": r"""^[aA0?\s!"#$%&'()*+,./<=>@[\\\]^_`{|}~£§«»°·½—‘’“”†‡•…-]+$""",
        "examples": ["aA", "0A", "?", " ,"],
    },
    "minItems": 1,
}
NEAR: dict[str, Any] = {"type": "string", "minLength": 1}
_SEARCHED = ("unprintable", "shapes", "near", "beside")
COMMON = ("replace", *_SEARCHED)
_NAMED = "(?P"
# So many characters on either side of a hit are looked at for what excuses it.
_REACH = 120
# A match may go on so far behind the word in which it begins, and from there to the end of a word;
_AHEAD = 8
# So many searches are worth a look at which of them may find something.
_MANY = 4
# no longer word is looked for.
_LONGEST = 60


class Pattern(Record):
    """A pattern, and the template for what should stand where it matches.

    ``severity`` is given where it is less or more certain than the rule, ``unsafe`` where its edits are less so, ``lone``
    where they are if the same words are found elsewhere in the document too. ``from_year``: what it finds was usual before.
    ``parted``: what it finds counts if its groups ``before`` and ``after`` are the parts of one word, ``apart``: if they are
    two words. ``recased``: it counts if it is a word when all its letters but the first are small. ``unless``: what it
    finds is right in a document that has this anywhere.
    """

    pattern: re.Pattern[str]
    replace: str | None
    severity: Severity | None
    unsafe: bool
    lone: bool
    from_year: int
    parted: bool
    apart: bool
    recased: bool
    unless: re.Pattern[str] | None


Match = tuple[re.Match[str], Pattern]


class Where(Record):
    """Where it is worth trying a pattern: around characters that cannot be printed, in words with these shapes, near
    what matches another pattern, or beside one of these texts.
    """

    unprintable: bool
    shapes: tuple[Shape, ...]
    near: re.Pattern[str] | None
    beside: tuple[str, ...]

    def stretches(self, content: str) -> Sequence[tuple[int, int]]:
        """Where that is in ``content``; all of it, where nothing narrows it down."""
        if self.unprintable:
            return invisible(content)
        if self.near is not None:
            return words_around(content, (found.span() for found in self.near.finditer(content)))
        if self.beside:
            places = ((start, start + len(text)) for text in self.beside for start in occurrences(content, text))
            return words_around(content, sorted(places))
        return words_with(content, self.shapes) if self.shapes else ((0, len(content)),)


class Search(Record):
    """Patterns that are tried in the same stretches of a text. ``pairs`` are those of their shapes (`pairs_besides`), of
    which a text must have one; None if there is no such pair in one of them.
    """

    where: Where
    patterns: tuple[Pattern, ...]
    pairs: frozenset[int] | None

    def matches(self, content: str) -> list[Match]:
        """Where they match, each match with its pattern."""
        stretches = self.where.stretches(content)
        if not stretches:
            return []
        return [
            (found, one)
            for one in self.patterns
            for start, end in stretches
            for found in one.pattern.finditer(content, start, _stop(content, end))
            if found.start() < end
        ]


def _stop(content: str, end: int) -> int:
    """Where to stop looking for what begins before ``end``: not within a word, where ``$`` would match."""
    least = end + _AHEAD
    blank = content.find(" ", least, least + _LONGEST)
    return blank if blank >= 0 else least + _LONGEST


class Exceptions:
    """Patterns that excuse what they touch; they look at the words around a hit only."""

    __slots__ = ("_patterns",)

    def __init__(self, patterns: Sequence[str], words: Mapping[str, Sequence[str]], ignore_case: bool = False) -> None:
        self._patterns = tuple(compile_pattern(pattern, words, ignore_case) for pattern in patterns)

    def touch(self, content: str, start: int, end: int) -> bool:
        """Whether one of the patterns matches a stretch that overlaps or borders ``content[start:end]``."""
        low, high = max(0, start - _REACH), end + _REACH
        return any(
            found.start() <= end and found.end() >= start
            for pattern in self._patterns
            for found in pattern.finditer(content, low, high)
        )


class Searches:
    """The patterns of a rule, each as its table says it (``pattern``, ``replace``, and where it is tried), with the
    ``words`` for names in them.
    """

    def __init__(self, given: Iterable[Parameters], words: Mapping[str, Sequence[str]], ignore_case: bool) -> None:
        groups = [_joined(group) for _, group in groupby(given, _searched)]
        self._each = tuple(
            _search(_where(group[0], words, ignore_case), [_pattern(one, words, ignore_case) for one in group])
            for group in groups
        )
        self._other_pairs = _all_but(one.pairs for one in self._each) if len(self._each) >= _MANY else None
        self.places = tuple(one.where for one in self._each)
        self.patterns = tuple(one for search in self._each for one in search.patterns)

    def matches(self, content: str) -> list[Match]:
        """Where they match, each match with its pattern."""
        return [match for search in self._worth(content) for match in search.matches(content)]

    def _worth(self, content: str) -> Iterable[Search]:
        """The searches that may find something: of many, those whose pairs occur, by one look for all."""
        if self._other_pairs is None:
            return self._each
        there = pairs_besides(content, self._other_pairs)
        return [one for one in self._each if one.pairs is None or not there.isdisjoint(one.pairs)]


def _searched(given: Parameters) -> list[Any]:
    return [given.get(name) for name in _SEARCHED]


def _joined(given: Iterable[Parameters]) -> list[Parameters]:
    """The patterns, those side by side that differ in nothing else as one: a text is searched once for all of them.

    Those with names in them stay apart, since no two groups of a pattern may have one name.
    """
    found: list[Parameters] = []
    for one in given:
        rest = {**one, "pattern": ""}
        if found and _NAMED not in one["pattern"] + found[-1]["pattern"] and rest == {**found[-1], "pattern": ""}:
            found[-1] = {**rest, "pattern": f"{found[-1]['pattern']}|{one['pattern']}"}
        else:
            found.append(one)
    return found


def _search(where: Where, patterns: Iterable[Pattern]) -> Search:
    shapes = (*where.shapes, *map(shape_around, where.beside))
    pairs = frozenset(b"".join(shape.pair for shape in shapes)) if shapes and all(one.pair for one in shapes) else None
    return Search(where, tuple(patterns), pairs)


def _all_but(pairs: Iterable[frozenset[int] | None]) -> bytes:
    """All pairs but these."""
    return bytes(set(range(256)).difference(*(some for some in pairs if some is not None)))


def _where(given: Parameters, words: Mapping[str, Sequence[str]], ignore_case: bool) -> Where:
    shapes = tuple(map(wanted_shape, given.get("shapes", ())))
    near = compile_pattern(given["near"], words, ignore_case) if "near" in given else None
    return Where(given.get("unprintable", False), shapes, near, tuple(given.get("beside", ())))


def _pattern(given: Parameters, words: Mapping[str, Sequence[str]], ignore_case: bool) -> Pattern:
    severity = SEVERITIES.get(given.get("severity", ""))
    pattern = compile_pattern(given["pattern"], words, ignore_case)
    unsafe, lone, from_year = given.get("unsafe", False), given.get("lone", False), given.get("from_year", 0)
    parted, apart, recased = given.get("parted", False), given.get("apart", False), given.get("recased", False)
    unless = compile_pattern(given["unless"], words, ignore_case) if "unless" in given else None
    return Pattern(pattern, given.get("replace"), severity, unsafe, lone, from_year, parted, apart, recased, unless)
