"""Puts all built-in rules into one JSON file of the wheel: a run that needs no YAML starts in half the time."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``fruslint/_data/rules.json`` to a wheel; an editable installation reads the rule files themselves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is built."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from fruslint.rules import compile_rules

        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name, "rules.json")
        compiled.write_text(json.dumps(compile_rules(Path(self.root, "rules")), ensure_ascii=False), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "fruslint/_data/rules.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is built."""
        if version != "editable":
            self._folder.cleanup()
