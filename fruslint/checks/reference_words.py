"""Looks at the words in front of and behind the references of a TEI volume."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import chain
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.search.expressions import HERE
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

_REACH = 120
_PATTERN: dict[str, Any] = {"type": "string", "minLength": 1}
_PART = late(r"[Pp]art (\d+|[IVX]+)")
_VOLUME_NUMBER = late(r"\b([EM]?[–-]?[IVXLC]+|\d+)\b(?:,? (?:Part|Pt\.) (\d+|[IVX]+))?")


class _Reference(Record):
    """A reference, the words right in front of it, and what was found behind it."""

    number: int
    value: str
    before: str
    here: Span
    values: dict[str, str]


class ReferenceWordsCheck:
    """Finds references whose ``target``, and what stands ``before`` and ``after`` them, match these patterns.

    One of ``literals`` must stand in the words right before. ``next``: an element that must stand right behind, by its
    ``element``, ``rend`` and ``text``. The hit is the group ``here`` of ``after``, the next element, or the target.
    ``and_more``: the words between two references that make the second one go with the first. ``not_own``: the volume
    that ``before`` names, by its number or by its part alone, must be another one than the file is. ``take_in``: propose
    to move the end of the reference behind what was found; ``append``: what to add to the target then, with the groups of
    ``after`` in braces.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["target"],
        "additionalProperties": False,
        "properties": {
            "target": _PATTERN,
            "before": _PATTERN,
            "literals": {"type": "array", "items": _PATTERN, "minItems": 1},
            "after": _PATTERN,
            "next": {
                "type": "object",
                "required": ["element", "text"],
                "additionalProperties": False,
                "properties": {"element": _PATTERN, "rend": _PATTERN, "text": _PATTERN},
            },
            "and_more": _PATTERN,
            "not_own": {"type": "boolean"},
            "take_in": {"type": "boolean"},
            "append": _PATTERN,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "target", "volume", "page"})

    def __init__(self, parameters: Parameters) -> None:
        self._target = late(parameters["target"])
        self._literals = late("|".join(map(re.escape, parameters.get("literals", ("",)))))
        self._before = late(parameters["before"] + r"\Z") if "before" in parameters else None
        self._after = late(parameters["after"]) if "after" in parameters else None
        self._next: dict[str, str] = parameters.get("next", {})
        self._more = late(parameters["and_more"]) if "and_more" in parameters else None
        self._not_own: bool = parameters.get("not_own", False)
        self._take_in: bool = parameters.get("take_in", False)
        self._append: str = parameters.get("append", "")

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each such reference."""
        if volume.markup is None:
            return
        own = _own_number(volume.markup) if self._not_own else ""
        last: _Reference | None = None
        candidates = self._candidates(volume.markup)
        suspects = self._suspects(volume.markup, candidates)
        for number in candidates:
            if last is None and number not in suspects:
                continue
            found = self._found(volume.markup, number, last)
            last = found if found is None or not self._not_own or not _is_own(found.values["volume"], own) else None
            if last is not None:
                edits = self._edits(volume.markup, last) if self._take_in else ()
                yield Hit(last.here, {**last.values, "target": last.value}, edits=edits)

    def _may_name(self, before: str) -> bool:
        """Whether one of the literals stands in the words right in front of a reference."""
        return self._literals.search(before, max(0, len(before) - _REACH)) is not None

    def _candidates(self, markup: Markup) -> list[int]:
        """The references with such a target, in order."""
        values = markup.by_value("ref", "target").items()
        others = [numbers for value, numbers in values if value is None or not self._target.match(value)]
        left_out = set(chain.from_iterable(others))
        return [number for number in markup.named("ref") if number not in left_out]

    def _suspects(self, markup: Markup, candidates: list[int]) -> Container[int]:
        """Those that have what most references lack, found in a quick look at all of them."""
        parts, opens, closes = markup.parts, markup.opens, markup.closes
        if self._next:
            text, end = self._next["text"], len(parts) - 3
            return {number for number in candidates if closes[number] < end and parts[closes[number] + 3] == text}
        if self._before is not None:
            named = {before: self._may_name(before) for before in {parts[opens[number] - 1] for number in candidates}}
            return {number for number in candidates if named[parts[opens[number] - 1]]}
        return set(candidates)

    def _found(self, markup: Markup, number: int, last: _Reference | None) -> _Reference | None:
        behind = self._behind(markup, number)
        if behind is None:
            return None
        span, values = behind
        before = markup.parts[markup.opens[number] - 1]
        if last is not None and self._goes_on(markup, number, last, before):
            values.update(last.values)
        elif self._before is not None:
            named = self._named(before)
            if named is None:
                return None
            values.update(volume=_number(named["volume"]), found=named[HERE].strip())
        value = markup.value(number, "target") or ""
        return _Reference(number, value, before, span or _value_place(markup, number), values)

    def _named(self, before: str) -> re.Match[str] | None:
        """What the words in front of a reference name."""
        if self._before is None or not self._may_name(before):
            return None
        return self._before.search(" ".join(before[-_REACH:].split()) + " ")

    def _goes_on(self, markup: Markup, number: int, last: _Reference, before: str) -> bool:
        """Whether only words of a list stand between this reference and the last one."""
        side_by_side = markup.closes[last.number] + 2 == markup.opens[number]
        return side_by_side and self._more is not None and self._more.fullmatch(" ".join(before.split())) is not None

    def _behind(self, markup: Markup, number: int) -> tuple[Span | None, dict[str, str]] | None:
        """What stands behind a reference: where it is and its values; None if it is not what it must be."""
        place = markup.closes[number]
        if self._after is not None:
            found = self._after.match(markup.parts[place + 1])
            start = markup.offsets[place + 1]
            if found is None:
                return None
            low, high = found.span(HERE)
            return Span(start + low, start + high), {**found.groupdict(), "found": " ".join(found[HERE].split())}
        if not self._next:
            return None, {}
        return self._next_element(markup, place + 2)

    def _next_element(self, markup: Markup, place: int) -> tuple[Span, dict[str, str]] | None:
        parts = markup.parts
        if place + 1 >= len(parts) or parts[place + 1] != self._next["text"] or parts[place - 1].strip():
            return None
        name, rend = self._next["element"], self._next.get("rend")
        fits = parts[place].startswith(f"<{name}") and parts[place + 2] == f"</{name}>"
        if not fits or (rend and rend not in parts[place]):
            return None
        start = markup.offsets[place + 1]
        return Span(start, start + len(parts[place + 1])), {"found": self._next["text"]}

    def _edits(self, markup: Markup, found: _Reference) -> Edits:
        """Moves the end tag behind what was found, and completes the target."""
        end = markup.end_tag(found.number)
        if end is None:
            return ()
        tag = markup.text[end.start : end.end]
        behind = found.here.end if not self._next else markup.offsets[markup.closes[found.number] + 5]
        edits: Edits = ((end, ""), (Span(behind, behind), tag))
        if self._append and "#" not in found.value:
            target = _value_place(markup, found.number)
            addition = self._append.format_map(found.values)
            edits = ((Span(target.end, target.end), addition), *edits)
        return edits


def _value_place(markup: Markup, number: int) -> Span:
    located = markup.located(number, "target")
    return located[1] if located is not None else markup.name_span(number)


def _own_number(markup: Markup) -> str:
    """The number of the volume itself, from its title; empty if it has none."""
    for number in markup.named("title"):
        kind = markup.value(number, "type") or ""
        if kind.replace("-", "") == "volumenumber":
            return _number(markup.inner_text(number))
    return ""


def _is_own(named: str, own: str) -> bool:
    """Whether a number, or a part without one (``/2``), is that of the volume; one without parts has its own parts."""
    part = named.partition("/")[2]
    return named == own if named != f"/{part}" else own.partition("/")[2] in ("", part)


def _number(words: str) -> str:
    """The number of a volume with its part: ``vol. X, Part 1`` and ``Volume X, part 1`` are both ``X/1``.

    A part alone is ``/1``.
    """
    said = " ".join(words.split())
    part = _PART.fullmatch(said)
    if part is not None:
        return f"/{part[1]}"
    found = _VOLUME_NUMBER.search(said)
    return f"{found[1]}/{found[2]}" if found and found[2] else found[1] if found else ""
