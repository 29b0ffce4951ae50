"""Ways of writing the same: what each is called, where a text uses it, and what to write where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from fruslint.checks.base import TEXTS, Parameters
from fruslint.checks.search.expressions import HERE, compile_pattern
from fruslint.checks.search.shape import has_text
from fruslint.language.occurrences import occurrences
from fruslint.record import Record

OPENING, CLOSING = "opening", "closing"
_STAYS, _WORD = "stays", "word"

STYLE: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "anyOf": [{"required": ["pattern"]}, {"required": ["literals"]}],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "pattern": {"type": "string", "minLength": 1},
        "literals": TEXTS,
        "write": {
            "type": ["string", "object"],
            "required": [OPENING, CLOSING],
            "additionalProperties": {"type": "string"},
        },
        "reported": {"type": "boolean"},
    },
}


class Spot(Record):
    """Where a style was found in a text, and what its groups say: what is not to be replaced, and the word."""

    start: int
    end: int
    stays: bool = False
    word: str = ""


class Style:
    """A style of the rule: its name, how it is found, and what to write where it belongs."""

    __slots__ = ("literals", "name", "pattern", "reported", "write")

    def __init__(self, parameters: Parameters, words: Parameters) -> None:
        self.name: str = parameters["name"]
        self.literals: tuple[str, ...] = tuple(parameters.get("literals", ()))
        pattern = parameters.get("pattern")
        if not pattern and max(map(len, self.literals)) > 1:
            pattern = "|".join(map(re.escape, self.literals))
        # Single characters are found without one, and many times faster.
        self.pattern = compile_pattern(pattern, words) if pattern else None
        self.write: str | Mapping[str, str] = parameters.get("write", {})
        self.reported: bool = parameters.get("reported", True)

    def count(self, content: str, starts: Sequence[int] | None) -> int:
        """How often ``content`` uses the style; only where it ``starts``, if that is known."""
        if self.pattern is None:
            return sum(map(content.count, self.literals))
        if starts is not None:
            return len(_found_at(self.pattern, content, starts))
        may_occur = not self.literals or any(has_text(content, literal) for literal in self.literals)
        return len(self.pattern.findall(content)) if may_occur else 0

    def find(self, content: str, starts: Sequence[int] | None, limit: int) -> Iterable[Spot]:
        """Where ``content`` uses the style, the first few places; only where it ``starts``, if that is known."""
        if self.pattern is not None:
            matches = self.pattern.finditer(content) if starts is None else _found_at(self.pattern, content, starts)
            return map(_spot, islice(matches, limit))
        places = sorted(place for mark in self.literals for place in occurrences(content, mark))
        return [Spot(place, place + 1) for place in places[:limit]]

    def written(self, word: str, side: str) -> str | None:
        """What stands in the place of another style where this one is the habit; None if nobody can say.

        ``word`` is the word that the other one found, ``side`` whether it opens or closes something.
        """
        if isinstance(self.write, str):
            return self.write.replace(f"{{{_WORD}}}", word)
        return self.write.get(side)


def _spot(found: re.Match[str]) -> Spot:
    groups = found.re.groupindex
    start, end = found.span(HERE if HERE in groups else 0)
    stays = _STAYS in groups and found[_STAYS] is not None
    return Spot(start, end, stays, found[_WORD] if _WORD in groups else "")


def _found_at(pattern: re.Pattern[str], content: str, starts: Iterable[int]) -> list[re.Match[str]]:
    """The matches that begin at one of these places, which come in order; as everywhere, none overlaps the one before."""
    found: list[re.Match[str]] = []
    last = 0
    for start in starts:
        match = pattern.match(content, start) if start >= last else None
        if match is not None:
            found.append(match)
            last = match.end()
    return found
