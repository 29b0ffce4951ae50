"""Reports tagged abbreviations in which letters have changed their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.model import Volume

_LONGEST = 40


class TermSpellingsCheck:
    """Compares the words of an ``element`` with the name of the term that it refers to with its ``attribute``: capitals,
    ``shortest`` or more, that have the same letters in another order and are no other term. Values: ``found``,
    ``expected``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "attribute", "shortest"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "attribute": {"type": "string", "minLength": 1},
            "shortest": {"type": "integer", "minimum": 2},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        self._attribute: str = parameters["attribute"]
        self._shortest: int = parameters["shortest"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each abbreviation."""
        if volume.markup is None or not volume.terms:
            return
        names = {f"#{entry.id}": entry.name.content.strip(" ,.;:") for entry in volume.terms}
        known = frozenset(names.values())
        for value, groups in volume.markup.by_words(self._element, self._attribute).items():
            name = names.get(value or "", "")
            for raw, numbers in groups.items():
                if self._has_changed_places(raw.strip(), name) and raw.strip() not in known:
                    yield from _hits(volume.markup, numbers, raw.strip(), name)

    def _has_changed_places(self, words: str, name: str) -> bool:
        """Whether words have the letters of an abbreviation in another order."""
        is_long = len(name) >= self._shortest and name.isupper()
        return is_long and words != name and sorted(words[:_LONGEST]) == sorted(name)


def _hits(markup: Markup, numbers: list[int], words: str, name: str) -> Iterator[Hit]:
    for number in numbers:
        span = markup.words_span(number)
        edits = ((span, name),) if markup.text[span.start : span.end] == words else ()
        yield Hit(span, {"found": words, "expected": name}, edits=edits)
