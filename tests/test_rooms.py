"""Data flows one way through the package: what stands lower knows nothing of what stands higher."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "fruslint"
# Each room, or module at the top, may need those before it. A new one is put where it belongs.
_ROOMS = """
record memory atomic paths globs errors patterns sizes near source text findings messages terminal discovery repository model
documents once outline filereport folding fingerprints data language apparatus markup xpath names readers checks rules engine
files cache processes runner silencing reporters fixing renumbering configuration trial cli lsp __main__
"""
ROOMS = _ROOMS.split()


def loaded(body: list[ast.stmt]) -> Iterator[str]:
    """The modules that are imported when a module is loaded: not for types only, and not within a function."""
    for one in body:
        if isinstance(one, ast.ImportFrom) and one.module:
            yield one.module
        elif isinstance(one, ast.Import):
            yield from (name.name for name in one.names)
        elif isinstance(one, ast.If | ast.Try | ast.With | ast.ClassDef) and not is_for_types(one):
            yield from loaded(one.body)


def is_for_types(one: ast.stmt) -> bool:
    return isinstance(one, ast.If) and "TYPE_CHECKING" in ast.dump(one.test)


def room(module: str) -> str:
    return module.split(".")[1]


def imports() -> Iterator[tuple[str, str]]:
    """The name of each module, and each module of another room that it loads."""
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(("fruslint", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for other in loaded(ast.parse(path.read_text(encoding="utf-8")).body):
            if other.startswith("fruslint.") and name != "fruslint" and room(other) != room(name):
                yield name, other


def test_each_room_has_its_place() -> None:
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__"} == set(ROOMS)


def test_what_stands_lower_loads_nothing_that_stands_higher() -> None:
    places = {name: place for place, name in enumerate(ROOMS)}
    upwards = [f"{name} loads {other}" for name, other in imports() if places[room(other)] > places[room(name)]]
    assert upwards == []


def test_rooms_are_told_of_where_the_package_is_described() -> None:
    page = (PACKAGE.parent / "docs" / "design.md").read_text(encoding="utf-8")
    named = {name for name in ROOMS if f"`{name}/`" in page or f"`{name}.py`" in page}
    assert set(ROOMS) - named == {"__main__"}
