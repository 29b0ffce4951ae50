"""The action for pull requests, and the workflow of the project: their form, and the steps as a shell on a server runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
SOUND = ROOT / "corpus" / "sound"
BAD = "1. Memorandum of Conversation1\n\nSUBJECT\n\n  • Cuba\n\nHe said it.\n\n[Pg 3]\n\n  1. Source: None.\n"


@pytest.fixture
def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("schema", "path"), [("vendor.github-actions", ACTION), ("vendor.github-workflows", WORKFLOW)])
def test_its_form_is_what_github_reads(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_words_from_outside_become_part_of_a_script(action: dict[str, Any]) -> None:
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


def check(action: dict[str, Any], folder: Path, **inputs: str) -> tuple[int, str]:
    """Run the step that checks, in ``folder``: its exit code and what it prints."""
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
    given = {name: str(about["default"]) for name, about in action["inputs"].items()} | inputs
    wanted = {name: value.removeprefix("${{ inputs.").removesuffix(" }}") for name, value in step["env"].items()}
    fruslint = folder.parent / "bin" / "fruslint"
    fruslint.parent.mkdir(exist_ok=True)
    fruslint.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m fruslint "$@"\n', encoding="utf-8")
    fruslint.chmod(0o755)
    environ = {
        **os.environ,
        **{name: given[value] for name, value in wanted.items()},
        "PATH": f"{fruslint.parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder.parent),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "an edition"
    (made / "sound").mkdir(parents=True)
    for path in sorted((SOUND / "frus1961-63v90").glob("*.txt")):
        (made / "sound" / path.name).write_bytes(path.read_bytes())
    (made / "bad" / "two words").mkdir(parents=True)
    (made / "bad" / "two words" / "d1.txt").write_text(BAD, encoding="utf-8")
    return made


def test_findings_are_annotations_a_table_and_a_log(action: dict[str, Any], folder: Path) -> None:
    code, said = check(action, folder)
    assert code == 1, said
    assert "::error file=bad/two words/d1.txt,line=9,endLine=9,col=1,endColumn=7,title=PAGE004" in said
    assert "| PAGE004 malformed-page-marker | error | 1 | 1 |" in (folder.parent / "summary.md").read_text(
        encoding="utf-8"
    )
    log = json.loads((folder / "fruslint.sarif").read_text(encoding="utf-8"))
    assert "PAGE004" in {result["ruleId"] for result in log["runs"][0]["results"]}


def test_the_inputs_reach_the_command(action: dict[str, Any], folder: Path) -> None:
    assert check(action, folder, paths="sound")[0] == 0
    assert check(action, folder, paths="sound\nbad/two words")[0] == 1
    assert check(action, folder, **{"fail-on": "never"})[0] == 0
    assert check(action, folder, arguments="--ignore\nPAGE,SEC,SRC,NOTE,DOC,FILE,DATE,PART")[0] == 0
    assert check(action, folder, paths="$(touch pwned); `touch pwned`")[0] == 2
    assert not (folder / "pwned").exists()


def test_a_wrong_argument_is_said_and_fails(action: dict[str, Any], folder: Path) -> None:
    code, said = check(action, folder, arguments="--selekt\nNOTE")
    assert code == 2
    assert "did you mean `--select`?" in said
