"""Looks at the items of the lists of persons and terms: each holds one entry, and a comma behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late

# An item without an entry is a remark of the editors if it is a sentence, or a single letter, under which names stand;
# else it is an entry that is not tagged.
_REMARK = late(r"(?:Editor|Note|In this|The |For |See )|.{160}|.*\b[Ss]ee\b|[A-Z][,.:]? ")
_COMMA = late(r"\s*(?:</hi>)?\s*(?:<hi\b[^<>]*>)?\s*(?:[,;]|[Ss]ee\b)")
_REACH = 160


class EntryShapeCheck:
    """``lists``: the element of an entry, by the type of its list. Lists in which fewer items than the ``share`` have one
    entry are left alone; a missing comma is an info.

    Values: ``element``, the name of what is wrong, and ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["lists", "share"],
        "additionalProperties": False,
        "properties": {
            "lists": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            "share": {"type": "number", "minimum": 0, "maximum": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._lists: Mapping[str, str] = parameters["lists"]
        self._share: float = parameters["share"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each item that does not hold one entry."""
        markup = volume.markup
        if markup is None:
            return
        for kind, element in self._lists.items():
            for number in markup.by_value("list", "type").get(kind, ()):
                items = {item: _entries(markup, item, element) for item in _items(markup, number)}
                if sum(len(entries) == 1 for entries in items.values()) >= self._share * len(items):
                    yield from _hits(markup, items, element)


def _items(markup: Markup, number: int) -> list[int]:
    return [child for child in markup.children(number) if markup.names[child] == "item"]


def _entries(markup: Markup, item: int, element: str) -> list[int]:
    return [one for one in markup.within(item, element) if "xml:id" in markup.parts[markup.opens[one]]]


def _hits(markup: Markup, items: Mapping[int, Sequence[int]], element: str) -> Iterator[Hit]:
    commas = [entries[0] for entries in items.values() if len(entries) == 1]
    missing = {entry for entry in commas if not _has_comma(markup, entry)}
    for item, entries in items.items():
        if not entries and not _REMARK.match(" ".join(markup.inner_text(item).split())):
            yield _hit(markup, item, f"holds no <{element}> with an xml:id, as the other items do")
        elif len(entries) > 1 and not _stand_together(markup, *entries[:2]):
            yield _hit(markup, entries[1], "is the second entry of its item")
        elif len(entries) == 1 and entries[0] in missing and len(missing) * 10 <= len(commas):
            yield _hit(markup, entries[0], "has no comma behind it", Severity.INFO)


def _stand_together(markup: Markup, one: int, other: int) -> bool:
    """Whether two entries are in the same element, as two spellings of one name are."""
    return markup.parents[one] == markup.parents[other]


def _has_comma(markup: Markup, entry: int) -> bool:
    """Whether a comma or "see" follows an entry, or it ends with a comma or a bracket itself."""
    end = markup.offsets[markup.closes[entry] + 1]
    if _COMMA.match(markup.text, end, end + _REACH):
        return True
    return markup.inner_text(entry).rstrip(" \n”’").endswith((",", ")"))


def _hit(markup: Markup, number: int, detail: str, severity: Severity | None = None) -> Hit:
    return Hit(markup.name_span(number), {"element": markup.names[number], "detail": detail}, severity=severity)
