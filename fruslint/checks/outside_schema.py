"""Asks a house's own RELAX NG or Schematron, and puts what they say where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.errors import NotCheckedError
from fruslint.findings import Severity
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.source import Span

if TYPE_CHECKING:  # lxml is loaded where there is a schema only
    from fruslint.xpath.schemas import Problem, Schema
    from fruslint.xpath.tree import Tree

_LONGEST = 300
SECONDS = 60.0
"""A schema is given so long for one file."""


class OutsideSchemaCheck:
    """``schemas``: RELAX NG in the XML syntax (``.rng``) or Schematron in XPath 1.0 (``.sch``), as files in the folder in
    which fruslint runs or below it, or written out. Without one nothing is asked.

    Values: ``detail`` is what the schema says, ``schema`` the name of its file, ``element`` the name of the element.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["schemas"],
        "additionalProperties": False,
        "properties": {"schemas": {"type": "array", "items": {"type": "string", "minLength": 1}}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"detail", "schema", "element"})

    def __init__(self, parameters: Parameters) -> None:
        names: Sequence[str] = parameters["schemas"]
        self._schemas: list[tuple[str, Schema]] = []
        if names:
            from fruslint.xpath.schemas import load_schema

            self._schemas = [(_name(given), load_schema(given, Path.cwd())) for given in names]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each thing that a schema says; raises NotCheckedError."""
        markup = volume.markup
        if markup is None or not self._schemas:
            return
        from fruslint.xpath.deadline import DeadlineError, within

        tree: Tree = markup.tree
        for name, schema in self._schemas:
            try:
                problems = within(SECONDS, lambda _, schema=schema: list(schema.problems(tree.root)))  # type: ignore[misc]
            except DeadlineError:
                raise NotCheckedError(f"{name} took more than {SECONDS:.0f} seconds") from None
            yield from (_hit(name, problem, markup, tree) for problem in problems)


def _name(given: str) -> str:
    return "the rule" if given.lstrip().startswith("<") else PurePath(given).name


def _hit(name: str, problem: Problem, markup: Markup, tree: Tree) -> Hit:
    number = tree.number(problem.node)
    values = {"detail": problem.message.rstrip("."), "schema": name}
    values["element"] = markup.names[number] if number is not None else ""
    span = _span(problem, markup, tree, number)
    return Hit(span, {key: value[:_LONGEST] for key, value in values.items()}, severity=Severity[problem.level.upper()])


def _span(problem: Problem, markup: Markup, tree: Tree, number: int | None) -> Span:
    """The attribute that is meant, or the name of the element."""
    located = markup.located(number, problem.attribute) if number is not None and problem.attribute else None
    return located[1] if located is not None else tree.span(markup, problem.node)
