"""Reports what editors and their programs have left behind: remarks, and instructions to a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters
from fruslint.checks.elements.words import shorten
from fruslint.findings import Severity
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

# So much of a comment is looked at; one may hold half a volume.
_LOOKED_AT = 2000


class _Kind(Record):
    pattern: re.Pattern[str]
    detail: str
    severity: Severity | None


class LeftoversCheck:
    """``kinds``: patterns of comments and processing instructions as they are written, within the root element; the first
    that is found says ``detail`` and may have a ``severity`` of its own. Values: ``found``, ``detail``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["kinds"],
        "additionalProperties": False,
        "properties": {
            "kinds": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["pattern", "detail"],
                    "additionalProperties": False,
                    "properties": {
                        "pattern": {"type": "string", "format": "regex"},
                        "detail": {"type": "string"},
                        "severity": SEVERITY,
                    },
                },
            }
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = [
            _Kind(late(one["pattern"]), one["detail"], SEVERITIES.get(one.get("severity", "")))
            for one in parameters["kinds"]
        ]

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each remark or instruction of one of the kinds."""
        markup = volume.markup
        if markup is None:
            return
        for place in markup.others:
            written = markup.parts[place]
            kind = next((one for one in self._kinds if one.pattern.search(written[:_LOOKED_AT])), None)
            if kind is not None and place > markup.opens[0]:
                start = markup.offsets[place]
                values = {"found": shorten(written), "detail": kind.detail}
                yield Hit(Span(start, start + len(written)), values, severity=kind.severity)
