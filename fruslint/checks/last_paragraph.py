"""Looks at the last paragraph of a document for a signature that is not marked up as one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.elements.words import shorten
from fruslint.documents import sketches
from fruslint.markup.elements import Markup
from fruslint.model import Volume

# How many texts and tags stand between those of a paragraph that is a name alone.
_ALONE = 6
# No document has as many elements in it, side by side.
_MOST = 5000


class LastParagraphCheck:
    """Reports the last element of a document if it is a ``paragraph`` that holds one ``name`` and nothing else, where the
    document has no ``closer``. Values: ``found``, the name.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["paragraph", "name", "closer"],
        "additionalProperties": False,
        "properties": {name: {"type": "string", "minLength": 1} for name in ("paragraph", "name", "closer")},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self._paragraph: str = parameters["paragraph"]
        self._name: str = parameters["name"]
        self._closer: str = parameters["closer"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each document that ends so."""
        markup = volume.markup
        if markup is None:
            return
        for document in sketches(volume.documents):
            number = self._last(markup, document.element.number) if document.element is not None else None
            if number is not None and self._is_name(markup, number):
                yield Hit(
                    markup.words_span(number),
                    {"found": shorten(markup.inner_text(number))},
                    edits=_edits(markup, number),
                )

    def _last(self, markup: Markup, document: int) -> int | None:
        """The last element of a document if it is a paragraph; None where the document has a closer of its own."""
        last = None
        for child in islice(markup.children(document), _MOST):
            if markup.names[child] == self._closer:
                return None
            last = child if markup.names[child] not in ("pb", "note") else last
        return last if last is not None and markup.names[last] == self._paragraph else None

    def _is_name(self, markup: Markup, number: int) -> bool:
        """Whether a paragraph is one tagged name, with no mark behind it but a period."""
        place, last = markup.opens[number], markup.closes[number]
        if last - place != _ALONE or markup.names[number + 1] != self._name:
            return False
        return not f"{markup.parts[place + 1]}{markup.parts[last - 1]}".strip(". \t\r\n")


def _edits(markup: Markup, number: int) -> Edits:
    """The tags of a signature in place of those of the paragraph, if it is a plain one."""
    tag, end = markup.start_tag(number), markup.end_tag(number)
    if end is None or markup.parts[markup.opens[number]] != f"<{markup.names[number]}>":
        return ()
    return (tag, "<closer><signed>"), (end, "</signed></closer>")
