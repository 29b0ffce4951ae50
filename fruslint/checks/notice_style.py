"""Looks at the type that notices of withheld text are set in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.markup import Markup
from fruslint.model import BlockKind, Document, Volume
from fruslint.source import Span

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.TABLE, BlockKind.DATELINE})


class NoticeStyleCheck:
    """``pattern`` finds the notices in the running text, ``literal`` is a word that each of them has.

    Where ``share`` or more of the notices of a volume stand in a ``hi`` of the type ``rend``, the others are reported.
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
            "share": {"type": "number"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._pattern = re.compile(parameters["pattern"])
        self._literal: str = parameters["literal"]
        self._rend: str = parameters["rend"]
        self._share: float = parameters.get("share", 0.8)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each notice that is set otherwise than most."""
        markup = volume.markup
        if markup is None or self._literal not in volume.source.text:
            return
        notices = [notice for document in volume.documents for notice in self._notices(document)]
        wrong = [(span, words) for span, words in notices if not self._is_set(markup, span)]
        count = len(notices) - len(wrong)
        if count and count >= self._share * len(notices):
            for span, words in wrong:
                yield Hit(span, {"found": words, "expected": self._rend, "count": str(count)})

    def _notices(self, document: Document) -> Iterator[tuple[Span, str]]:
        view = document.view(_KINDS)
        if self._literal in view.text.content:
            for found in self._pattern.finditer(view.text.content):
                yield view.text.span(*found.span()), found[0]

    def _is_set(self, markup: Markup, span: Span) -> bool:
        """Whether the first, a middle or the last word of a notice stands in that type; its brackets need not."""
        places = (span.start + 1, (span.start + span.end) // 2, span.end - 2)
        return any(self._is_around(markup, place) for place in places)

    def _is_around(self, markup: Markup, place: int) -> bool:
        number = markup.around(place)
        return number is not None and any(
            markup.names[outer] == "hi" and markup.value(outer, "rend") == self._rend
            for outer in (number, *markup.ancestors(number))
        )
