"""Patterns of configurations that fit nothing: found in a run over whole folders, and taken out by ``fruslint fix``."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fruslint.findings import Finding
from fruslint.paths import whole
from fruslint.record import Record

if TYPE_CHECKING:
    from fruslint.cli.session import Session
    from fruslint.configuration.find import Located
    from fruslint.configuration.unused import Pattern
    from fruslint.data.yamlfile import YamlDocument
    from fruslint.engine import Engine
    from fruslint.fixing.filework import Keep
    from fruslint.fixing.volumes import FixedFile, FixedRun
    from fruslint.rules import Rule
    from fruslint.silencing.silences import Silences


class Unused(Record):
    """The patterns of one configuration that fit nothing, which are none in most, and the finding about each of them."""

    file: str
    document: YamlDocument
    patterns: tuple[Pattern, ...]
    findings: tuple[Finding, ...]


class FixedPatterns(Record):
    """What was fixed in a configuration, what there is to show of it, and the findings that are left."""

    files: tuple[FixedFile, ...] = ()
    shown: tuple[bytes, ...] = ()
    left: tuple[Finding, ...] = ()
    unwritten: int = 0


def unused_patterns(options: Namespace, session: Session) -> tuple[Unused, ...]:
    """What is unused in the configurations of a session whose whole folder the options name, one for each of them."""
    roots = [os.path.abspath(path) for path in options.paths or ["."] if os.path.isdir(path)]
    judged = session.house.whole(roots) if roots and session.tasks else ()
    if not judged:  # most runs end here, and have loaded nothing
        return ()
    from fruslint.configuration.unused import KIND

    rule = next((rule for rule in session.engine.rules if rule.kind == KIND), None)
    return tuple(_unused(one, rule, session) for one in judged) if rule is not None else ()


def _unused(located: Located, rule: Rule, session: Session) -> Unused:
    from fruslint.configuration.unused import findings

    paths = [task.found.path for task in session.tasks]
    held = [path for path in paths if session.house.located(os.path.abspath(path)) == located]
    document, patterns = session.house.unused(located, [whole(path) for path in held])
    about = held[0] if held else paths[0]
    pairs = zip(patterns, findings(rule, document, patterns), strict=True)
    taken = [(pattern, session.engine.taken(finding, about)) for pattern, finding in pairs]
    kept = [(pattern, finding) for pattern, finding in taken if finding is not None]
    return Unused(located.file, document, tuple(pattern for pattern, _ in kept), tuple(finding for _, finding in kept))


def with_patterns(options: Namespace, session: Session) -> Session:
    """The session with the findings about patterns, and the configurations whose patterns were judged."""
    unused = unused_patterns(options, session)
    judged = frozenset(whole(one.file) for one in unused)
    return session._replace(
        beforehand=tuple(finding for one in unused for finding in one.findings),
        silences=session.silences._replace(configurations=judged),
    )


def undecided_patterns(unused: Iterable[Unused], silences: Silences, engine: Engine) -> Iterator[Unused]:
    """What is unused, without the patterns of which someone decided that they are to stay."""
    from fruslint.model import Volume
    from fruslint.silencing.sifting import undecided

    for one in unused:
        left = undecided(one.findings, Volume(one.document.source, None), silences, engine)
        pairs = [(pattern, found) for pattern, found in zip(one.patterns, one.findings, strict=True) if found in left]
        yield one._replace(patterns=tuple(pattern for pattern, _ in pairs), findings=tuple(found for _, found in pairs))


def fix_patterns(unused: Iterable[Unused], keep: Keep) -> FixedPatterns:
    """Take unused patterns out of their configurations, and ``keep`` what came of these."""
    results = [_fix(one, keep) for one in unused]
    return FixedPatterns(
        tuple(file for one in results for file in one.files),
        tuple(shown for one in results for shown in one.shown),
        tuple(finding for one in results for finding in one.left),
        sum(one.unwritten for one in results),
    )


def _fix(unused: Unused, keep: Keep) -> FixedPatterns:
    from fruslint.configuration.entries import without
    from fruslint.configuration.unused import removable
    from fruslint.discovery import Found
    from fruslint.files import Task
    from fruslint.fixing.filework import could_not_write
    from fruslint.fixing.volumes import FixedFile

    source = unused.document.source
    text = without(source, removable(unused.document.value, unused.patterns))
    fixed = [finding for finding in unused.findings if finding.fix is not None]
    if text is None or not fixed:
        return FixedPatterns(left=unused.findings)
    mark = b"\xef\xbb\xbf" if source.mark else b""
    before, after = (mark + one.encode(source.encoding) for one in (source.text, text))
    kept = keep(Task(Found(source.path, unused.file)), before, after)
    if kept.problem:
        return FixedPatterns(left=(could_not_write(source.path, kept.problem), *unused.findings), unwritten=1)
    files = (FixedFile(source.path, {fixed[0].rule: len(fixed)}),)
    left = tuple(finding for finding in unused.findings if finding.fix is None)
    return FixedPatterns(files, (kept.shown,) if kept.shown else (), left)


def with_files(run: FixedRun, patterns: FixedPatterns) -> FixedRun:
    """What a run fixed, configurations included."""
    files = tuple(sorted((*run.files, *patterns.files), key=lambda file: file.path))
    shown = (*patterns.shown, *run.shown)
    return run._replace(files=files, shown=shown, unwritten=run.unwritten + patterns.unwritten)
