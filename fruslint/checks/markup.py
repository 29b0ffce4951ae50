"""Asserts something of elements: which attributes and values they have, what they hold, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters
from fruslint.checks.elements.edits import put_attribute, removed, unwrapped
from fruslint.checks.elements.markup_tests import DECIDING, PROPERTIES, VALUES, Failure, make_test
from fruslint.markup.element_pattern import PATTERN, PLACES, Pattern, Selector
from fruslint.markup.elements import Markup
from fruslint.markup.schema_versions import SCHEMA as VERSIONS
from fruslint.markup.schema_versions import check_names
from fruslint.messages import Template
from fruslint.model import Volume


class MarkupCheck:
    """``asserts``: a list of assertions. Each names its ``elements`` by patterns (``list[@type=names]``), if need be
    what their ``parent`` is and what they stand ``inside`` or ``outside`` of, and one thing that must hold for them:

    - ``require`` or ``forbid`` an attribute;
    - ``attribute`` has one of the ``values``, or a value that ``matches``, if it is there or ``needed``;
    - ``children`` (or ``descendants``) of some patterns are ``min`` to ``max`` in number; ``at: surplus`` points at
      those that are too many and not at the element around them;
    - ``filled``: it has words, or one of the elements that ``filled_by`` names;
    - ``says`` or ``never_says``: its words match;
    - ``never``: it does not stand there.

    ``put`` gives attributes and the values that put it right; with ``unwrap`` the tags of a ``first`` element of that
    name in it go too, unless most elements ``like`` those that are right begin so. ``remove`` takes the element away.
    ``unsafe``: what puts it right needs a judgement.
    ``detail`` is what a message says of it with ``{detail}``, ``severity`` departs from that of the rule, and
    ``versions`` are those of the edition's schema in which it holds. Where it does not hold for more than a ``share``
    of the elements, that is the way of the volume, and nothing is reported.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["asserts"],
        "additionalProperties": False,
        "properties": {
            "asserts": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["elements"],
                    "oneOf": [{"required": [key]} for key in DECIDING],
                    "additionalProperties": False,
                    "properties": {
                        **PLACES,
                        **PROPERTIES,
                        "put": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
                        "remove": {"const": True},
                        "unwrap": {
                            "type": "object",
                            "required": ["first", "like"],
                            "additionalProperties": False,
                            "properties": {"first": {"type": "string", "minLength": 1}, "like": PATTERN},
                        },
                        "detail": {"type": "string"},
                        "severity": SEVERITY,
                        "unsafe": {"const": True},
                        "share": {"type": "number", "minimum": 0, "maximum": 1},
                        "versions": VERSIONS,
                    },
                },
            },
        },
    }
    VALUES: ClassVar[frozenset[str]] = VALUES | {"detail"}

    def __init__(self, parameters: Parameters) -> None:
        self._asserts = [_Assert(one) for one in parameters["asserts"]]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element for which an assertion does not hold."""
        markup = volume.markup
        if markup is None:
            return
        for one in self._asserts:
            if one.is_of(volume.schema_version):
                yield from one.hits(markup)


class _Assert:
    """One assertion."""

    def __init__(self, parameters: Parameters) -> None:
        self._selector = Selector(parameters)
        self._test = make_test(parameters)
        self._detail = Template(parameters.get("detail", ""))
        self._severity = SEVERITIES.get(parameters.get("severity", ""))
        self._versions = check_names(parameters.get("versions", []))
        self._share: float | None = parameters.get("share")
        self._put: dict[str, str] = parameters.get("put", {})
        self._is_unsafe = "unsafe" in parameters
        self._removes = "remove" in parameters
        unwrap = parameters.get("unwrap")
        self._unwrap = (unwrap["first"], Pattern(unwrap["like"])) if unwrap else None

    def is_of(self, version: str) -> bool:
        """Whether it holds in this version of the schema."""
        return not self._versions or version in self._versions

    def hits(self, markup: Markup) -> Iterator[Hit]:
        """What does not hold, unless it is the way of the volume that it does not."""
        if self._share is None:
            return self._failing(markup)
        found = list(self._failing(markup))
        count = len(self._selector.candidates(markup)) if found else 0
        return iter(found if len(found) <= self._share * count else ())

    def _failing(self, markup: Markup) -> Iterator[Hit]:
        """Where an element stands is asked of those only that are known to fail or cost much to test: most pass."""
        test, is_meant = self._test, self._selector.is_meant
        fails = partial(test.fails, markup) if test.by_tag else None
        place_first = test.costly or test.by_tag
        unwraps: bool | None = None
        for number in test.suspects(markup, self._selector.candidates(markup, fails, test.written)):
            if place_first and not is_meant(markup, number):
                continue
            for failure in test.failures(markup, number):
                if place_first or is_meant(markup, number):
                    unwraps = self._unwraps(markup) if unwraps is None else unwraps
                    yield self._hit(failure, markup, number, unwraps)

    def _unwraps(self, markup: Markup) -> bool:
        """Whether tags that the elements which are right do not have are taken away."""
        if self._unwrap is None:
            return False
        first, like = self._unwrap
        right = [number for number in markup.named(like.name) if like.fits(markup, number)]
        return 2 * sum(_begins_with(markup, number, first) for number in right) <= len(right)

    def _hit(self, failure: Failure, markup: Markup, number: int, unwraps: bool) -> Hit:
        values = {**dict.fromkeys(VALUES, ""), "element": markup.names[number], **failure.values}
        values["detail"] = self._detail.fill(values)
        put = tuple(put_attribute(markup, number, name, value) for name, value in self._put.items())
        edits = (*failure.edits, *put, *(removed(markup, number) if self._removes else ()))
        if unwraps and self._unwrap is not None and _begins_with(markup, number, self._unwrap[0]):
            edits = (*edits, *unwrapped(markup, number + 1))
        return Hit(failure.span, values, failure.related, edits, self._severity, self._is_unsafe)


def _begins_with(markup: Markup, number: int, name: str) -> bool:
    """Whether the first thing in an element is one of this name."""
    child = number + 1
    if child >= markup.after[number] or markup.names[child] != name:
        return False
    between = markup.opens[number] + 1
    return markup.opens[child] == between + 1 and not markup.parts[between].strip()
