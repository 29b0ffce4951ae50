"""Reports decisions not to report something that are good for nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from fruslint.checks.base import Parameters


class SilenceCheck:
    """Instructions, and entries of ledgers and baselines, that lack something or silence nothing.

    They are judged when all is found (`fruslint.silencing`), so that this check has nothing to do while files are read.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["report"],
        "properties": {
            "report": {
                "description": "What is reported about a decision.",
                "enum": ["no-reason", "unused", "stale-baseline", "unknown-rule", "malformed"],
            }
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"silence", "rule", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self.report: str = parameters["report"]
