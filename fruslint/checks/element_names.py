"""Looks for elements whose names are not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.language.spelling import only_slip
from fruslint.markup.element_pattern import is_foreign
from fruslint.model import Volume

_SHORTEST = 3
_SHOWN = 60


class ElementNamesCheck:
    """``known``: the names, words with blanks between them; those with a prefix are known with it (``frus:file``).

    Elements of other namespaces are not looked at: those with a prefix of which no name is known, and what stands in an
    element that declares a namespace of its own. Values: ``found``, and ``hint``: what is meant, where only
    one known name is a single slip away.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["known"],
        "additionalProperties": False,
        "properties": {"known": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "hint"})

    def __init__(self, parameters: Parameters) -> None:
        self._known = frozenset(name for line in parameters["known"] for name in line.split())
        self._prefixes = frozenset(_prefix(name) for name in self._known)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element with an unknown name."""
        markup = volume.markup
        if markup is None:
            return
        for name in sorted(set(markup.names) - self._known):
            if _prefix(name) not in self._prefixes:
                continue
            meant = only_slip(name, sorted(self._known)) if len(name) >= _SHORTEST else ""
            values = {"found": name[:_SHOWN], "hint": f" (perhaps <{meant}> is meant)" if meant else ""}
            for number in markup.named(name):
                if not is_foreign(markup, number):
                    yield Hit(markup.name_span(number), values)


def _prefix(name: str) -> str:
    return name.rpartition(":")[0]
