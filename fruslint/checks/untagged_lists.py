"""Finds lists of people in which nobody is tagged, although the volume has some of them in its list of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.sieve import Needs
from fruslint.markup import Markup
from fruslint.model import Document, Entry, Section
from fruslint.people import split_name
from fruslint.readers.tei.front import read_persons

_LIST = "list"


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
                    yield from _hit(document, section, markup.once(_by_surname))

    def _is_bare(self, markup: Markup, section: Section) -> bool:
        number = markup.at(section.span.start)
        if number is None:
            number = markup.around(section.span.start)
        return number is not None and markup.names[number] == _LIST and not markup.within(number, self._element)


def _hit(document: Document, section: Section, bearers: Mapping[str, list[Entry]]) -> Iterator[Hit]:
    """The first participant who is in the list of persons tells that the others may be there too."""
    for participant in document.participants:
        if participant.item in section.items:
            name = split_name(participant.name.text)
            for entry in bearers.get(name.last.casefold(), ()):
                given = entry.name.content.partition(",")[2]
                if not name.given or any(word in given for word in name.given):
                    values = {
                        "found": participant.name.text,
                        "entry": " ".join(entry.name.content.split()).rstrip(","),
                        "id": entry.id,
                        "count": str(len(section.items)),
                    }
                    yield Hit(participant.name.span, values, (RelatedSpan(entry.span, "the entry"),))
                    return


def _by_surname(markup: Markup) -> dict[str, list[Entry]]:
    """The entries of the list of persons by what stands before the first comma."""
    found: dict[str, list[Entry]] = {}
    for entry in markup.once(read_persons):
        surname = entry.name.content.partition(",")[0].strip()
        if surname:
            found.setdefault(surname.casefold(), []).append(entry)
    return found
