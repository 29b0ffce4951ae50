"""Which elements a rule speaks of: patterns such as ``list[@type=names|terms]``, and what they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from fruslint.markup.elements import Markup
from fruslint.markup.grouping import merged
from fruslint.patterns import late
from fruslint.record import Record

_MOST_KNOWN = 10_000
# Sound files are not nested as deep as this; others must not take time without end.
_DEEPEST = 100
_NAME = r"[\w:.-]+"
_CONDITION = late(rf"\[(!?)@({_NAME})(?:(!?=)([^\[\]]*))?\]")
_PATTERN = late(rf"({_NAME}|\*)((?:\[!?@{_NAME}(?:!?=[^\[\]]*)?\])*)")

PATTERN: dict[str, Any] = {"type": "string", "pattern": rf"^({_NAME}|\*)(\[!?@{_NAME}(!?=[^\[\]]*)?\])*$"}
"""``name`` or ``*``, and conditions: ``[@type]`` has it, ``[!@type]`` has it not, ``[@type=a|b]``, ``[@type!=a|b]``."""

PATTERNS: dict[str, Any] = {"type": "array", "items": PATTERN, "minItems": 1}

PLACES: dict[str, Any] = dict.fromkeys(("elements", "parent", "no_parent", "inside", "outside"), PATTERNS)
"""Of these elements those with such a parent, none with such a one, inside of one of these, outside of all of those."""


WantedTag = Callable[[int], bool]
"""Tells by one element whether all with the same start tag are to be looked at."""


class _Condition(Record):
    """An attribute that must be there (or not), with one of some values (or none of them)."""

    attribute: str
    wanted: bool
    values: frozenset[str] | None

    def holds(self, markup: Markup, number: int) -> bool:
        if self.attribute not in markup.parts[markup.opens[number]]:
            return not self.wanted
        value = markup.value(number, self.attribute)
        if self.values is None:
            return (value is not None) is self.wanted
        return (value is not None and value.strip() in self.values) is self.wanted


class Pattern:
    """One pattern."""

    __slots__ = ("_conditions", "_known", "_needed", "name")

    def __init__(self, text: str) -> None:
        """Raises ValueError for what is no pattern."""
        found = _PATTERN.fullmatch(text)
        if found is None:
            raise ValueError(f"no pattern of an element: {text}")
        self.name = found[1]
        self._conditions = tuple(_condition(condition) for condition in _CONDITION.finditer(found[2]))
        # One attribute that it must have, for a first look.
        self._needed = next((condition.attribute for condition in self._conditions if condition.wanted), "")
        self._known: dict[str, bool] = {}

    def fits(self, markup: Markup, number: int) -> bool:
        """Whether an element is of this pattern."""
        return self.name in ("*", markup.names[number]) and self.holds(markup, number)

    def holds(self, markup: Markup, number: int) -> bool:
        """Whether the conditions hold for an element of that name."""
        if not self._conditions:
            return True
        # They ask for nothing but the start tag, and most elements have one of a few start tags.
        tag = markup.parts[markup.opens[number]]
        known = self._known.get(tag)
        if known is None:
            known = all(condition.holds(markup, number) for condition in self._conditions)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[tag] = known
        return known

    def find(self, markup: Markup, wanted: WantedTag | None = None, written: str = "") -> Sequence[int]:
        """All elements of this pattern, in order; or those whose start tag is ``wanted``, and in it what is ``written``."""
        if not self._conditions and wanted is None:
            return range(len(markup)) if self.name == "*" else markup.named(self.name)
        tags = markup.by_tag(self.name)
        groups = [numbers for tag, numbers in tags.items() if self._needed in tag and written in tag]
        if self._conditions:
            groups = [numbers for numbers in groups if self.holds(markup, numbers[0])]
        return merged([numbers for numbers in groups if wanted is None or wanted(numbers[0])])


def _condition(found: re.Match[str]) -> _Condition:
    negated, attribute, sign, values = found.groups()
    if sign is None:
        return _Condition(attribute, not negated, None)
    return _Condition(attribute, (sign == "=") is not bool(negated), frozenset(values.split("|")))


class Selector:
    """The elements of some patterns that stand where they are meant to."""

    __slots__ = ("_inside", "_no_parent", "_outside", "_parent", "_patterns")

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._patterns, self._parent, self._no_parent, self._inside, self._outside = (
            tuple(Pattern(text) for text in parameters.get(key, ())) for key in PLACES
        )

    def candidates(self, markup: Markup, wanted: WantedTag | None = None, written: str = "") -> Sequence[int]:
        """The elements of the patterns, wherever they stand; none where there is nothing that they could stand in.

        Those whose start tags are ``wanted``, and in them what is ``written``.
        """
        around = self._inside or self._parent
        if around and not any(pattern.name == "*" or markup.named(pattern.name) for pattern in around):
            return ()
        found = [pattern.find(markup, wanted, written) for pattern in self._patterns]
        return found[0] if len(found) == 1 else list(chain.from_iterable(found))

    def is_meant(self, markup: Markup, number: int) -> bool:
        """Whether an element stands where it is meant to."""
        parent = markup.parents[number]
        if self._parent and not (parent >= 0 and fits_any(self._parent, markup, parent)):
            return False
        if self._no_parent and parent >= 0 and fits_any(self._no_parent, markup, parent):
            return False
        if self._inside and not _is_within(self._inside, markup, number):
            return False
        return not (self._outside and _is_within(self._outside, markup, number))

    def find(self, markup: Markup) -> Iterator[int]:
        """The elements that are meant."""
        return (number for number in self.candidates(markup) if self.is_meant(markup, number))


def _is_within(patterns: Iterable[Pattern], markup: Markup, number: int) -> bool:
    present = [pattern for pattern in patterns if pattern.name == "*" or markup.named(pattern.name)]
    around = islice(markup.ancestors(number), _DEEPEST) if present else ()
    return any(fits_any(present, markup, outer) for outer in around)


def fits_any(patterns: Iterable[Pattern], markup: Markup, number: int) -> bool:
    """Whether an element is of one of some patterns."""
    name = markup.names[number]
    return any(pattern.name in (name, "*") and pattern.holds(markup, number) for pattern in patterns)


def is_foreign(markup: Markup, number: int) -> bool:
    """Whether an element, or one around it but for the root, declares the namespace it is in."""
    around = (outer for outer in (number, *islice(markup.ancestors(number), _DEEPEST)) if outer)
    return any("xmlns=" in markup.parts[markup.opens[outer]] for outer in around)
