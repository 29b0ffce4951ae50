"""Asserts something of elements in XPath, as Schematron does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Event
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters, RelatedSpan
from fruslint.checks.elements.words import shorten
from fruslint.errors import NotCheckedError
from fruslint.markup.elements import Markup
from fruslint.markup.schema_versions import SCHEMA as VERSIONS
from fruslint.markup.schema_versions import check_names
from fruslint.messages import Template
from fruslint.model import Volume
from fruslint.patterns import is_validating
from fruslint.xpath.compiled import Compiled, Evaluator
from fruslint.xpath.deadline import DeadlineError, within
from fruslint.xpath.tree import Node, Tree

_PRESET = {"tei": "http://www.tei-c.org/ns/1.0", "frus": "http://history.state.gov/frus/ns/1.0"}
_EDITION = "frus"
SECONDS = 20.0
"""A rule is given so long for one file."""
_RELATED = 3
_EXPRESSION: dict[str, Any] = {"type": "string", "minLength": 1}
_NAMES = "^[a-z_][a-z0-9_]*$"
_ASSERTION: dict[str, Any] = {
    "context": {**_EXPRESSION, "description": "The elements it is about"},
    "test": {**_EXPRESSION, "description": "What must hold for each of them"},
    "when": {**_EXPRESSION, "description": "Looked at once a file, at its root: without it nothing is tested"},
    "at": {**_EXPRESSION, "description": "What to mark, if it is not the element itself"},
    "values": {
        "description": "Texts by name, for messages as {name} and for `test` and `at` as $name",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _NAMES, "not": {"enum": ["detail", "element", "found"]}},
        "additionalProperties": _EXPRESSION,
    },
    "detail": {"type": "string", "description": "What a message says with {detail}"},
    "severity": {**SEVERITY, "description": "Given where it departs from that of the rule"},
    "versions": VERSIONS,
}
_NEEDED = ["context", "test"]


class XPathCheck:
    """One assertion, or several under ``asserts``, in XPath 1.0: for each element that ``context`` selects, ``test`` must
    hold.

    Names without a prefix are those of TEI; ``tei``, ``frus`` (whichever namespace the file binds it to) and ``xml`` are
    known, others are bound in ``namespaces``. ``matches(text, 'pattern')`` looks for a regular expression. A finding marks
    the element, or what ``at`` selects from there: another element, an attribute, a text. ``values`` are texts for the
    message. ``versions`` are those of the schema in which an assertion holds.

    Values: ``element`` is the name of the element, ``found`` its words, and those under ``values``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **_ASSERTION,
            "asserts": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": _NEEDED,
                    "additionalProperties": False,
                    "properties": _ASSERTION,
                },
            },
            "namespaces": {
                "description": "Further prefixes, with the namespaces they stand for",
                "type": "object",
                "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_.-]*$", "not": {"enum": ["tei", "xml", "xmlns"]}},
                "additionalProperties": {"type": "string", "pattern": "^(?!http://exslt\\.org/).+$"},
            },
        },
        "if": {"not": {"required": ["asserts"]}},
        "then": {"required": _NEEDED},
        "else": {"properties": dict.fromkeys(_ASSERTION, False)},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"detail", "element", "found"})

    def __init__(self, parameters: Parameters) -> None:
        self._asserts: Sequence[Parameters] = parameters.get("asserts", [parameters])
        self._namespaces: dict[str, str] = {**_PRESET, **parameters.get("namespaces", {})}
        self._bound: dict[str, list[_Assertion]] = {}
        self._is_slow = False
        bound = self._assertions(self._namespaces[_EDITION])
        if is_validating():
            for one in bound:
                one.try_out()

    @classmethod
    def values(cls, parameters: Parameters) -> frozenset[str]:
        """The names that the message of a rule with these parameters may use."""
        asserts: Sequence[Parameters] = parameters.get("asserts", [parameters])
        return cls.VALUES.union(*(one.get("values", {}) for one in asserts))

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each element for which an assertion does not hold; raises NotCheckedError."""
        markup = volume.markup
        if markup is None:
            return
        if self._is_slow:
            raise NotCheckedError("its expressions took too long in another file")
        tree: Tree = markup.tree
        asserts = [one for one in self._assertions(tree.namespace(_EDITION)) if one.is_of(volume.schema_version)]
        try:
            yield from within(SECONDS, lambda given_up: _hits(asserts, markup, tree, given_up))
        except DeadlineError:
            self._is_slow = True
            raise NotCheckedError(f"its expressions took more than {SECONDS:.0f} seconds") from None

    def _assertions(self, edition: str | None) -> list[_Assertion]:
        """The assertions, compiled for a file that binds the prefix of the edition to this namespace."""
        uri = edition or self._namespaces[_EDITION]
        if uri not in self._bound:
            namespaces = {**self._namespaces, _EDITION: uri}
            self._bound[uri] = [_Assertion(one, namespaces) for one in self._asserts]
        return self._bound[uri]


def _hits(asserts: Sequence[_Assertion], markup: Markup, tree: Tree, given_up: Event) -> list[Hit]:
    return [hit for one in asserts for hit in one.hits(markup, tree, given_up)]


class _Assertion:
    """One assertion, compiled."""

    def __init__(self, parameters: Parameters, namespaces: Mapping[str, str]) -> None:
        values: Mapping[str, str] = parameters.get("values", {})
        self._evaluator = Evaluator(values, namespaces)
        self._context = Compiled(parameters["context"], namespaces, (), "nodes")
        self._test = Compiled(parameters["test"], namespaces, values, "boolean")
        self._when = Compiled(parameters.get("when", "true()"), namespaces, (), "boolean")
        self._at = Compiled(parameters.get("at", "."), namespaces, values, "nodes")
        self._detail = Template(parameters.get("detail", ""))
        self._severity = SEVERITIES.get(parameters.get("severity", ""))
        self._versions = check_names(parameters.get("versions", []))
        if self._context.selects_no_elements:
            raise self._context.error("the context must select elements", "say in `at` which attribute or text to mark")

    def is_of(self, version: str) -> bool:
        """Whether it is made in this version of the schema."""
        return not self._versions or version in self._versions

    def try_out(self) -> None:
        """Raises ExpressionError where an expression fails on a volume without anything in it."""
        self._evaluator.try_out(self._context, self._when, self._test, self._at)

    def hits(self, markup: Markup, tree: Tree, given_up: Event) -> Iterator[Hit]:
        """One hit for each element for which it does not hold, until the wait for it is given up."""
        if not self._when(tree.root, {}):
            return
        for node in self._context(tree.root, {}):
            if given_up.is_set():
                return
            number = tree.number(node)
            if number is None:
                raise NotCheckedError("its context selects something that is no element")
            if not self._test(node, self._evaluator.values(node, self._test.variables)):
                yield self._hit(markup, tree, number)

    def _hit(self, markup: Markup, tree: Tree, number: int) -> Hit:
        node = tree.element(number)
        variables = self._evaluator.values(node)
        values = {name: shorten(value) for name, value in variables.items()}
        values.update(element=markup.names[number], found=shorten(markup.inner_text(number)))
        values["detail"] = self._detail.fill(values)
        span, *others = [tree.span(markup, found) for found in self._marked(node, variables)]
        related = tuple(RelatedSpan(other, "and here") for other in others)
        return Hit(span, values, related, severity=self._severity)

    def _marked(self, node: Node, variables: Mapping[str, str]) -> list[Node]:
        """What to point at: the first few nodes of ``at``, the element itself where there is none."""
        found = self._at(node, {name: variables[name] for name in self._at.variables})
        return found[: 1 + _RELATED] or [node]
