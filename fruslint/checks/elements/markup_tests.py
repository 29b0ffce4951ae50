"""What can be asserted of an element: its attributes, its children, its words.

Each test is made from the parameters of one assertion and yields what is wrong with an element.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol

from fruslint.checks.base import Edits, Parameters, RelatedSpan
from fruslint.checks.elements.words import element_words, shorten
from fruslint.language.spelling import only_slip
from fruslint.markup.element_pattern import PATTERNS, Pattern
from fruslint.markup.elements import Markup
from fruslint.near import nearest
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

# No known value is as long; longer ones are like none of them.
_LONGEST_VALUE = 1000
# No sensible element has more in it; files that nest theirs without end must not take time without end.
_MOST = 100
# A longer value is cut, and blanks around it do not matter.
_SHOWN = 20
_WORDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}

PROPERTIES: dict[str, Any] = {
    "require": {"type": "string"},
    "forbid": {"type": "string"},
    "attribute": {"type": "string"},
    "values": _WORDS,
    "matches": {"type": "string", "format": "regex"},
    "needed": {"const": True},
    "children": PATTERNS,
    "descendants": PATTERNS,
    "min": {"type": "integer", "minimum": 0},
    "max": {"type": "integer", "minimum": 0},
    "at": {"enum": ["surplus"]},
    "never": {"const": True},
    "filled": {"const": True},
    "filled_by": _WORDS,
    "says": {"type": "string", "format": "regex"},
    "never_says": {"type": "string", "format": "regex"},
}
"""The parameters of the tests. An assertion has those of one of them."""

DECIDING = ("require", "forbid", "attribute", "children", "descendants", "never", "filled", "says", "never_says")
"""The parameter that says which test it is; exactly one of them is given."""

VALUES = frozenset({"element", "attribute", "found", "shown", "expected", "count"})
"""The names that a message may use."""


class Failure(Record):
    """What is wrong with an element, and where."""

    span: Span
    values: dict[str, str]
    related: tuple[RelatedSpan, ...] = ()
    edits: Edits = ()


class Test(Protocol):
    """Looks at one element. ``costly`` tests are asked of elements only that stand where they are meant to.

    ``by_tag``: nothing but the start tag decides, and ``fails`` tells at once whether an element with it fails; what is
    ``written`` stands in each tag that may fail.
    """

    costly: bool
    by_tag: bool
    written: str

    def fails(self, markup: Markup, number: int) -> bool:
        """Whether there is anything wrong with it."""
        ...

    def suspects(self, markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
        """Those of some elements that may fail, found in one go: nearly all others are sound."""
        ...

    def failures(self, markup: Markup, number: int) -> Iterable[Failure]:
        """What is wrong with it."""
        ...


def make_test(parameters: Parameters) -> Test:
    """The test that an assertion asks for."""
    return next(make(parameters) for key, make in _TESTS.items() if key in parameters)


class _Test:
    """What tests have in common: every element may fail."""

    costly = False
    by_tag = False
    written = ""

    def fails(self, markup: Markup, number: int) -> bool:
        return True

    def suspects(self, markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
        return numbers


class _Require(_Test):
    """An attribute that must be there."""

    by_tag = True

    def __init__(self, parameters: Parameters) -> None:
        self._name: str = parameters["require"]
        self._usual = f" {self._name}="

    def fails(self, markup: Markup, number: int) -> bool:
        return self._usual not in markup.parts[markup.opens[number]] and markup.value(number, self._name) is None

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        yield Failure(markup.name_span(number), {"attribute": self._name})


class _Forbid(_Test):
    """An attribute that must not be there."""

    by_tag = True

    def __init__(self, parameters: Parameters) -> None:
        self._name: str = parameters["forbid"]
        self.written = self._name

    def fails(self, markup: Markup, number: int) -> bool:
        return markup.value(number, self._name) is not None

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        found = markup.attribute(number, self._name)
        if found is not None:
            yield Failure(found.name_span, {"attribute": self._name, "found": shorten(found.value)})


class _Value(_Test):
    """An attribute that has one of some values, or one of a form, if it is there or ``needed``."""

    by_tag = True

    def __init__(self, parameters: Parameters) -> None:
        self._name: str = parameters["attribute"]
        self._values: tuple[str, ...] = tuple(parameters.get("values", ()))
        self._form = late(parameters["matches"]) if "matches" in parameters else None
        self._needed = "needed" in parameters
        self.written = "" if self._needed else self._name

    def fails(self, markup: Markup, number: int) -> bool:
        value = markup.value(number, self._name)
        return self._needed if value is None else not self._is_right(value)

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        found = markup.located(number, self._name)
        yield self._failure(*(found or ("", Span(0, 0))), markup, number)

    def _is_right(self, value: str) -> bool:
        return value in self._values or (self._form is not None and self._form.fullmatch(value) is not None)

    def _failure(self, value: str, span: Span, markup: Markup, number: int) -> Failure:
        expected, meant = _proposals(value.strip()[:_LONGEST_VALUE], self._values)
        shown = _shown(value) if span.end or value else "missing"
        values = {"attribute": self._name, "found": shorten(value), "shown": shown, "expected": expected}
        edits: Edits = ((span, meant),) if meant and meant.isalnum() else ()
        return Failure(span if span.end > span.start else markup.name_span(number), values, (), edits)


def _shown(value: str) -> str:
    """A value in quotes, with the blanks around it: they may be what is wrong."""
    if len(value) <= _SHOWN:
        return f"‘{value}’" if value else "empty"
    return f"‘{shorten(value)}’" + (" with white space around it" if value != value.strip() else "")


@lru_cache(256)
def _proposals(value: str, known: tuple[str, ...]) -> tuple[str, str]:
    """What may stand in place of a value, and the one that must be meant, if any; a value is mostly wrong all over a file."""
    expected = nearest(value, known) or ", ".join(known)
    return expected, value if value in known else only_slip(value, known)


class _Count(_Test):
    """So many children, or elements anywhere inside, of some patterns."""

    def __init__(self, parameters: Parameters) -> None:
        self._deep = "descendants" in parameters
        self._patterns = [Pattern(text) for text in parameters["descendants" if self._deep else "children"]]
        self._min: int = parameters.get("min", 0)
        self._max: int | None = parameters.get("max")
        self._at_surplus = parameters.get("at") == "surplus"

    def suspects(self, markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
        pattern, most = self._patterns[0], self._max
        if most is None or self._min or len(self._patterns) > 1 or pattern.name == "*":
            return numbers
        named, after = markup.named(pattern.name), markup.after
        surplus = len(named) - most
        return [
            number
            for number in numbers
            if (place := bisect_right(named, number)) < surplus and named[place + most] < after[number]
        ]

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        found = self._find(markup, number)
        count = len(found)
        surplus = found[self._max :] if self._max is not None else []
        values = {"count": _said(count), "found": markup.names[surplus[0]] if surplus else ""}
        if surplus and self._at_surplus:
            first = tuple(RelatedSpan(markup.name_span(one), "the first") for one in found[:1] if self._max)
            yield from (Failure(markup.name_span(one), values, first) for one in surplus)
        elif surplus or count < self._min:
            related = tuple(RelatedSpan(markup.name_span(one), "here") for one in surplus[:1])
            yield Failure(markup.name_span(number), values, related)

    def _find(self, markup: Markup, number: int) -> list[int]:
        """Those that there are; where they cannot be too many, no more than there must be are looked for."""
        most = self._min if self._max is None else None
        found = {inner for pattern in self._patterns for inner in islice(self._within(markup, number, pattern), most)}
        return sorted(found)

    def _within(self, markup: Markup, number: int, pattern: Pattern) -> Iterator[int]:
        if not self._deep:
            return (child for child in markup.children(number) if pattern.fits(markup, child))
        named: Sequence[int] = range(len(markup)) if pattern.name == "*" else markup.named(pattern.name)
        first = bisect_right(named, number)
        inners = named[first : min(first + _MOST, bisect_left(named, markup.after[number]))]
        return (inner for inner in inners if pattern.holds(markup, inner))


class _Never(_Test):
    """An element that must not stand here: all that is to be asked is where it stands."""

    costly = True

    def __init__(self, parameters: Parameters) -> None:
        pass

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        yield Failure(markup.name_span(number), {})


class _Filled(_Test):
    """An element that must hold words, or one of the elements that stand for something (``filled_by``)."""

    def __init__(self, parameters: Parameters) -> None:
        self._fillers: list[str] = parameters.get("filled_by", [])

    def suspects(self, markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
        parts, opens, closes = markup.parts, markup.opens, markup.closes
        return [
            number
            for number in numbers
            if (place := opens[number]) == closes[number] or not (first := parts[place + 1]) or first.isspace()
        ]

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        if not _has_words(markup, number) and not any(markup.within(number, name) for name in self._fillers):
            yield Failure(markup.name_span(number), {})


def _has_words(markup: Markup, number: int) -> bool:
    """Whether there are words, of which the first will do, or so many elements that it is not empty."""
    first, last = markup.opens[number] + 1, markup.closes[number]
    if last - first > _MOST:
        return True
    seen = any(map(str.strip, markup.parts[first:last:2]))
    return seen or (bool(markup.cdata) and bool(markup.inner_text(number).strip()))


class _Says(_Test):
    """Words that must (``says``) or must not (``never_says``) be found in an element."""

    costly = True

    def __init__(self, parameters: Parameters) -> None:
        self._wanted = "says" in parameters
        self._pattern = late(parameters["says" if self._wanted else "never_says"])

    def suspects(self, markup: Markup, numbers: Sequence[int]) -> Sequence[int]:
        if self._is_wrong(""):
            return numbers
        opens, closes = markup.opens, markup.closes
        return [number for number in numbers if opens[number] != closes[number]]

    def _is_wrong(self, text: str) -> bool:
        return (self._pattern.search(text) is not None) is not self._wanted

    def failures(self, markup: Markup, number: int) -> Iterator[Failure]:
        text = element_words(markup, number)
        if self._is_wrong(text):
            yield Failure(markup.name_span(number), {"found": shorten(text)})


_TESTS: dict[str, Callable[[Parameters], Test]] = {
    "require": _Require,
    "forbid": _Forbid,
    "attribute": _Value,
    "children": _Count,
    "descendants": _Count,
    "never": _Never,
    "filled": _Filled,
    "says": _Says,
    "never_says": _Says,
}


def _said(count: int) -> str:
    return str(count or "no")
