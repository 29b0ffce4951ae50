"""Reports elements that stand in what cannot hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.markup.element_pattern import PATTERN, Pattern, is_foreign
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.record import Record

_WORDS = {"type": "string", "minLength": 1}
_Rules = Mapping[str, list[tuple[Pattern, list[Pattern]]]]
"""By the name of an element: patterns of it, each with those of the parents that it must or must not have."""
_TABLE = {"type": "object", "minProperties": 1, "propertyNames": PATTERN, "additionalProperties": _WORDS}


class _Wrong(Record):
    """An element that stands where it cannot, how that is said, where it may stand, and what is to be shown with it."""

    number: int
    detail: str
    expected: str
    related: tuple[int, ...] = ()


class NestingCheck:
    """``only``: what the parent of an element must be; ``never``: what it must not be.
    Both are tables from a pattern (``list[@type=names]``) to patterns with blanks between them. Elements in a namespace
    of their own are not looked at. Values: ``element``, ``detail`` (where it stands), ``expected`` (where it may).
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": dict.fromkeys(("only", "never"), _TABLE),
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "detail", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._only = _by_name(parameters.get("only", {}))
        self._never = _by_name(parameters.get("never", {}))
        self._right = _names(self._only)
        self._doubtful = _names(self._never)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element that stands where it cannot."""
        markup = volume.markup
        if markup is None:
            return
        for wrong in self._misplaced(markup):
            if not is_foreign(markup, wrong.number):
                values = {"element": markup.names[wrong.number], "detail": wrong.detail, "expected": wrong.expected}
                spans = tuple(RelatedSpan(markup.name_span(other), "this") for other in wrong.related)
                yield Hit(markup.name_span(wrong.number), values, spans)

    def _misplaced(self, markup: Markup) -> Iterator[_Wrong]:
        """Few names of parents and children are all that different, and nearly all of these are right."""
        names, parents = markup.names, markup.parents
        suspects: defaultdict[str, set[str]] = defaultdict(set)
        for child, parent in set(zip(names[1:], map(names.__getitem__, parents[1:]), strict=True)):
            if parent not in self._right.get(child, (parent,)) or parent in self._doubtful.get(child, ()):
                suspects[child].add(parent)
        for name in sorted(suspects):
            doubtful = suspects[name]
            for number in [one for one in markup.named(name) if parents[one] >= 0 and names[parents[one]] in doubtful]:
                if wrong := self._wrong(markup, number, parents[number]):
                    yield wrong

    def _wrong(self, markup: Markup, number: int, parent: int) -> _Wrong | None:
        name = markup.names[number]
        where = f"stands directly in <{markup.names[parent]}>"
        for child, around in self._only.get(name, ()):
            if child.holds(markup, number) and not any(pattern.fits(markup, parent) for pattern in around):
                return _Wrong(number, where, f"; it belongs into <{'> or <'.join(one.name for one in around[:3])}>")
        for child, around in self._never.get(name, ()):
            if child.holds(markup, number) and any(pattern.fits(markup, parent) for pattern in around):
                return _Wrong(number, where, ", which cannot hold it", (parent,))
        return None


def _by_name(table: Mapping[str, str]) -> _Rules:
    found: defaultdict[str, list[tuple[Pattern, list[Pattern]]]] = defaultdict(list)
    for child, around in table.items():
        found[Pattern(child).name].append((Pattern(child), [Pattern(one) for one in around.split()]))
    return dict(found)


def _names(rules: _Rules) -> Mapping[str, frozenset[str]]:
    """The names of the parents that some rules speak of."""
    return {name: frozenset(one.name for _, around in each for one in around) for name, each in rules.items()}
