"""A folder with one memorandum and a few house rules, for the tests of the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fruslint.cli import main

ROOT = Path(__file__).resolve().parents[1]
SEED = "1. Memorandum of Conversation\n\nSUBJECT\n\n  • Cuba\n\nHe said it.\n"
# Written here, so that these tests do not depend on the wording of the built-in rules.
RULES = {
    "HOUSE001": ("unreadable", "error", "Not read: {detail}."),
    "HOUSE002": ("too-large", "warning", "Too large: {found}, more than {expected}."),
    "HOUSE003": ("not-utf8", "error", "Not UTF-8: {detail}."),
    "HOUSE004": ("not-edition-file", "info", "Not an edition file: {detail}."),
}


def put_in(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the commands read ``data`` from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in ``folder``, with the memorandum ``v/d1.txt`` and the rules in ``house``."""
    monkeypatch.chdir(folder)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "FRUSLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    Path("house").mkdir()
    for id_, (kind, severity, message) in RULES.items():
        rule = {
            "id": id_,
            "name": f"house-{kind}",
            "family": "HOUSE",
            "severity": severity,
            "media": ["text", "tei"],
            "since": "0.1.0",
            "summary": f"House rule on {kind}.",
            "message": message,
            "why": "It matters.",
            "check": {"kind": "anomaly", "kinds": [kind]},
        }
        Path("house", f"{id_}.yaml").write_text(yaml.safe_dump(rule), encoding="utf-8")
    Path("v").mkdir()
    Path("v/d1.txt").write_text(SEED, encoding="utf-8")


# The built-in rules on files that cannot be checked stay on unless they are ignored.
BUILTIN = ("--ignore", "FILE")
HOUSE = ("--rules", "house", "--select", "HOUSE", *BUILTIN)


def check(*words: str) -> int:
    """Run ``fruslint check`` with the house rules alone."""
    return main(["check", *HOUSE, *words])


def process(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run fruslint in a process of its own, with these variables in the environment too."""
    return subprocess.run(
        [sys.executable, "-m", "fruslint", *words],
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        check=False,
    )
