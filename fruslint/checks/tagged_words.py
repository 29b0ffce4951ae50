"""Looks at the words of elements that refer to something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters
from fruslint.checks.elements.pointers import FROM
from fruslint.checks.elements.words import shorten
from fruslint.findings import Severity
from fruslint.markup.element_pattern import PATTERNS, Selector
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record

# No name and no reference has more letters.
_LONGEST = 300
_LONGEST_BEFORE = 40
_REGEX = {"type": "string", "format": "regex"}


class _Form(Record):
    pattern: re.Pattern[str]
    behind: re.Pattern[str] | None
    value: re.Pattern[str] | None
    is_last: bool
    detail: str
    severity: Severity | None


class TaggedWordsCheck:
    """Looks at the words of the elements ``of`` that have their attribute: ``{ref: target}``; if need be only of those
    ``inside`` of some others.

    ``forms``: patterns of words that are wrong, on one line, with what is to be said of them (``detail``); some only
    right ``behind`` words that match another pattern, where the ``value`` of the attribute matches one, or in the ``last``
    element of its name in the one around it; some with a ``severity`` of their own.

    Values: ``found``, the words, ``element``, ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["of", "forms"],
        "additionalProperties": False,
        "properties": {
            "of": FROM,
            "inside": PATTERNS,
            "forms": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["pattern", "detail"],
                    "additionalProperties": False,
                    "properties": {
                        "pattern": _REGEX,
                        "behind": _REGEX,
                        "value": _REGEX,
                        "last": {"const": True},
                        "detail": {"type": "string"},
                        "severity": SEVERITY,
                    },
                },
            },
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "element", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._of: dict[str, str] = parameters["of"]
        self._selector = Selector({"inside": parameters.get("inside", [])})
        self._forms = [_form(one) for one in parameters["forms"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element with words of such a form."""
        markup = volume.markup
        if markup is None:
            return
        for element, attribute in self._of.items():
            for value, groups in markup.by_words(element, attribute).items():
                if value is not None:
                    forms = [form for form in self._forms if form.value is None or form.value.search(value)]
                    yield from self._hits(markup, groups.items() if forms else (), forms)

    def _hits(self, markup: Markup, groups: Iterable[tuple[str, list[int]]], forms: Sequence[_Form]) -> Iterator[Hit]:
        for raw, numbers in groups:
            words = " ".join(decode(raw[:_LONGEST]).split())
            for form in [form for form in forms if form.pattern.search(words)]:
                for number in [number for number in numbers if self._is_meant(markup, number, form)]:
                    values = {"found": shorten(words), "element": markup.names[number], "detail": form.detail}
                    yield Hit(markup.words_span(number), values, severity=form.severity)

    def _is_meant(self, markup: Markup, number: int, form: _Form) -> bool:
        if not self._selector.is_meant(markup, number) or (form.is_last and not _is_last(markup, number)):
            return False
        before = markup.parts[markup.opens[number] - 1][-_LONGEST_BEFORE:]
        return form.behind is None or form.behind.search(before) is not None


def _is_last(markup: Markup, number: int) -> bool:
    """Whether an element is the last of its name in the one around it."""
    return markup.within(markup.parents[number], markup.names[number])[-1] == number


def _form(parameters: dict[str, Any]) -> _Form:
    behind = late(parameters["behind"]) if "behind" in parameters else None
    value = late(parameters["value"]) if "value" in parameters else None
    severity = SEVERITIES.get(parameters.get("severity", ""))
    return _Form(late(parameters["pattern"]), behind, value, "last" in parameters, parameters["detail"], severity)
