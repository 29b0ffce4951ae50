"""Finds holders of an office whose name in a heading is spelt otherwise than in most headings of the volume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit, place_in
from fruslint.findings import Where
from fruslint.language.spelling import distance
from fruslint.model import Document, Extract
from fruslint.patterns import late

_WORD = r"(?:[A-Z][\w’.–-]{0,30}|of|in|at|for|on|and|the)"
_HOLDER = late(
    rf"(?:^[Tt]he |\b(?:[Ff]rom|[Tt]o|[Bb]y|and) (?:the )?)((?:{_WORD} ){{1,20}})\(([A-Z][\w’.–-]{{1,40}})\)"
)
# No office has as many holders in a volume; to compare thousands of names with each other would take forever.
_MOST = 200
# The office, the name, the document and the place of the name.
_Holder = tuple[str, str, str, Where]


class OfficeNamesCheck:
    """Compares the names that headings give in parentheses behind the same office, those from ``shortest`` letters on.

    A name is reported that differs by one letter from one that stands there at least ``times`` as often.
    Values: ``found``, ``expected``, ``office``, and ``count``, the number of headings with the other one.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["shortest", "times"],
        "additionalProperties": False,
        "properties": {key: {"type": "integer", "minimum": 2} for key in ("shortest", "times")},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "office", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._shortest: int = parameters["shortest"]
        self._times: int = parameters["times"]

    def collect(self, document: Document) -> tuple[_Holder, ...] | None:
        """The holders of offices in the heading."""
        title = document.title
        if title is None or document.source.text.find("(", *title.span) < 0 or "(" not in title.text.content:
            return None
        text = title.text
        return tuple(
            (found[1], found[2], document.id, place_in(document, Extract(found[2], text, found.start(2))))
            for found in _HOLDER.finditer(text.content)
        )

    def conclude(self, facts: Iterable[tuple[_Holder, ...]]) -> Iterator[PlacedHit]:
        """One hit for each heading with the rare spelling."""
        offices: dict[str, dict[str, list[_Holder]]] = defaultdict(lambda: defaultdict(list))
        for office, name, document, where in chain.from_iterable(facts):
            offices[office][name].append((office, name, document, where))
        for every in offices.values():
            for name, own in every.items() if len(every) <= _MOST else ():
                usual = next((others for other, others in every.items() if self._is_meant(name, other, every)), None)
                yield from (_hit(holder, usual) for holder in own if usual)

    def _is_meant(self, name: str, other: str, names: dict[str, list[_Holder]]) -> bool:
        often = len(names[other]) >= self._times * len(names[name])
        return often and len(name) >= self._shortest and name != other and distance(name, other, 1) <= 1


def _hit(holder: _Holder, usual: Sequence[_Holder]) -> PlacedHit:
    office, found, document, where = holder
    _, expected, _, there = usual[0]
    values = {"found": found, "expected": expected, "office": office.strip(), "count": str(len(usual))}
    return PlacedHit(where, document, values, ((there, f"‘{expected}’ here"),))
