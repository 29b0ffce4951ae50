"""Rules made in memory, for the tests of what loads and runs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from fruslint.rules import Rule, read_rule
from fruslint.source import Source

SOUND: Mapping[str, Any] = {
    "id": "NOTE001",
    "name": "marker-without-note",
    "family": "NOTE",
    "severity": "error",
    "media": ["text", "tei"],
    "since": "0.1.0",
    "summary": "A marker points at a note that is not there.",
    "message": "Marker {found} has no note.",
    "why": "The reader finds nothing.",
    "check": {"kind": "anomaly", "kinds": ["lost-note"]},
}


def rule_text(**changes: Any) -> str:
    """A sound rule file with some keys changed; None takes a key away."""
    merged = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    return yaml.safe_dump(merged, sort_keys=False)


def make_rule(**changes: Any) -> Rule:
    """The rule of ``rule_text``."""
    return read_rule(Source("rule.yaml", rule_text(**changes)), Path("rule.yaml"))


def write_rule(folder: Path, file: str = "rule.yaml", text: str | None = None, **changes: Any) -> Path:
    """A rule file in ``folder``."""
    path = folder / file
    path.write_text(rule_text(**changes) if text is None else text, encoding="utf-8")
    return path
