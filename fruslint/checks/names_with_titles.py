"""Finds tagged names that begin with a title where the volume leaves that title outside of the tag."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Edits, Hit, Parameters
from fruslint.checks.search.expressions import any_of
from fruslint.markup.elements import Markup
from fruslint.model import Entry, Volume
from fruslint.patterns import late
from fruslint.source import Span

_REACH = 30


class NamesWithTitlesCheck:
    """Looks at the elements ``element`` that have the ``attribute``, and at the ``titles`` at their beginning or before.

    A title is reported inside of a name if the volume has it outside in the ``share`` of at least ``at_least`` cases.
    One that is the initial of a given name of the entry (M.) is left alone.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["titles"],
        "additionalProperties": False,
        "properties": {
            "titles": TEXTS,
            "element": {"type": "string"},
            "attribute": {"type": "string"},
            "share": {"type": "number", "minimum": 0.5, "maximum": 1},
            "at_least": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "name", "count"})

    def __init__(self, parameters: Parameters) -> None:
        titles = any_of(parameters["titles"])
        self._inside = late(rf"\s*(?P<title>{titles})\b\.?\s+(?=\S)")
        self._before = late(rf"\b(?P<title>{titles})\.?\s*\Z")
        self._element: str = parameters.get("element", "persName")
        self._attribute: str = parameters.get("attribute", "corresp")
        self._share: float = parameters.get("share", 0.9)
        self._at_least: int = parameters.get("at_least", 10)

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each name with a title that is mostly left outside."""
        return self._hits(volume.markup, volume.persons) if volume.markup is not None else ()

    def _hits(self, markup: Markup, persons: Iterable[Entry]) -> Iterator[Hit]:
        inside = self._titled(markup)
        if not inside:
            return
        outside = self._outside(markup, tuple({found["title"] for _, found in inside}))
        totals = outside + Counter(found["title"] for _, found in inside)
        names = {entry.id: entry.name.content for entry in persons}
        for number, found in inside:
            title = found["title"]
            if outside[title] >= max(self._at_least, self._share * totals[title]):
                yield from self._hit(markup, number, found, names, outside[title])

    def _titled(self, markup: Markup) -> list[tuple[int, re.Match[str]]]:
        """The names that begin with a title, in order."""
        parts, opens, begins = markup.parts, markup.opens, self._inside.match
        groups = markup.by_words(self._element, self._attribute).values()
        chosen = [number for group in groups for words, same in group.items() if begins(words) for number in same]
        # Those of the same words may have other tags in them: the title must stand in front of these.
        found = [(number, begins(parts[opens[number] + 1])) for number in sorted(chosen)]
        return [(number, match) for number, match in found if match is not None]

    def _outside(self, markup: Markup, titles: tuple[str, ...]) -> Counter[str]:
        """How often each title, at least each of ``titles``, stands in front of a name."""
        parts, opens = markup.parts, markup.opens
        tails = Counter(parts[opens[number] - 1][-_REACH:] for number in markup.named(self._element))
        outside: Counter[str] = Counter()
        for tail, count in tails.items():
            if not tail.rstrip().removesuffix(".").endswith(titles):
                continue
            found = self._before.search(tail) if tail.split()[-1][0].isupper() else None
            if found is not None:
                outside[found["title"]] += count
        return outside

    def _hit(
        self, markup: Markup, number: int, found: re.Match[str], names: Mapping[str, str], count: int
    ) -> Iterator[Hit]:
        value = markup.value(number, self._attribute)
        if value is None:
            return
        given = names.get(value.strip("# "), "").partition(",")[2]
        if len(found["title"]) == 1 and re.search(rf"\b{found['title']}", given):
            return
        start = markup.content(number).start
        low, high = found.span("title")
        words = " ".join(markup.inner_text(number).split())
        values = {"found": found["title"], "name": words, "count": str(count)}
        yield Hit(Span(start + low, start + high), values, edits=_edits(markup, number, found))


def _edits(markup: Markup, number: int, found: re.Match[str]) -> Edits:
    """Moves the start tag behind the title."""
    tag = markup.start_tag(number)
    behind = tag.end + found.end()
    return ((tag, ""), (Span(behind, behind), markup.text[tag.start : tag.end]))
