"""The rules of a run as SARIF describes them, and what results say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fruslint.findings import Finding, Severity
from fruslint.patterns import late
from fruslint.reporters.home import HOME, rule_page
from fruslint.reporters.sarif.messages import Wording, escaped
from fruslint.rules import Rule
from fruslint.runner import Outcome

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}

_OWN, _OTHER = "default", "other"
# A message of which nothing is known is one value as a whole.
_SENTENCE = Wording(("", "."))

_FIXES = {"safe": "a safe fix, which changes apparatus and white space only", "unsafe": "a fix that changes words"}
_CODE = late(r"(`[^`]+`)")
_SPECIAL = late(r"([\\*_\[\]|~<>#])")
_LONGEST = 1024  # what GitHub takes of a description
_FAILURE = "fruslint could not do all that it was asked to; the message says what, and why."


class Rulebook:
    """All rules that ran, by id, and those of findings that no rule file stands for; each has its place in the list."""

    def __init__(self, outcome: Outcome, findings: Iterable[Finding]) -> None:
        self._rules = {rule.id: rule for rule in outcome.ran}
        self._wordings = {id_: Wording.of(rule.message) for id_, rule in self._rules.items()}
        self._names = outcome.names
        self._other = {finding.rule for finding in findings if self._values(finding) is None}
        self._ids = sorted({*self._rules, *self._other})
        self._index = {id_: number for number, id_ in enumerate(self._ids)}

    def index(self, id_: str) -> int:
        """The place of a rule in the list."""
        return self._index[id_]

    def reference(self, finding: Finding) -> dict[str, Any]:
        """Which message string of its rule says what the finding says, and with which values."""
        values = self._values(finding)
        if values is None:
            return {"id": _OTHER, "arguments": [finding.message.removesuffix(".")]}
        return {"id": _OWN, "arguments": list(values) or [finding.document or finding.place.path]}

    def descriptors(self) -> Iterator[dict[str, Any]]:
        """The rules in the order of their ids."""
        for id_ in self._ids:
            rule = self._rules.get(id_)
            described = _of_rule(rule) if rule else _described(id_, self._names.get(id_, id_), _FAILURE, Severity.ERROR)
            yield {**described, "messageStrings": dict(self._messages(id_))}

    def _values(self, finding: Finding) -> tuple[str, ...] | None:
        wording = self._wordings.get(finding.rule)
        return None if wording is None else wording.values(finding.message)

    def _messages(self, id_: str) -> Iterator[tuple[str, dict[str, str]]]:
        wording = self._wordings.get(id_)
        if wording is not None:
            text = wording.template()
            yield _OWN, {"text": text if len(wording.literals) > 1 else f"{text} It stands in '{{0}}'."}
        if id_ in self._other:
            yield _OTHER, {"text": _SENTENCE.template()}


def _of_rule(rule: Rule) -> dict[str, Any]:
    described = _described(rule.id, rule.name, rule.summary, rule.severity)
    described["fullDescription"] = {"text": _cut(escaped(rule.why))}
    described["help"] = {"text": "".join(_help(rule, str)), "markdown": "".join(_help(rule, _marked))}
    described["helpUri"] = rule_page(rule) or HOME
    described["properties"]["tags"] = _tags(rule)
    return described


def _tags(rule: Rule) -> list[str]:
    fix = [f"{rule.fix}-fix"] if rule.fix else []
    return list(dict.fromkeys((rule.family.lower(), *sorted(rule.media), *fix)))  # a family may be named as a medium


def _help(rule: Rule, written: Callable[[str], str]) -> Iterator[str]:
    """What `fruslint explain` says, but for the examples; ``written`` is how words are written in the form of the help."""
    yield written(escaped(rule.why)) + "\n"
    if rule.exits:
        yield "\nIt stays silent on:\n\n"
        yield from (f"- {written(escaped(one))}\n" for one in rule.exits)
    if rule.fix:
        yield f"\nIt has {_FIXES[rule.fix]}.\n"
    yield f"\nExamples: `fruslint explain {rule.id}`\n"


def _marked(text: str) -> str:
    """Prose in Markdown: what stands between backticks is code, and nothing else means more than it says."""
    parts = _CODE.split(text)
    return "".join(part if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))


def _pascal(name: str) -> str:
    """A name like italic-n-outside as one word with capitals; a letter that stands alone gets none."""
    return "".join(word.capitalize() if len(word) > 1 else word for word in name.split("-"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _described(id_: str, name: str, summary: str, severity: Severity) -> dict[str, Any]:
    text = {"text": _cut(escaped(summary))}
    return {
        "id": id_,
        "name": _pascal(name),
        "shortDescription": text,
        "fullDescription": text,
        "help": {**text, "markdown": text["text"]},
        "helpUri": HOME,
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": [id_.rstrip("0123456789").lower()],
            "precision": _PRECISIONS[severity],
            "problem.severity": _PROBLEMS[severity],
        },
    }
