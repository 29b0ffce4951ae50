"""Finds elements whose words call for a tag around them that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.model import Volume

_DEEPEST = 20


class UntaggedWordsCheck:
    """Looks for elements ``element`` that hold one of ``words`` alone (in whatever case) and stand in no ``inside``."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "words", "inside"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "words": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "inside": {"type": "string", "minLength": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        self._words = frozenset(map(str.casefold, parameters["words"]))
        self._inside: str = parameters["inside"]

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each element without the tag."""
        markup = volume.markup
        if markup is None:
            return
        known: dict[str, str] = {}
        for number in markup.named(self._element):
            text = markup.parts[markup.opens[number] + 1]
            word = known.get(text)
            if word is None:
                word = known[text] = text.strip(" .,;\n").casefold()
            if word in self._words and markup.closes[number] == markup.opens[number] + 2:
                around = islice(markup.ancestors(number), _DEEPEST)
                if not any(markup.names[one] == self._inside for one in around):
                    yield Hit(markup.content(number), {"found": text.strip()})
