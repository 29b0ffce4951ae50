"""Tries a rule on its own examples and says what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from fruslint.configuration import unused
from fruslint.configuration.entries import without
from fruslint.configuration.find import NAMES as CONFIGURATIONS
from fruslint.data.yamlfile import YamlDocument, parse
from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import Task, instructed
from fruslint.findings import INTERNAL, REFUSED, UNCHECKED, Finding, order
from fruslint.fingerprints import fingerprinted
from fruslint.fixing.filework import Kept
from fruslint.fixing.volumes import Fixer
from fruslint.globs import matches, parse_glob
from fruslint.messages import Template
from fruslint.model import Anomaly, Volume
from fruslint.readers import read_bytes
from fruslint.rules import Rule, builtin_rules
from fruslint.rules.examples import Example, Expected
from fruslint.runner import all_findings
from fruslint.silencing.ledger import parse as parse_ledger
from fruslint.silencing.lint import KIND
from fruslint.silencing.sifting import sift
from fruslint.silencing.silences import NAMES, Silences
from fruslint.source import Source, Span, readable


def try_example(rule: Rule, example: Example) -> list[str]:
    """What is wrong with a rule on one of its examples, a few lines each; empty if all is well."""
    engine = engine_for(example.rule(rule))
    found = find(engine, example.files, example.unread, rule, example.before)
    problems = [*_failures(found), *_unfilled(rule, found)]
    if not _agree(found, example):
        problems.append(_comparison(found, example))
    if not problems and example.fixed:
        problems.extend(_try_fix(rule, example))
    if found and rule.fix and not example.fixed and any(finding.fix for finding in found):
        problems.append("the rule proposes a fix, and the example does not say in `fixed` what comes of it")
    return problems


def engine_for(rule: Rule) -> Engine:
    """The engine to try a rule with: it alone, and all built-in rules for one that looks at what was decided on others."""
    return Engine([*builtin_rules()] if rule.kind == KIND else [rule])


def find(
    engine: Engine,
    files: Mapping[str, bytes],
    unread: Anomaly | None = None,
    rule: Rule | None = None,
    before: Mapping[str, str] | None = None,
) -> list[Finding]:
    """What an engine finds in files, over each of them, over the volumes they form, and over all of them.

    ``unread`` is why they could not be read, if so. With a ``rule`` on decisions these are heeded, and what it finds is all.
    ``before`` is what the files held at the revision that is compared with.
    """
    if rule is not None and rule.kind == unused.KIND:
        return sorted(unused.findings(rule, *_unused(files)), key=order)
    documents = {name: data for name, data in files.items() if name not in NAMES}
    earlier = before or {}
    volumes = [_volume(name, data, unread)._replace(earlier=earlier.get(name)) for name, data in documents.items()]
    reports = [instructed(engine.check(volume), volume) for volume in sorted(volumes, key=_path_of)]
    findings = all_findings(engine, reports)
    if rule is not None and rule.kind == KIND:
        findings = [one for one in _sifted(engine, files, findings, reports) if one.rule == rule.id]
    return sorted(findings, key=order)


def _unused(files: Mapping[str, bytes]) -> tuple[YamlDocument, list[unused.Pattern]]:
    """The configuration among the files, and its patterns that none of them fits."""
    source = next(Source(name, readable(data)) for name, data in files.items() if name in CONFIGURATIONS)
    document = parse(source, Span(0, len(source.text)))
    globs = ((one, parse_glob(one.text, "/")) for one in unused.patterns(document.value))
    return document, [one for one, glob in globs if not any(matches(glob, f"/{name}") for name in files)]


def _path_of(volume: Volume) -> str:
    return volume.source.path


def _sifted(
    engine: Engine, files: Mapping[str, bytes], findings: Sequence[Finding], reports: Sequence[FileReport]
) -> list[Finding]:
    marked = fingerprinted(findings, lambda path: Source(path, readable(files[path])))
    return sift(marked, reports, _silences(engine, files), engine).findings


def _silences(engine: Engine, files: Mapping[str, bytes]) -> Silences:
    """What the ledgers among the files say."""
    ledgers = tuple(parse_ledger(Source(name, readable(data)), name) for name, data in files.items() if name in NAMES)
    return Silences(engine.rules, ledgers)


def _volume(name: str, data: bytes, unread: Anomaly | None) -> Volume:
    return Volume(Source(name, ""), None, anomalies=(unread,)) if unread else read_bytes(name, data)


def _failures(found: Sequence[Finding]) -> Iterator[str]:
    return (finding.message for finding in found if finding.rule in (INTERNAL, UNCHECKED))


def _unfilled(rule: Rule, found: Sequence[Finding]) -> Iterator[str]:
    """Messages in which a name was left as it is, because the check gave no value for it."""
    names = sorted(Template(rule.message).names)
    for finding in found:
        yield from (
            f"no value for {{{name}}} in: {finding.message}" for name in names if f"{{{name}}}" in finding.message
        )


def _agree(found: Sequence[Finding], example: Example) -> bool:
    expected = sorted(example.findings, key=lambda one: (one.path, one.line, one.column))
    pairs = zip_longest(sorted(found, key=_where), expected)
    return all(one and wanted and _is(one, wanted, example) for one, wanted in pairs)


def _where(finding: Finding) -> tuple[str, int, int]:
    return finding.place.path, *finding.place.start


def _is(finding: Finding, expected: Expected, example: Example) -> bool:
    """Whether a finding is the expected one in all that is said of it."""
    wanted = (expected.text, expected.message, expected.severity, expected.related)
    lines = tuple(related.place.start.line for related in finding.related)
    have = (_marked(finding, example), finding.message, finding.severity, lines)
    same = all(right is None or left == right for left, right in zip(have, wanted, strict=True))
    return same and _where(finding) == (expected.path, expected.line, expected.column)


def _comparison(found: Sequence[Finding], example: Example) -> str:
    lines = ["expected:", *map(_tell_expected, example.findings), "found:"]
    lines += [_tell(finding, example) for finding in found] or ["  nothing"]
    return "\n".join(lines if example.findings else ["expected: nothing", *lines[1:]])


def _tell_expected(one: Expected) -> str:
    lines = "" if one.related is None else f" related lines {list(one.related)}"
    severity = f" {one.severity.label}" if one.severity else ""
    text = "" if one.text is None else f" {one.text!r}"
    return f"  {one.path}:{one.line}:{one.column}{severity}{text}{lines}" + (f" {one.message}" if one.message else "")


def _tell(finding: Finding, example: Example) -> str:
    path, line, column = _where(finding)
    related = [related.place.start.line for related in finding.related]
    text = _marked(finding, example)
    return f"  {path}:{line}:{column} {finding.severity.label} {text!r} related lines {related} {finding.message}"


def _marked(finding: Finding, example: Example) -> str:
    """The words a finding marks; empty where the file is no text."""
    start, end = finding.place.span
    return readable(example.files.get(finding.place.path, b""))[start:end]


def _try_fix(rule: Rule, example: Example) -> Iterator[str]:
    """Whether ``fruslint fix`` makes the promised text with this rule alone, and whether the rule is then content."""
    engine = engine_for(example.rule(rule))
    made: dict[str, bytes] = {}
    if rule.kind == unused.KIND:
        document, patterns = _unused(example.files)
        text = without(document.source, unused.removable(document.value, patterns))
        made[document.source.path] = (text or "").encode()

    def keep(task: Task, _: bytes, after: bytes) -> Kept:
        made[task.found.path] = after
        return Kept()

    beside = (*NAMES, *CONFIGURATIONS)
    tasks = [Task(Found(name, name), data=data) for name, data in sorted(example.files.items()) if name not in beside]
    run = Fixer(engine, keep, unsafe=True, silences=_silences(engine, example.files)).run(tasks)
    yield from (finding.message for finding in run.outcome.every if finding.rule == REFUSED)
    files = {**example.files, **made}
    for name in sorted(files):
        wanted = example.fixed.get(name, readable(example.files[name]))
        if readable(files[name]) != wanted:
            yield f"{name}: the fix gives another text\nexpected: {wanted!r}\nfound:    {readable(files[name])!r}"
    left = find(engine, files, None, rule)
    if left:
        told = [_tell(finding, Example(example.title, example.medium, files, (), {}, 0)) for finding in left]
        yield "\n".join(["after the fix the rule still finds:", *told])
