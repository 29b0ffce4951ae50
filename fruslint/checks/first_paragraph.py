"""Looks at the first paragraph behind the dateline of a document for what belongs into its opener."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.elements.words import element_words
from fruslint.documents import sketches
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late

_OPENERS = frozenset({"dateline", "opener"})
# What belongs into an opener is no longer.
_LONGEST = 200


class FirstParagraphCheck:
    """``patterns``: the paragraph is reported if one of them matches the whole of it. Values: ``found``."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["patterns"],
        "additionalProperties": False,
        "properties": {
            "patterns": {"type": "array", "items": {"type": "string", "format": "regex"}, "minItems": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self._patterns = [late(pattern) for pattern in parameters["patterns"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each document."""
        markup = volume.markup
        if markup is None:
            return
        for document in sketches(volume.documents):
            number = _first(markup, document.element.number) if document.element is not None else None
            if number is None or len(markup.raw_text(number)) > _LONGEST:
                continue
            words = element_words(markup, number)
            if any(pattern.fullmatch(words) for pattern in self._patterns):
                yield Hit(markup.name_span(number), {"found": words})


def _first(markup: Markup, document: int) -> int | None:
    """The paragraph right behind the opener; page breaks between them do not count."""
    behind = False
    for child in markup.children(document):
        name = markup.names[child]
        if name in _OPENERS:
            behind = True
        elif behind and name != "pb":
            return child if name == "p" else None
    return None
