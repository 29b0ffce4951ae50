"""A rule with its check: what the check hits becomes findings of the rule, and so does what goes wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fruslint.checks import check_class
from fruslint.checks.base import Hit, PlacedHit
from fruslint.errors import ConfigurationError, NotCheckedError, told
from fruslint.findings import INTERNAL, UNCHECKED, Edit, Finding, Fix, Place, Related, Severity, beside, place
from fruslint.messages import template
from fruslint.rules import Rule
from fruslint.source import Source

if TYPE_CHECKING:  # no built-in rule needs it
    from fruslint.patterns.patience import Patience

_LONGEST = 200


class Bound:
    """A rule with its check, ready to run."""

    __slots__ = ("_patience", "check", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._patience = _new_patience() if rule.foreign else None
        self.check: Any = _make_check(rule)

    def method(self, name: str) -> Callable[..., Any]:
        """A method of the check; that of a rule of someone else takes a bounded time."""
        call: Callable[..., Any] = getattr(self.check, name)
        if self._patience is None or name == "settle":  # which looks at what was noted, and at no text
            return call
        return self._patience.listed(call) if name.startswith("check_") else self._patience.single(call)

    def finding(self, hit: Hit, source: Source, document: str) -> Finding:
        """The finding for a hit in ``source``."""
        related = tuple(Related(place(source, span), message) for span, message in hit.related)
        edits = tuple(Edit(*edit, source.position(edit[0].start), source.position(edit[0].end)) for edit in hit.edits)
        return self._finding(hit, place(source, hit.span), document, related, edits)

    def placed(self, hit: PlacedHit) -> Finding:
        """The finding for a hit that has its places."""
        where = hit.place.at_once()
        related = tuple(Related(other.at_once(), message) for other, message in hit.related)
        edits = tuple(Edit(span, text, *beside(where, span)) for span, text in hit.edits)
        return self._finding(hit, where, hit.document, related, edits)

    def _finding(
        self, hit: Hit | PlacedHit, where: Place, document: str, related: tuple[Related, ...], edits: tuple[Edit, ...]
    ) -> Finding:
        rule = self.rule
        severity = rule.severity if hit.severity is None else hit.severity
        message = template(rule.message).fill(hit.values)
        fix = Fix(edits, rule.fix == "safe" and not hit.unsafe) if edits and rule.fix is not None else None
        return Finding(rule.id, severity, where, message, document, related, fix)


def failure(rule: Rule, error: Exception, where: Place, document: str) -> Finding:
    """The finding that a rule failed at a place, or could not be checked there; the run goes on."""
    if isinstance(error, NotCheckedError):
        message = f"Rule {rule.id} ({rule.name}) was not checked here: {str(error)[:_LONGEST]}."
        return Finding(UNCHECKED, Severity.WARNING, where, message, document)
    message = f"Rule {rule.id} ({rule.name}) failed here and was passed over: {told(error)}."
    return Finding(INTERNAL, Severity.ERROR, where, message, document)


def _make_check(rule: Rule) -> Any:
    try:
        return check_class(rule.kind)(rule.parameters)
    except Exception as error:
        message = f"rule {rule.id}: the check `{rule.kind}` cannot be made: {type(error).__name__}: {error}"
        raise ConfigurationError(message, path=str(rule.path)) from error


def _new_patience() -> Patience:
    """What bounds the time of one rule."""
    from fruslint.patterns.patience import Patience  # no built-in rule needs it

    return Patience()
