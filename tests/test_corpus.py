"""In the sample files is found what a careful editor would find, no more and no less."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
import yaml

from fruslint.cli import main
from fruslint.model import Medium
from fruslint.rules import builtin_rules
from fruslint.silencing.silences import NAMES

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DEFECTIVE = CORPUS / "defective"
FILES = sorted(
    path.relative_to(CORPUS).as_posix()
    for path in CORPUS.rglob("*.*")
    if path.suffix in (".txt", ".xml") or path.name in (*NAMES, "fruslint.yaml")
)
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
RULES = builtin_rules()
# What these report cannot be kept in a folder.
WITHOUT_FILE = {"unreadable-file", "file-too-large"}

# Rules that see markup alone are not asked for a folder each, only that what stands in theirs is found.
ASKED = [rule for rule in RULES if Medium.TEXT in rule.media and rule.name not in WITHOUT_FILE]
ASKED += [
    rule for rule in RULES if rule.media == {Medium.TEI} and (DEFECTIVE / rule.family.lower() / rule.name).is_dir()
]

Found = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """By file, what the default rules find; in the folder of a rule that is off by default, what it finds too."""
    report = tmp_path_factory.mktemp("corpus") / "report.json"
    result: Found = {path: [] for path in FILES}
    result |= check(report, ".")
    for rule in RULES:
        folder = folder_of(rule.family, rule.name)
        if not rule.default and folder.is_dir():
            result |= check(report, folder.relative_to(CORPUS).as_posix(), "--extend-select", rule.id)
    return result


def check(report: Path, *arguments: str) -> Found:
    with chdir(CORPUS):
        code = main(["check", *arguments, "--max-per-rule", "0", "--format", "json", "--output", str(report)])
    assert code in (0, 1)
    result: Found = {}
    for one in json.loads(report.read_text(encoding="utf-8"))["findings"]:
        result.setdefault(one["path"], []).append(entry(one))
    return result


def entry(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding as ``expected.yaml`` has it."""
    return {**{key: finding[key] for key in ("line", "column", "rule")}, "text": marked(finding)}


def marked(finding: dict[str, Any]) -> str:
    """The words a finding marks, to the end of the line at most."""
    lines = Path(CORPUS, finding["path"]).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    line: str = lines[finding["line"] - 1].rstrip("\r")
    end = int(finding["end_column"]) - 1 if finding["end_line"] == finding["line"] else len(line)
    return line[finding["column"] - 1 : end]


def folder_of(family: str, name: str) -> Path:
    return DEFECTIVE / family.lower() / name


@pytest.mark.parametrize("path", FILES)
def test_what_is_found_is_what_is_expected(path: str, found: Found) -> None:
    if found[path] != EXPECTED.get(path, []):
        report = "\n".join([f"{path}:", *map(line_of, found[path])])
        pytest.fail(f"in expected.yaml stands something else than what is found:\n{report}", pytrace=False)


def line_of(one: dict[str, Any]) -> str:
    """An entry as it is written in ``expected.yaml``."""
    values = ", ".join(f"{key}: {one[key]}" for key in ("line", "column", "rule"))
    text = json.dumps(one["text"], ensure_ascii=False)
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return f"  - {{{values}, text: {shown}}}"


def test_expected_files_exist() -> None:
    assert sorted(set(EXPECTED) - set(FILES)) == []


def test_sound_files_are_clean() -> None:
    assert main(["check", str(CORPUS / "sound"), "--quiet"]) == 0


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.id)
def test_each_rule_finds_something_in_its_own_folder(rule: Any) -> None:
    folder = folder_of(rule.family, rule.name).relative_to(CORPUS).as_posix()
    rules = {one["rule"] for path, entries in EXPECTED.items() if path.startswith(f"{folder}/") for one in entries}
    assert rule.id in rules, f"nothing in corpus/{folder} is expected to be found by {rule.id}"


def test_folders_are_named_for_rules() -> None:
    names = {folder_of(rule.family, rule.name) for rule in RULES}
    others = {DEFECTIVE / "several"}
    strange = {(CORPUS / path).parent for path in FILES if path.startswith("defective/")} - names - others
    assert sorted(folder.relative_to(DEFECTIVE).as_posix() for folder in strange) == []
