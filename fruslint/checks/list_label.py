"""Compares the type of a list with its heading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters, RelatedSpan
from fruslint.checks.elements.edits import put_attribute
from fruslint.checks.elements.words import element_words
from fruslint.language.vocabulary import section_kind
from fruslint.markup.elements import Markup
from fruslint.model import Volume

_WORDS = {"type": "array", "items": {"type": "string"}}


class ListLabelCheck:
    """``types``: by the type of a list, the kinds of sections that it may hold. ``expected``: by the kind of a section, the
    type of its list. ``required``: kinds of sections whose list must have a type.

    Values: ``found`` the type (or empty), ``label`` the heading, ``expected`` the type for it, ``detail`` the words given
    as ``missing`` or as ``different``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["types", "expected", "required", "missing", "different"],
        "additionalProperties": False,
        "properties": {
            "types": {"type": "object", "additionalProperties": _WORDS},
            "expected": {"type": "object", "additionalProperties": {"type": "string"}},
            "required": _WORDS,
            "missing": {"type": "string"},
            "different": {"type": "string"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "label", "expected", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._types: dict[str, list[str]] = parameters["types"]
        self._expected: dict[str, str] = parameters["expected"]
        self._required = frozenset(parameters["required"])
        self._missing: str = parameters["missing"]
        self._different: str = parameters["different"]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each list whose type does not suit its heading."""
        markup = volume.markup
        if markup is None:
            return
        for number in markup.named("list"):
            head = next(iter(markup.children(number)), None)
            if head is not None and markup.names[head] == "head":
                yield from self._compare(markup, number, head)

    def _compare(self, markup: Markup, number: int, head: int) -> Iterator[Hit]:
        label = element_words(markup, head)
        kind = section_kind(label)
        expected = self._expected.get(kind)
        if expected is None:
            return
        value = markup.value(number, "type")
        found = (value or "").strip()
        allowed = self._types.get(found)
        untyped = value is None and kind in self._required and not _is_nested(markup, number)
        if not (untyped or (allowed is not None and kind not in allowed)):
            return
        detail = self._missing if untyped else self._different
        values = {"found": found, "label": label, "expected": expected, "detail": detail}
        located = markup.located(number, "type")
        span = located[1] if located is not None else markup.name_span(number)
        related = (RelatedSpan(markup.content(head), "its heading"),)
        edits = (
            () if _is_exchanged(markup, number, found, expected) else (put_attribute(markup, number, "type", expected),)
        )
        yield Hit(span, values, related, edits)


def _is_exchanged(markup: Markup, number: int, found: str, expected: str) -> bool:
    """Whether a list beside it has the type that this one lacks, under a wrong heading, too: the headings may be wrong."""
    for other in markup.children(markup.parents[number]):
        if other == number or markup.names[other] != "list" or markup.value(other, "type") != expected:
            continue
        head = next(iter(markup.children(other)), None)
        if head is not None and markup.names[head] == "head" and section_kind(element_words(markup, head)) == found:
            return True
    return False


def _is_nested(markup: Markup, number: int) -> bool:
    return any(markup.names[outer] in ("list", "note", "quote") for outer in markup.ancestors(number))
