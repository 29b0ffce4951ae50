"""Follows the references from one volume into another, where a run has both."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Parameters, PlacedHit
from fruslint.checks.elements.pointers import FROM, Pointer, place_of_value, pointers
from fruslint.documents import Sketch, sketches
from fruslint.findings import Place, place
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.record import Record
from fruslint.source import Source

_FASTEST = 1
_SHOWN = 60


class _Reference(Record):
    """A reference into another volume: where it is, and what it names there."""

    place: Place
    document: str
    element: str
    volume: str
    target: str


class _File(Record):
    """What a run must know of a file: the volume it is, the ids of a whole one (one a line, compressed), its references."""

    volume: str
    ids: bytes | None
    references: tuple[_Reference, ...]


class VolumePointersCheck:
    """Looks at references to ``volume#id``, where the run has that volume and the volume has no such id.

    ``from``: the elements and their attributes; ``volume_prefix``: what the ids of volumes begin with. A volume of which
    the run has no more than an excerpt says nothing of what is missing in it: ``whole`` are ids that only a whole one has,
    lists of which it must have one each. References of a volume to itself are not looked at.
    Values: ``found`` is the reference, ``volume`` and ``id`` are its halves, ``element`` is what refers.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["from", "volume_prefix"],
        "additionalProperties": False,
        "properties": {
            "from": FROM,
            "volume_prefix": {"type": "string", "minLength": 1},
            "whole": {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "volume", "id", "element"})

    def __init__(self, parameters: Parameters) -> None:
        self._from: Mapping[str, str] = parameters["from"]
        self._prefix: str = parameters["volume_prefix"]
        self._whole: list[list[str]] = parameters.get("whole", [])

    def collect_file(self, volume: Volume) -> _File | None:
        """The ids of a volume, and its references to those of others."""
        markup = volume.markup
        if markup is None:
            return None
        whole = all(any(one in markup.ids for one in some) for some in self._whole)
        ids = zlib.compress("\n".join(markup.ids).encode(), _FASTEST) if whole else None
        return _File(volume.id, ids, tuple(self._references(volume, markup)))

    def _references(self, volume: Volume, markup: Markup) -> Iterator[_Reference]:
        def is_outward(value: str | None) -> bool:
            name, _, target = (value or "").strip().partition("#")
            return name.startswith(self._prefix) and name != volume.id and target != ""

        documents = _outermost(sketches(volume.documents))
        for element, attribute in self._from.items():
            for pointer in pointers(markup, element, attribute, is_outward):
                yield _reference(volume.source, markup, documents, pointer)

    def conclude_run(self, facts: Sequence[_File]) -> Iterator[PlacedHit]:
        """One hit for each reference to an id that a volume of the run has not."""
        wanted = {reference.volume for file in facts for reference in file.references}
        ids: dict[str, set[str]] = {}
        for file in facts:
            if file.volume in wanted and file.ids is not None:
                ids.setdefault(file.volume, set()).update(zlib.decompress(file.ids).decode().split("\n"))
        for file in facts:
            for reference in file.references:
                if reference.volume in ids and reference.target not in ids[reference.volume]:
                    yield _hit(reference)


def _outermost(documents: Iterable[Sketch]) -> list[Sketch]:
    """The documents that stand in no other."""
    found: list[Sketch] = []
    for document in documents:
        if not found or document.span.start >= found[-1].span.end:
            found.append(document)
    return found


def _reference(source: Source, markup: Markup, documents: Sequence[Sketch], pointer: Pointer) -> _Reference:
    span = place_of_value(markup, pointer)
    name, _, target = (pointer.value or "").strip().partition("#")
    index = bisect_right(documents, span.start, key=lambda document: document.span.start) - 1
    inside = index >= 0 and span.start < documents[index].span.end
    return _Reference(place(source, span), documents[index].id if inside else "", pointer.element, name, target)


def _hit(reference: _Reference) -> PlacedHit:
    values = {
        "found": f"{reference.volume}#{reference.target}"[:_SHOWN],
        "volume": reference.volume[:_SHOWN],
        "id": reference.target[:_SHOWN],
        "element": reference.element,
    }
    return PlacedHit(reference.place, reference.document, values)
