"""Reports brackets, parentheses and quotation marks that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fruslint.checks import field
from fruslint.checks.base import Edits, Hit, Parameters
from fruslint.checks.field import block_kinds
from fruslint.checks.pattern import PATTERNS
from fruslint.model import BlockKind, Document, Text

_REACH = 60


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark of a pair: where it stands, and whether it opens."""

    index: int
    opens: bool


class PairsCheck:
    """Counts the marks ``open`` and ``close`` in the blocks ``in``.

    ``over``: a pair may reach over the whole ``document`` (each note for itself), over consecutive paragraphs (``run``), or
    must end within its ``block``. ``except``: marks that these patterns match are not counted, such as ``a)``.
    ``reopens``: a block within an open pair may begin with the opening mark once more, as quotations do.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["in", "open", "close", "over"],
        "additionalProperties": False,
        "properties": {
            "in": field.SCHEMA,
            "open": {"type": "string", "minLength": 1, "maxLength": 1},
            "close": {"type": "string", "minLength": 1, "maxLength": 1},
            "over": {"enum": ["document", "run", "block"]},
            "except": PATTERNS,
            "reopens": {"type": "boolean"},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected"})

    def __init__(self, parameters: Parameters) -> None:
        self._kinds = block_kinds(parameters["in"])
        self._open: str = parameters["open"]
        self._close: str = parameters["close"]
        self._over: str = parameters["over"]
        self._except = tuple(re.compile(pattern, re.MULTILINE) for pattern in parameters.get("except", ()))
        self._reopens: bool = parameters.get("reopens", False)
        self._mark = re.compile(f"[{re.escape(self._open + self._close)}]")
