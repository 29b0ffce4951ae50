"""Compares the complete title in the header of a TEI volume with the titles it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters, RelatedSpan
from fruslint.checks.elements.words import element_words, shorten
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late

_LONGEST = 300
# The years of a series may stand apart from it in the complete title.
_YEARS = late(r"(.+), (\d{4}(?:[–-]\d{2,4})?)")
_NUMBER = late(r"\b(?:Volume|Part) [IVXLC\d]+$")
_LONG = late(r"\w{4,}")
# No header has as many titles.
_MOST = 50


class HeaderTitlesCheck:
    """The title of the type ``whole`` has the words of those of the types ``parts`` in it, white space aside.

    A part that begins with none of ``said`` for its type says something else, and is left alone; so is one of other words
    where the whole ends with the number of the volume. The years at the end of a part may stand apart from it.
    Values: ``found``, the part that is not there, ``expected``, the whole, ``label``, the type of the part.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["whole", "parts"],
        "additionalProperties": False,
        "properties": {
            "whole": {"type": "string", "minLength": 1},
            "parts": TEXTS,
            "said": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "label"})

    def __init__(self, parameters: Parameters) -> None:
        self._whole: str = parameters["whole"]
        self._parts: tuple[str, ...] = tuple(parameters["parts"])
        self._said: dict[str, str] = parameters.get("said", {})

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each title that the complete one has not."""
        markup = volume.markup
        headers = markup.named("titleStmt") if markup is not None else []
        return self._hits(markup, headers[0]) if markup is not None and headers else ()

    def _hits(self, markup: Markup, header: int) -> Iterator[Hit]:
        titles = markup.within(header, "title")[:_MOST]
        typed = {markup.value(number, "type"): number for number in reversed(titles)}
        if self._whole not in typed:
            return
        whole = _words(markup, typed[self._whole])
        for part in self._parts:
            number = typed.get(part)
            words = _words(markup, number) if number is not None else ""
            if number is not None and words.startswith(self._said.get(part, "")) and not _says(whole, words):
                related = RelatedSpan(markup.content(typed[self._whole]), "the complete title")
                values = {"found": shorten(words), "expected": shorten(whole), "label": part}
                yield Hit(markup.words_span(number), values, (related,))


def _says(whole: str, words: str) -> bool:
    """Whether the complete title has a part, or nothing like it before the number it ends with: ‘…, Part II, Volume V’."""
    apart = _YEARS.fullmatch(words)
    if all(one in whole for one in (apart.groups() if apart else (words,))):
        return True
    long = _LONG.findall(words)
    return bool(_NUMBER.search(whole)) and 2 * sum(word in whole for word in long) <= len(long)


def _words(markup: Markup, number: int) -> str:
    return element_words(markup, number)[:_LONGEST]
