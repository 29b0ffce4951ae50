"""The sets of settings that a configuration can extend by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "strict": {"extend-select": ["strict"], "fail-on": "info"},
    "tei": {"include": ["*.xml"]},
    "text": {"include": ["*.txt"]},
}
"""``default`` is what holds without a configuration; the keys are those of a configuration file."""
