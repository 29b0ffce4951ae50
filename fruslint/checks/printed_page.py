"""Reports the printed head of a page, its number or its running title, that was read into the text behind a page break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_OPENING = late(r"<(?:p|hi)\b[^>]*[^/>]>|<(?:p|hi)>")
_BLANKS = late(r"\s*")
_LONGEST = 200
# The text may begin within a paragraph, and in italics there.
_TAGS = 2


class PrintedPageCheck:
    """Looks at what stands right behind each ``element`` with a number. ``titles``: patterns of running titles; the
    number alone, or before one of them, is found too, where a letter is glued to it. Values: ``found``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "titles"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "titles": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        titles = "|".join(parameters["titles"])
        self._pattern = late(
            rf"(?P<number>[0-9]{{1,4}})(?:(?=[A-Za-z])|\s+(?:{titles}))|(?:{titles})(?:\s+(?P<last>[0-9]{{1,4}}))?"
        )

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each page break with such words behind it."""
        markup = volume.markup
        if markup is None:
            return
        for number in markup.named(self._element):
            place = _text_behind(markup, markup.closes[number])
            text = markup.parts[place][:_LONGEST]
            start = _end_of_blanks(text)
            found = self._pattern.match(text, start)
            if found is not None and found["number"] in (None, markup.value(number, "n")):
                begin = markup.offsets[place] + start
                yield Hit(Span(begin, begin + len(found[0])), {"found": " ".join(found[0].split())})


def _text_behind(markup: Markup, tag: int) -> int:
    """The place of the first words behind a tag, those of a paragraph that begins there too."""
    place = tag + 1
    for _ in range(_TAGS):
        if markup.parts[place].strip() or place + 2 >= len(markup.parts) or not _OPENING.match(markup.parts[place + 1]):
            break
        place += 2
    return place


def _end_of_blanks(text: str) -> int:
    found = _BLANKS.match(text)
    return found.end() if found else 0
