"""Finds the files that travel with the program: the built-in rules and the JSON Schemas."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """The folder ``rules`` or ``schemas``: inside the package once installed, beside it in a source checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def rules_folder() -> Path:
    """The folder of the built-in rules."""
    return data_folder("rules")


def schema_file(name: str) -> Path:
    """The file of a published schema: ``schema_file("rule")`` is ``schemas/rule.schema.json``."""
    return data_folder("schemas") / f"{name}.schema.json"


def compiled_rules_file() -> Path | None:
    """All built-in rules in one file; only a wheel has it, so that it cannot grow stale beside rules that are edited."""
    file = _PACKAGE / "_data" / "rules.json"
    return file if file.is_file() else None
