"""Runs the scenarios in ``tests/scenarios``: pages that tell a user what fruslint does, and are held to it.

A fenced block ``file PATH`` makes a file; with ``escaped`` behind the path its text is read as a Python literal, for
bytes that Markdown cannot hold. A block ``console`` holds a command behind ``$ ``, what it writes to standard output,
and ``[exit code N]`` where that is not 0. A block ``stderr`` behind it holds what the same command writes to standard
error; without one that must be nothing. A line ``...`` stands for any lines, ``...`` in a line for any words.
Commands other than fruslint are given to the shell.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fruslint.cli import main

SCENARIOS = Path(__file__).parent / "scenarios"
_BLOCK = re.compile(r"^```(file|console|stderr) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_EXIT = re.compile(r"\[exit code (\d+)\]\n\Z")
_TIME = re.compile(r" *\d+\.\d+ s\b")
_ASSIGNMENT = re.compile(r"[A-Z_]+=\S*")


@dataclass
class Result:
    """What a command wrote, and its exit code."""

    code: int
    stdout: str
    stderr: str


@dataclass
class Step:
    """A command and what must come of it."""

    command: str
    stdout: str
    code: int
    stderr: str = ""


@dataclass
class Scenario:
    """The files to make, and the commands in order; a step may come before a file."""

    parts: list[tuple[str, bytes] | Step] = field(default_factory=list)


def parse(text: str) -> Scenario:
    """The scenario in a page."""
    scenario = Scenario()
    for kind, info, body in _BLOCK.findall(text):
        if kind == "file":
            path, _, mode = info.partition(" ")
            scenario.parts.append((path, _unescape(body) if mode == "escaped" else body.encode()))
        elif kind == "console":
            scenario.parts.append(_step(body))
        else:
            last = scenario.parts[-1]
            assert isinstance(last, Step)
            last.stderr = body
    return scenario


def _unescape(body: str) -> bytes:
    return body.removesuffix("\n").encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")


def _step(body: str) -> Step:
    first, _, output = body.partition("\n")
    assert first.startswith("$ "), f"a console block begins with a command: {first}"
    code = _EXIT.search(output)
    return Step(first[2:], _EXIT.sub("", output), int(code[1]) if code else 0)


def _matches(found: str, expected: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*" if line == "...\n" else ".*".join(map(re.escape, line.split("...")))
        for line in _TIME.sub(" 0.0 s", expected).splitlines(keepends=True)
    )
    return re.fullmatch(pattern, _TIME.sub(" 0.0 s", found)) is not None


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run one command line in the current folder."""
    words = shlex.split(command)
    with monkeypatch.context() as patch:
        while words and _ASSIGNMENT.fullmatch(words[0]):
            patch.setenv(*words.pop(0).split("=", 1))
        if words[0] != "fruslint" or "|" in words:
            return _shell(command)
        data = b""
        if "<" in words:
            where = words.index("<")
            data = Path(words[where + 1]).read_bytes()
            del words[where : where + 2]
        return _in_process(words[1:], data, patch)


def _shell(command: str) -> Result:
    command = command.replace("fruslint ", f"{shlex.quote(sys.executable)} -m fruslint ")
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=False, timeout=60)
    return Result(done.returncode, done.stdout, done.stderr)


def _in_process(words: list[str], data: bytes, patch: pytest.MonkeyPatch) -> Result:
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")}
    patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    for name, stream in streams.items():
        patch.setattr(sys, name, stream)
    code = main(words)
    texts = {}
    for name, stream in streams.items():
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts[name] = buffer.getvalue().decode("utf-8")
    return Result(code, texts["stdout"], texts["stderr"])


@pytest.mark.parametrize("page", sorted(SCENARIOS.glob("*.md")), ids=lambda page: page.stem)
def test_scenario(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "FRUSLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SCENARIOS.parents[1]), os.environ.get("PYTHONPATH", "")]))
    scenario = parse(page.read_text(encoding="utf-8"))
    assert any(isinstance(part, Step) for part in scenario.parts), "a scenario has at least one command"
    for part in scenario.parts:
        if isinstance(part, Step):
            _check(part, run(part.command, monkeypatch))
        else:
            path = tmp_path / part[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(part[1])


def _check(step: Step, result: Result) -> None:
    agree = _matches(result.stdout, step.stdout) and _matches(result.stderr, step.stderr)
    if not agree or result.code != step.code:
        wanted = _tell(step.stdout, step.code, step.stderr)
        found = _tell(result.stdout, result.code, result.stderr)
        pytest.fail(f"$ {step.command}\n{found}\nbut the page says\n\n{wanted}", pytrace=False)


def _tell(stdout: str, code: int, stderr: str) -> str:
    return f"{stdout}[exit code {code}]\n" + (f"on standard error:\n{stderr}" if stderr else "")


def test_blocks_are_all_known() -> None:
    known = re.compile(r"^```(?:file \S+(?: escaped)?|console|stderr)?$")
    for page in SCENARIOS.glob("*.md"):
        fences = re.findall(r"^```.*$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert [fence for fence in fences if not known.match(fence)] == []
        assert len(fences) % 2 == 0
