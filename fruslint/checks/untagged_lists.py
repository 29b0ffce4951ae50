"""Finds lists of people in which nobody is tagged, although the volume has some of them in its list of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.search.sieve import Needs
from fruslint.markup.elements import Markup
from fruslint.model import Document, Section
from fruslint.names.people import split_name
from fruslint.readers.tei.front import read_persons
from fruslint.record import Record
from fruslint.source import Span

_LIST = "list"


class _Bearer(Record):
    """An entry of the list of persons: its whole name, what stands behind the first comma of that, its id and its place."""

    name: str
    given: str
    id: str
    span: Span


class UntaggedListsCheck:
    """Looks at the sections ``sections`` of documents: one hit where no ``element`` stands in the list, and at least one
    participant bears the surname, and a given name or initial, of an entry of the list of persons.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["sections"],
        "additionalProperties": False,
        "properties": {
            "sections": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "element": {"type": "string"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "entry", "id", "count"})
    needs = Needs(part="sections")

    def __init__(self, parameters: Parameters) -> None:
        self._sections = frozenset(parameters["sections"])
        self._element: str = parameters.get("element", "persName")

    def check_document(self, document: Document) -> Iterable[Hit]:
        """One hit for each list in which nobody is tagged."""
        if document.element is not None:
            markup = document.element.markup
            for section in document.sections:
                if section.kind in self._sections and section.items and self._is_bare(markup, section):
                    bearers = markup.once(_by_surname)
                    yield from _hit(document, section, bearers) if bearers else ()

    def _is_bare(self, markup: Markup, section: Section) -> bool:
        number = markup.at(section.span.start)
        if number is None:
            number = markup.around(section.span.start)
        return number is not None and markup.names[number] == _LIST and not markup.within(number, self._element)


def _hit(document: Document, section: Section, bearers: Mapping[str, list[_Bearer]]) -> Iterator[Hit]:
    """The first participant who is in the list of persons tells that the others may be there too."""
    items = set(map(id, section.items))
    for participant in document.participants:
        if id(participant.item) in items:
            name = split_name(participant.name.text)
            for bearer in bearers.get(name.last.casefold(), ()):
                if not name.given or any(word in bearer.given for word in name.given):
                    values = {
                        "found": participant.name.text,
                        "entry": bearer.name,
                        "id": bearer.id,
                        "count": str(len(section.items)),
                    }
                    yield Hit(participant.name.span, values, (RelatedSpan(bearer.span, "the entry"),))
                    return


def _by_surname(markup: Markup) -> dict[str, list[_Bearer]]:
    """Who is in the list of persons, by surname. (An entry itself knows its markup, which keeps what is made here.)"""
    found: dict[str, list[_Bearer]] = {}
    for entry in read_persons(markup):
        surname, _, given = entry.name.content.partition(",")
        if surname.strip():
            name = " ".join(entry.name.content.split()).rstrip(",")
            found.setdefault(surname.strip().casefold(), []).append(_Bearer(name, given, entry.id, entry.span))
    return found
