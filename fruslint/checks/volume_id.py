"""Compares the ids by which a volume goes: that of its root element, that of its header, and the name of its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, ClassVar

from fruslint.checks.base import SEVERITIES, SEVERITY, Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.messages import Template
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span


class VolumeIdCheck:
    """``names``: a file whose name (without its ending) matches this goes by the id of its volume.

    ``missing`` and ``different`` are the words for an id that is missing and one that differs, in which ``{found}``,
    ``{expected}`` and ``{where}`` (which of the others has the expected one) are filled in; they are ``{detail}`` of the
    message. ``severity_missing`` is the severity where the id is only missing.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["names", "missing", "different"],
        "additionalProperties": False,
        "properties": {
            "names": {"type": "string", "format": "regex"},
            "missing": {"type": "string"},
            "different": {"type": "string"},
            "severity_missing": SEVERITY,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"detail"})

    def __init__(self, parameters: Parameters) -> None:
        self._names = late(parameters["names"])
        self._missing = Template(parameters["missing"])
        self._different = Template(parameters["different"])
        self._severity_missing = SEVERITIES.get(parameters.get("severity_missing", ""))

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """The id that is missing, and those that differ."""
        markup = volume.markup
        if markup is None:
            return
        root, header = markup.located(0, "xml:id"), _in_header(markup)
        expected, where = self._expected(volume, header, root)
        if root is None:
            detail = self._missing.fill({"expected": expected})
            yield Hit(markup.name_span(0), {"detail": detail}, severity=self._severity_missing)
        for located in (root, header):
            if located is not None and located[0] != expected:
                values = {"found": located[0], "expected": expected, "where": where}
                yield Hit(located[1], {"detail": self._different.fill(values)})

    def _expected(
        self, volume: Volume, header: tuple[str, Span] | None, root: tuple[str, Span] | None
    ) -> tuple[str, str]:
        """The id that the volume should have, and what has it."""
        name = PurePosixPath(volume.source.path.replace("\\", "/")).stem
        if self._names.fullmatch(name):
            return name, "the name of the file"
        if header is not None:
            return header[0], "the header"
        return (root[0] if root is not None else name), "the root"


def _in_header(markup: Markup) -> tuple[str, Span] | None:
    """The id in the header, and where its words stand."""
    for number in markup.named("idno"):
        if markup.value(number, "type") == "frus":
            text = markup.inner_text(number)
            start = markup.content(number).start + len(text) - len(text.lstrip())
            return (text.strip(), Span(start, start + len(text.strip()))) if text.strip() else None
    return None
