"""Reports tagged names that hold words which are no part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_SHOWN = 60
# No name has more letters; what has is not looked at behind these.
_LONGEST = 300


class NameWordsCheck:
    """Looks at the elements ``element`` that have the ``attribute``.

    A word of small letters, ``shortest`` or longer, is no part of a name unless it is one of ``particles`` or stands in
    front of a capital. What stands in brackets or behind a comma is left out.

    Values: ``found``, the first such word, and ``name``, all words of the element.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "attribute", "particles", "shortest"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "attribute": {"type": "string", "minLength": 1},
            "particles": TEXTS,
            "shortest": {"type": "integer", "minimum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "name"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        self._attribute: str = parameters["attribute"]
        particles = "|".join(map(re.escape, parameters["particles"]))
        word = rf"(?!(?:{particles})\b)[a-z]{{{parameters['shortest']},}}"
        # Not behind a comma, before a capital, or in brackets.
        self._word = late(rf"\s(?<!,\s)({word})\b(?!\s+[A-Z])(?![^\[]*\])(?![^(]*\))")

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each name with such a word in it."""
        markup = volume.markup
        if markup is None:
            return
        chosen: list[int] = []
        for value, groups in markup.by_words(self._element, self._attribute).items():
            if value is not None:
                chosen += [
                    number for words, same in groups.items() if self._word.search(words[:_LONGEST]) for number in same
                ]
        for number in sorted(chosen):
            yield from self._hit(markup, number)

    def _hit(self, markup: Markup, number: int) -> Iterator[Hit]:
        content = markup.content(number)
        name = " ".join(markup.inner_text(number).split())
        for place in range(markup.opens[number] + 1, markup.closes[number], 2):
            found = self._word.search(markup.parts[place][:_LONGEST])
            if found is not None:
                start = max(content.start, markup.offsets[place] + found.start(1))
                yield Hit(Span(start, start + len(found[1])), {"found": decode(found[1]), "name": name[:_SHOWN]})
                return
