"""Looks at the ids of the divisions that are no documents: some sections are known by a name of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Hit, Parameters
from fruslint.language.spelling import only_slip
from fruslint.markup.element_pattern import PATTERNS, Selector
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late

_LONGEST = 60


class DivisionIdsCheck:
    """``sections``: where sections stand whose ids are ``known``; an id that is a slip away from one that the volume has
    not is reported, and so are ``others``, a table of wrong ids and right ones. ``divisions`` must not have an id of the
    form ``reserved``. Values: ``found``, ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["sections", "known", "others", "divisions", "reserved", "detail"],
        "additionalProperties": False,
        "properties": {
            "sections": PATTERNS,
            "known": TEXTS,
            "others": {"type": "object", "additionalProperties": {"type": "string"}},
            "divisions": PATTERNS,
            "reserved": {"type": "string", "format": "regex"},
            "detail": {"type": "string"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._sections = Selector({"elements": ["div[@xml:id]"], "inside": parameters["sections"]})
        self._known: list[str] = parameters["known"]
        self._others: Mapping[str, str] = parameters["others"]
        self._divisions = Selector({"elements": parameters["divisions"]})
        self._reserved = late(parameters["reserved"])
        self._detail: str = parameters["detail"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each id that is not as it should be."""
        if volume.markup is not None:
            yield from self._misnamed(volume.markup)
            for number in self._divisions.find(volume.markup):
                if self._reserved.fullmatch(volume.markup.value(number, "xml:id") or ""):
                    yield _hit(volume.markup, number, self._detail)

    def _misnamed(self, markup: Markup) -> Iterator[Hit]:
        """The sections whose id is almost that of one that the volume has not."""
        missing = [one for one in self._known if one not in markup.ids]
        for number in self._sections.find(markup):
            value = markup.value(number, "xml:id") or ""
            slip = only_slip(value[:_LONGEST], missing) if value not in self._known else ""
            meant = self._others.get(value) or slip
            if meant in missing:
                yield _hit(markup, number, f"known as ‘{meant}’")


def _hit(markup: Markup, number: int, detail: str) -> Hit:
    value, span = markup.located(number, "xml:id") or ("", markup.name_span(number))
    return Hit(span, {"found": value[:_LONGEST], "detail": detail})
