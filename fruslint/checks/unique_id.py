"""Looks for ids that are not unique."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless, RelatedSpan
from fruslint.checks.elements.ids import id_span
from fruslint.model import Volume


class UniqueIdCheck(Parameterless):
    """Values: ``found`` is the id, ``element`` what has it, ``expected`` what had it first."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "element", "expected"})

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element that has the id of an earlier one."""
        markup = volume.markup
        if markup is None:
            return
        for found, (first, *others) in markup.ids.items():
            for number in others:
                values = {"found": found, "element": markup.names[number], "expected": markup.names[first]}
                yield Hit(id_span(markup, number), values, (RelatedSpan(id_span(markup, first), "the first"),))
