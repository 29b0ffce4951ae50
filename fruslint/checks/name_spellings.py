"""Finds participants whose name is spelt otherwise in the other documents of the volume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.checks.search.sieve import Needs
from fruslint.findings import Where
from fruslint.language.spelling import distance
from fruslint.model import Document
from fruslint.names.people import is_inflected, spelling_key, split_name
from fruslint.record import Record


class _Mention(Record):
    """A participant of one document: surname, given names and initials, and where."""

    last: str
    given: frozenset[str]
    document: str
    place: Where


_Mentions = Sequence[_Mention]


class NameSpellingsCheck:
    """Compares the surnames of all participants of a volume.

    A spelling in at most ``rare`` documents is held against those in more documents that differ by one letter, by two from
    ``two_from`` letters on; surnames of fewer letters than ``shortest`` are passed over. Given names must agree.
    ``namesakes``: surnames, parted by blanks, that are alike and still different; they are reported only where a given name
    is the same.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["namesakes"],
        "additionalProperties": False,
        "properties": {
            "namesakes": {"type": "array", "items": {"type": "string", "minLength": 1}},
            "rare": {"type": "integer", "minimum": 1},
            "shortest": {"type": "integer", "minimum": 3},
            "two_from": {"type": "integer", "minimum": 3},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "count"})
    needs = Needs(part="participants")

    def __init__(self, parameters: Parameters) -> None:
        self._namesakes = [frozenset(group.split()) for group in parameters["namesakes"]]
        self._rare: int = parameters.get("rare", 1)
        self._shortest: int = parameters.get("shortest", 6)
        self._two_from: int = parameters.get("two_from", 9)

    def collect(self, document: Document) -> tuple[_Mention, ...] | None:
        """The participants whose surname is long enough, each once."""
        found: dict[str, _Mention] = {}
        for participant in document.participants:
            last, given = split_name(participant.name.text)
            if len(last) >= self._shortest and last not in found:
                found[last] = _Mention(last, given, document.id, place_in(document, participant.name))
        return tuple(found.values()) or None

    def conclude(self, facts: Iterable[tuple[_Mention, ...]]) -> Iterator[PlacedHit]:
        """One hit for each mention of a name that is nearly always spelt otherwise."""
        names: dict[str, list[_Mention]] = defaultdict(list)
        for facts_of_one in facts:
            for mention in facts_of_one:
                names[mention.last].append(mention)
        alike = _alike(names)
        for last, mentions in names.items():
            if len(mentions) > self._rare:
                continue
            usual = self._usual(mentions, {name: names[name] for name in alike[last[:3]] | alike[last[-3:]]})
            yield from (_hit(mention, names[usual]) for mention in mentions if usual)

    def _usual(self, mentions: _Mentions, names: Mapping[str, _Mentions]) -> str:
        """The most frequent spelling that the one of these mentions could be a slip for."""
        last = mentions[0].last
        frequent = sorted((-len(names[name]), name) for name in names if len(names[name]) > len(mentions))
        near = (name for _, name in frequent if self._are_near(last, name))
        return next((name for name in near if self._agree(last, mentions, name, names[name])), "")

    def _are_near(self, last: str, name: str) -> bool:
        limit = 2 if len(last) >= self._two_from else 1
        if abs(len(last) - len(name)) > limit or len(set(last).difference(name)) > limit:
            return False
        if is_inflected(last, name) or spelling_key(last) == spelling_key(name):
            return False
        return distance(last, name, limit) <= limit

    def _agree(self, last: str, mentions: _Mentions, name: str, others: _Mentions) -> bool:
        """Whether the given names may be those of one person."""
        ours, theirs = _given(mentions), _given(others)
        if any(len(given) > 1 for given in ours & theirs):
            return True
        if any(last in group and name in group for group in self._namesakes):
            return False
        return not ours or not theirs or not _initials(ours).isdisjoint(_initials(theirs))


def _given(mentions: _Mentions) -> frozenset[str]:
    """All given names and initials of these mentions."""
    return frozenset().union(*(mention.given for mention in mentions))


def _initials(given: Iterable[str]) -> set[str]:
    return {name[0] for name in given}


def _alike(names: Iterable[str]) -> defaultdict[str, set[str]]:
    """The names by their first and by their last three letters: one of the two survives a slip."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        found[name[:3]].add(name)
        found[name[-3:]].add(name)
    return found


def _hit(mention: _Mention, usual: _Mentions) -> PlacedHit:
    values = {"found": mention.last, "expected": usual[0].last, "count": str(len(usual))}
    related = ((usual[0].place, f"‘{usual[0].last}’ here"),)
    return PlacedHit(mention.place, mention.document, values, related)
