"""The schemas are sound, and what travels with the program is found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fruslint import checks, data
from fruslint.checks import KINDS, check_class


@pytest.mark.parametrize("path", sorted(data.data_folder("schemas").glob("*.json")), ids=lambda path: path.name)
def test_published_schemas_are_schemas(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_parameters_of_each_kind_have_a_closed_schema(kind: str) -> None:
    schema = check_class(kind).SCHEMA
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False, "a misspelt parameter would go unseen"


def test_each_module_of_checks_is_a_kind() -> None:
    modules = {path.stem.replace("_", "-") for path in Path(checks.__file__).parent.glob("[a-z]*.py")}
    assert modules - {"base"} == set(KINDS)


def test_data_is_found_in_a_checkout() -> None:
    assert data.rules_folder().is_dir()
    assert data.schema_file("rule").is_file()


def test_data_is_found_in_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_data" / "rules").mkdir(parents=True)
    monkeypatch.setattr(data, "_PACKAGE", tmp_path)
    assert data.rules_folder() == tmp_path / "_data" / "rules"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_parameter_of_a_kind_is_told_of(kind: str) -> None:
    check = check_class(kind)
    told = re.findall(r"``(\w+)", check.__doc__ or "")
    silent = {name for name, value in check.SCHEMA["properties"].items() if "description" not in value}
    assert silent <= {*told}, "docs/checks.md would name it and not say what it does"
