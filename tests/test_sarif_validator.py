"""The SARIF report before Microsoft's validator and the official schema; both are in an npm package.

Where the package is, the variable FRUSLINT_SARIF_VALIDATOR says; without it these tests are passed over, but not on the
server (FRUSLINT_NO_SKIPS). The validator ends with 0 whatever it finds, so its own report is read.

    npm install --prefix /tmp/validator @microsoft/sarif-multitool-linux
    FRUSLINT_SARIF_VALIDATOR=/tmp/validator/node_modules/@microsoft/sarif-multitool-linux python -m pytest -k validator
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers_repository import make_repository
from helpers_tei import document, tei
from jsonschema import Draft7Validator

from fruslint.cli import main

_VARIABLE = "FRUSLINT_SARIF_VALIDATOR"
# Rules for what GitHub wants are off unless they are asked for; whether an address answers needs a network.
_ON = [f"GH100{number}" for number in range(1, 8)]
_OFF = ["SARIF2006"]


@pytest.fixture(scope="session")
def package() -> Path:
    """The folder of the npm package."""
    folder = os.environ.get(_VARIABLE)
    if folder is None:
        reason = f"{_VARIABLE} does not say where the validator is"
        (pytest.fail if os.environ.get("FRUSLINT_NO_SKIPS") else pytest.skip)(reason)
    return Path(folder)


@pytest.fixture(scope="session")
def gate(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of the validator: its own, with the rules of GitHub switched on."""
    file = tmp_path_factory.mktemp("validator") / "gate.xml"
    subprocess.run([package / "Sarif.Multitool", "export-validation-config", file], capture_output=True, check=True)
    text = file.read_text(encoding="utf-8-sig")
    for rules, state in ((_ON, "Error"), (_OFF, "Disabled")):
        for rule in rules:
            pattern = rf'(<Properties Key="{rule}\.[^"]*">\s*<Property Key="RuleEnabled" Value=")Default'
            text, count = re.subn(pattern, rf"\g<1>{state}", text)
            assert count == 1, f"the validator has no rule {rule}"
    file.write_text(text, encoding="utf-8")
    return file


def complaints(log: Path, package: Path, gate: Path) -> list[tuple[str, str]]:
    """What the validator says of a log: rule, and what it is about."""
    said = log.with_name("said.sarif")
    said.unlink(missing_ok=True)
    settings = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--config", str(gate)]
    command = [str(package / "Sarif.Multitool"), "validate", str(log), *settings, "--output", str(said)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = json.loads(said.read_text(encoding="utf-8"))["runs"]
    assert all(one["executionSuccessful"] for one in run["invocations"])
    return [(one["ruleId"], json.dumps(one["message"])) for one in run["results"]]


def checked(*words: str) -> Path:
    """The log of a check, as a file."""
    assert main(["check", *words, "--format", "sarif=.out.sarif"]) in (0, 1)
    return Path(".out.sarif")


def results_in(log: Path) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(log.read_text(encoding="utf-8"))["runs"][0]["results"]
    return results


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_repository(tmp_path)
    monkeypatch.chdir(tmp_path)


def test_the_validator_finds_what_is_wrong(package: Path, gate: Path) -> None:
    Path("d1.txt").write_bytes(b"\xff")
    log = checked("d1.txt")
    assert complaints(log, package, gate) == []
    log.write_text(log.read_text(encoding="utf-8").replace('"uri": "d1.txt"', '"uri": "./d1 .txt"'), encoding="utf-8")
    assert complaints(log, package, gate)


def test_the_validator_has_nothing_to_say_about_the_samples(root: Path, package: Path, gate: Path) -> None:
    shutil.copytree(root / "corpus", "corpus")
    log = checked("corpus", "--rules", "corpus/house")
    assert len(results_in(log)) > 100
    assert complaints(log, package, gate) == []


def test_a_report_is_as_the_official_schema_has_it(root: Path, package: Path) -> None:
    shutil.copytree(root / "corpus/defective", "corpus")
    schema = json.loads((package / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    Draft7Validator(schema).validate(json.loads(checked("corpus").read_text(encoding="utf-8")))


def test_the_validator_has_nothing_to_say_where_nothing_is_found(package: Path, gate: Path) -> None:
    Path("d1.txt").write_text("1. Memorandum of Conversation\n\nSUBJECT\n\n  • Cuba\n\nHe said it.\n", encoding="utf-8")
    log = checked("d1.txt", "--select", "NOTE")
    assert results_in(log) == []
    assert complaints(log, package, gate) == []


def test_the_worst_of_files(package: Path, gate: Path) -> None:
    """Files that cannot be read, hostile names and words, one word and nothing more, fixes, silenced findings."""
    folder = Path("a %41:b#?‘é’\U0001f600 (1)")
    folder.mkdir()
    (folder / "d1.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "d2.txt").write_text("word", encoding="utf-8")
    (folder / "d3.txt").write_text("", encoding="utf-8")
    words = "He [x](http://example.org) {0} said \u202e\x07 “so\U00010400.3 The the  end .9"
    text = f"4. Memorandum of Conversation1\r\n\n{words}\n\n  1. Source: None.\n  2. {words}"
    (folder / "d4.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "v.xml").write_text(tei(document("<p>He  said .<note n='1' xml:id='d7fn2'/></p>")), encoding="utf-8")
    (folder / "w.xml").write_text("<!DOCTYPE x><TEI/>", encoding="utf-8")
    (folder / "d5.txt").symlink_to("nowhere")
    log = checked(".", "--select", "ALL", "--max-per-rule", "0")
    found = results_in(log)
    assert any("fixes" in result for result in found)
    assert any("relatedLocations" in result for result in found)
    assert complaints(log, package, gate) == []
    invocation = json.loads(log.read_text(encoding="utf-8"))["runs"][0]["invocations"][0]
    assert len(invocation["toolExecutionNotifications"]) >= 3
