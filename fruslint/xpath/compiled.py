"""Expressions that lxml has compiled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

from fruslint.errors import NotCheckedError
from fruslint.xpath.expression import MATCHES, TEI_PREFIX, Expression, ExpressionError, prefixes_of
from fruslint.xpath.functions import Matches
from fruslint.xpath.tree import Node, etree

Kind = Literal["boolean", "string", "nodes"]
Variables = Mapping[str, str]


class Compiled:
    """An expression whose result is a truth value, a text, or a list of nodes. Raises ExpressionError."""

    def __init__(self, written: str, namespaces: Mapping[str, str], variables: Collection[str], kind: Kind) -> None:
        self._expression = Expression(written, prefixes_of(namespaces), variables)
        self.variables = self._expression.variables
        self._kind = kind
        functions = {(None, MATCHES): Matches(self._expression.patterns, written)}
        lxml = etree()
        self._failure: type[Exception] = lxml.XPathError

        def compiled(path: str) -> Callable[..., Any]:
            found: Callable[..., Any] = lxml.XPath(
                path, namespaces=dict(namespaces), extensions=functions, regexp=False
            )
            return found

        try:
            self._evaluate = compiled(self._expression.path)
            if kind != "nodes":
                self._evaluate = compiled(f"{kind}({self._expression.path})")
        except lxml.XPathSyntaxError as error:
            raise self.error(f"this is not XPath: {error.msg}") from None

    def __call__(self, node: Node, variables: Variables) -> Any:
        """Its result at a node. Raises NotCheckedError where lxml cannot evaluate it."""
        try:
            result = self._evaluate(node, **variables)
        except (self._failure, ValueError) as error:
            raise NotCheckedError(f"`{self._expression.written}` cannot be evaluated: {error}") from None
        if self._kind == "nodes" and not isinstance(result, list):
            raise NotCheckedError(f"`{self._expression.written}` selects no nodes")
        return result

    @property
    def selects_no_elements(self) -> bool:
        """Whether it selects attributes or texts, as far as can be told from how it is written."""
        return self._expression.selects_no_elements()

    def error(self, message: str, hint: str = "") -> ExpressionError:
        """An error about this expression."""
        return self._expression.error(message, hint)


class Evaluator:
    """The values of an assertion: texts by name, each of which may name those before it."""

    def __init__(self, values: Mapping[str, str], namespaces: Mapping[str, str]) -> None:
        self._compiled: dict[str, Compiled] = {}
        for name, written in values.items():
            self._compiled[name] = Compiled(written, namespaces, tuple(self._compiled), "string")
        self._uri = namespaces[TEI_PREFIX]

    def values(self, node: Node, wanted: Collection[str] | None = None) -> dict[str, str]:
        """The values at a node, all of them or those that are ``wanted`` (and those that they need)."""
        found: dict[str, str] = {}
        if wanted is not None and not wanted:
            return found
        for name, compiled in self._compiled.items():
            found[name] = str(compiled(node, {other: found[other] for other in compiled.variables}))
        return found if wanted is None else {name: found[name] for name in wanted}

    def try_out(self, *expressions: Compiled) -> None:
        """Raises ExpressionError where an expression cannot be evaluated at the root of a volume without documents."""
        root = etree().fromstring(f'<TEI xmlns="{self._uri}"/>')
        given = dict.fromkeys(self._compiled, "")
        for compiled in (*self._compiled.values(), *expressions):
            try:
                compiled(root, {name: given[name] for name in compiled.variables})
            except NotCheckedError as error:
                raise compiled.error(str(error)) from None
