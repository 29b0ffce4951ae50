"""Looks at the type that notices of withheld text are set in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.language.occurrences import occurrences
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_TAG = late(r"<[^<>]*>")
# A notice is no longer, from its word to the bracket on either side.
_LONGEST = 400


class NoticeStyleCheck:
    """``literal`` is a word that each notice of the running text has, and ``pattern`` matches the whole of one.

    Where ``share`` or more of the notices of a volume stand in a ``hi`` of the type ``rend``, or in a paragraph of it or of
    one of the types ``headings``, the others are reported.
    Values: ``found``, ``expected``, ``count`` (of those that are set as they should be).
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["pattern", "literal", "rend"],
        "additionalProperties": False,
        "properties": {
            "pattern": {"type": "string", "format": "regex"},
            "literal": {"type": "string"},
            "rend": {"type": "string"},
            "headings": {"type": "array", "items": {"type": "string"}},
            "share": {"type": "number"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._pattern = late(parameters["pattern"])
        self._literal: str = parameters["literal"]
        self._rend: str = parameters["rend"]
        self._headings = frozenset(parameters.get("headings", ()))
        self._share: float = parameters.get("share", 0.8)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each notice that is set otherwise than most."""
        markup = volume.markup
        if markup is None or self._literal not in volume.source.text:
            return
        notices = list(self._notices(markup))
        wrong = [(span, words) for span, words in notices if not self._is_set(markup, span)]
        count = len(notices) - len(wrong)
        if count and count >= self._share * len(notices):
            for span, words in wrong:
                yield Hit(span, {"found": words, "expected": self._rend, "count": str(count)})

    def _notices(self, markup: Markup) -> Iterator[tuple[Span, str]]:
        """Notices are rare: each place of the word is looked at, and not all text of all documents."""
        text = markup.text
        for start in occurrences(text, self._literal):
            first, last = text.rfind("[", max(0, start - _LONGEST), start), text.find("]", start, start + _LONGEST)
            if first < 0 or last < 0:
                continue
            words = " ".join(_TAG.sub("", text[first : last + 1]).split())
            if self._pattern.fullmatch(words) and self._is_in_text(markup, start):
                yield Span(first, last + 1), words

    def _is_in_text(self, markup: Markup, place: int) -> bool:
        number = markup.around(place)
        names = [markup.names[outer] for outer in markup.ancestors(number)] if number is not None else []
        return "note" not in names and (number is None or markup.names[number] != "note")

    def _is_set(self, markup: Markup, span: Span) -> bool:
        """Whether a middle, the first or the last word of a notice stands in that type; its brackets need not."""
        places = ((span.start + span.end) // 2, span.start + 1, span.end - 2)
        return any(self._is_around(markup, place) for place in places)

    def _is_around(self, markup: Markup, place: int) -> bool:
        number = markup.around(place)
        return number is not None and any(self._sets(markup, outer) for outer in (number, *markup.ancestors(number)))

    def _sets(self, markup: Markup, number: int) -> bool:
        """Whether an element sets its words in that type: a ``hi``, or a paragraph such as a heading in italics."""
        if markup.names[number] not in ("hi", "p"):
            return False
        rend = markup.value(number, "rend") or ""
        return rend == self._rend or rend in self._headings
