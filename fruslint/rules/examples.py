"""The examples of a rule: files in which it fires and files in which it must not. They are tests and documentation."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fruslint.data import yamlfile
from fruslint.data.yamlfile import YamlDocument
from fruslint.findings import Severity
from fruslint.model import Anomaly, Medium
from fruslint.record import Record
from fruslint.rules import Rule
from fruslint.source import Source, Span, readable

NO_PARAMETERS: Mapping[str, Any] = MappingProxyType({})
_NAMES = {"text": "d1.txt", "tei": "volume.xml"}


class Expected(Record):
    """A finding that an example must give. What is None may be anything; ``related`` are lines."""

    path: str
    line: int
    column: int
    text: str | None = None
    message: str | None = None
    severity: Severity | None = None
    related: tuple[int, ...] | None = None


class Example(Record):
    """One example: its files by name, what the rule must find in them, and the texts its fix makes of them.

    ``line`` is where it begins in the rule file; ``unread`` is given where the file is one that could not be read.
    ``parameters`` of the check take the place of those of the rule. ``before`` is what the files held at the revision
    that is compared with.
    """

    title: str
    medium: Medium
    files: Mapping[str, bytes]
    findings: tuple[Expected, ...]
    fixed: Mapping[str, str]
    line: int
    unread: Anomaly | None = None
    parameters: Mapping[str, Any] = NO_PARAMETERS
    before: Mapping[str, str] = NO_PARAMETERS

    def rule(self, rule: Rule) -> Rule:
        """The rule with the parameters that it has in this example."""
        return rule._replace(parameters={**rule.parameters, **self.parameters}) if self.parameters else rule

    @property
    def is_good(self) -> bool:
        """Whether the rule must stay silent."""
        return not self.findings

    def source(self, name: str) -> Source:
        """The text of one of its files; of one that is not UTF-8, what comes before the byte that says so."""
        return Source(name, readable(self.files[name]))


def load_examples(rule: Rule) -> tuple[Example, ...]:
    """The examples of a rule, the bad ones first; none where its file has none. Raises ConfigurationError."""
    return read_examples(yamlfile.read_source(rule.path))


def read_examples(source: Source) -> tuple[Example, ...]:
    """The examples in a rule file, the bad ones first; raises ConfigurationError."""
    from fruslint.rules.validation import check_form

    spans = list(yamlfile.split(source))
    if len(spans) == 1:
        return ()
    if len(spans) > 2:
        third = yamlfile.parse(source, spans[2])
        raise third.error((), "a rule file holds two documents, the rule and its examples, and here begins a third")
    document = yamlfile.parse(source, spans[1])
    check_form(document, "examples")
    return tuple(
        _example(document, group, index) for group in ("bad", "good") for index in range(len(document.value[group]))
    )


def _example(document: YamlDocument, group: str, index: int) -> Example:
    value = document.value[group][index]
    files = _files(document, group, index)
    first = next(iter(files))
    fixed = value.get("fixed", {})
    return Example(
        title=value["title"],
        medium=Medium(value.get("medium", "text")),
        files=files,
        findings=tuple(_expected(found, first) for found in value.get("findings", ())),
        fixed={first: fixed} if isinstance(fixed, str) else fixed,
        line=document.position((group, index)).line,
        unread=_unread(value.get("unread")),
        parameters=value.get("parameters", NO_PARAMETERS),
        before={first: value["before"]} if "before" in value else NO_PARAMETERS,
    )


def _unread(value: dict[str, str] | None) -> Anomaly | None:
    return Anomaly(value["kind"], Span(0, 0), {"detail": value["detail"]}) if value else None


def _files(document: YamlDocument, group: str, index: int) -> dict[str, bytes]:
    """The files of an example: exactly one of ``file``, ``files``, ``base64`` and ``unread`` gives them."""
    value = document.value[group][index]
    given = [key for key in ("file", "files", "base64", "unread") if key in value]
    if len(given) != 1:
        raise document.error((group, index), "an example gives one of `file`, `files` and `base64`")
    name = value.get("name", _NAMES[value.get("medium", "text")])
    if given[0] == "unread":
        return {name: b""}
    if given[0] == "files":
        return {name: text.encode() for name, text in value["files"].items()}
    return {name: value["file"].encode() if given[0] == "file" else _bytes(document, group, index)}


def _bytes(document: YamlDocument, group: str, index: int) -> bytes:
    text = "".join(document.value[group][index]["base64"].split())
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise document.error((group, index, "base64"), f"this is not base64: {error}") from None


def _expected(value: dict[str, Any], path: str) -> Expected:
    severity = value.get("severity")
    return Expected(
        path=value.get("path", path),
        line=value["line"],
        column=value["column"],
        text=value.get("text"),
        message=value.get("message"),
        severity=Severity[severity.upper()] if severity else None,
        related=tuple(value["related"]) if "related" in value else None,
    )
