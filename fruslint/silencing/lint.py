"""The findings about decisions: what they are about, and the rules that are on for them."""

from __future__ import annotations

from collections.abc import Iterator

from fruslint.engine import Engine
from fruslint.findings import Edit, Finding, Fix, Place
from fruslint.messages import template
from fruslint.record import Record

KIND = "silence"
"""The kind of the rules about decisions."""


class Decision(Record):
    """What a decision is called, where it stands, and the document and file (as reports name it) it is about."""

    name: str
    place: Place
    document: str
    path: str


class Lint:
    """Makes the findings about decisions, with the rules that are on for them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rules = {rule.parameters["report"]: rule for rule in engine.rules if rule.kind == KIND}

    def finding(
        self, report: str, about: Decision, rule: str = "", detail: str = "", edit: Edit | None = None
    ) -> Iterator[Finding]:
        """The finding about a decision, if there is a rule for it in the run."""
        found = self._rules.get(report)
        if found is None:
            return
        fix = Fix((edit,), found.fix == "safe") if edit and found.fix else None
        message = template(found.message).fill({"silence": about.name, "rule": rule, "detail": detail})
        made = Finding(found.id, found.severity, about.place, message, about.document, (), fix)
        taken = self._engine.taken(made, about.path)
        if taken is not None:
            yield taken
