"""Loads the house rules that configurations and the command line name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from fruslint.configuration.load import Loaded
from fruslint.data.yamlfile import KeyPath
from fruslint.discovery import reported_path
from fruslint.errors import ConfigurationError
from fruslint.paths import lies_in
from fruslint.rules import Rule, builtin_rules, rule_files, with_house_rules

Named = tuple[str, Loaded, KeyPath]
"""A folder that a configuration names, the configuration, and where in it."""


def load_house_rules(named: Sequence[Named], folders: Sequence[str]) -> tuple[Rule, ...]:
    """The built-in rules and those in the folders of configurations and of the command line, by id."""
    builtin = builtin_rules()
    for one in named:
        _refuse_outside(*one)
    paths = dict.fromkeys([*(reported_path(path) for path, _, _ in named), *folders])
    if not paths:
        return builtin
    return with_house_rules(builtin, map(Path, paths))


def _refuse_outside(path: str, loaded: Loaded, at: KeyPath) -> None:
    if not os.path.exists(path):
        raise loaded.document.error(at, f"there is no folder `{reported_path(path)}`")
    if not loaded.root:
        return
    root = os.path.realpath(loaded.root)
    for file in rule_files(Path(path)):
        if not lies_in(os.path.realpath(file), root):
            message = f"is a link that leads out of {reported_path(loaded.root)}, and is not read"
            raise ConfigurationError(message, path=reported_path(str(file)))
