"""Looks for attributes that an element does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.language.spelling import only_slip
from fruslint.markup.element_pattern import is_foreign
from fruslint.markup.elements import Markup
from fruslint.markup.grouping import merged
from fruslint.model import Volume
from fruslint.patterns import late

_WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
_SHOWN = 60
_ATTRIBUTE = late(r"""[\s"']([^\s="'<>/]+)\s*=\s*["']""")
_XML = "xml:"


class AttributeNamesCheck:
    """``common``: the attributes that all elements may have; ``known``: what others some elements may have, by
    element; several elements stand with blanks between them.

    Only elements of ``known`` are looked at, and of attributes with a prefix those of ``xml:`` alone; not elements in a
    namespace of their own. Values: ``element``, ``found``, and ``hint``: what is meant, where only one is a slip away.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["common", "known"],
        "additionalProperties": False,
        "properties": {
            "common": _WORDS,
            "known": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"element", "found", "hint"})

    def __init__(self, parameters: Parameters) -> None:
        common: list[str] = parameters["common"].split()
        known: Mapping[str, str] = parameters["known"]
        self._known = {
            name: frozenset((*common, *others.split())) for names, others in known.items() for name in names.split()
        }

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each attribute that its element cannot have."""
        markup = volume.markup
        if markup is None:
            return
        for name, known in self._known.items():
            for number in _suspects(markup, name, known):
                if not is_foreign(markup, number):
                    yield from _hits(markup, number, known)


def _suspects(markup: Markup, name: str, known: Set[str]) -> Sequence[int]:
    """Elements of this name that may have an unknown attribute; the start tags of all are looked at in one go."""
    tags = markup.by_tag(name)
    if all(map(known.__contains__, _unprefixed("\n".join(tags)))):
        return ()
    odd = [numbers for tag, numbers in tags.items() if not all(map(known.__contains__, _unprefixed(tag)))]
    return merged(odd)


def _unprefixed(tags: str) -> Iterator[str]:
    """What may be attributes in some tags; what stands in a value may look like one."""
    return (name for name in set(_ATTRIBUTE.findall(tags)) if _concerns(name))


def _concerns(name: str) -> bool:
    return (":" not in name and name != "xmlns") or name.startswith(_XML)


def _hits(markup: Markup, number: int, known: Set[str]) -> Iterator[Hit]:
    for name, found in markup.attributes(number).items():
        if name not in known and _concerns(name):
            meant = f"{_XML}{name}" if f"{_XML}{name}" in known else only_slip(name, sorted(known))
            hint = f" (perhaps {meant} is meant)" if meant else ""
            yield Hit(found.name_span, {"element": markup.names[number], "found": name[:_SHOWN], "hint": hint})
