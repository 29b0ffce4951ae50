"""Reports what the reader met that is not as the format has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from fruslint.checks.base import Hit, Parameters
from fruslint.checks.search.sieve import Needs
from fruslint.model import Anomaly, Document, Volume


class AnomalyCheck:
    """``kinds``: the names of the anomalies to report. Their values (``found``, ``expected``, ...) go to the message."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["kinds"],
        "additionalProperties": False,
        "properties": {"kinds": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "detail"})
    needs = Needs(part="anomalies")

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = frozenset(parameters["kinds"])

    def check_document(self, document: Document) -> Iterator[Hit]:
        """One hit for each anomaly of the document."""
        return self._hits(document.anomalies)

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        """One hit for each anomaly of the file."""
        return self._hits(volume.anomalies)

    def _hits(self, anomalies: Iterable[Anomaly]) -> Iterator[Hit]:
        for anomaly in anomalies:
            if anomaly.kind in self._kinds:
                yield Hit(anomaly.span, anomaly.values, edits=anomaly.edits, unsafe=anomaly.unsafe)
