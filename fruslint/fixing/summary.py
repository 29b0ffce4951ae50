"""Says what a run fixed, by file and by rule, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fruslint.fixing.volumes import FixedFile, FixedRun
from fruslint.messages import counted
from fruslint.reporters.text import table
from fruslint.terminal import Screen

_MOST_FILES = 20


def summary(run: FixedRun, screen: Screen, *, written: bool, quiet: bool, left: bool) -> Iterator[str]:
    """What was fixed (or, if nothing was ``written``, would be), and how much is ``left``; one line if ``quiet``."""
    if run.files and not quiet:
        yield from _files(run.files, screen)
        yield "\n"
        yield from _rules(run, screen)
        yield "\n"
    yield f"{_done(run, written)}{_left(run, screen) if left else '.'}{_failed(run)}{_hint(run)}\n"


def _files(files: Sequence[FixedFile], screen: Screen) -> Iterator[str]:
    for file in files[:_MOST_FILES]:
        yield f"{screen.paint(screen.show(file.path), 'bold')}: {_said(file)}\n"
    if len(files) > _MOST_FILES:
        yield f"{screen.ellipsis} and {counted(len(files) - _MOST_FILES, 'more file')}\n"


def _said(file: FixedFile) -> str:
    return ", ".join(rule if count == 1 else f"{rule} ({count:,})" for rule, count in sorted(file.rules.items()))


def _rules(run: FixedRun, screen: Screen) -> Iterator[str]:
    """A table of the rules, the most frequent first."""
    fixes: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for file in run.files:
        fixes.update(file.rules)
        files.update(file.rules.keys())
    names = run.outcome.names
    rows = [
        (screen.show(f"{rule} {names.get(rule, '')}".rstrip()), f"{count:,}", f"{files[rule]:,}")
        for rule, count in sorted(fixes.items(), key=lambda item: (-item[1], item[0]))
    ]
    return table(("rule", "fixed", "files"), rows, screen)


def _done(run: FixedRun, written: bool) -> str:
    fixed = sum(count for file in run.files for count in file.rules.values())
    if not fixed:
        return f"{'Nothing fixed' if run.unwritten else 'Nothing to fix'} in {counted(run.outcome.files, 'file')}"
    done = "Fixed" if written else "Would fix"
    files = max(run.outcome.files, len(run.files))  # a configuration may be fixed with its files
    return f"{done} {counted(fixed, 'place')} in {len(run.files):,} of {counted(files, 'file')}"


def _left(run: FixedRun, screen: Screen) -> str:
    counts = sorted(run.outcome.counts.items(), reverse=True)
    left = [screen.paint(counted(count, severity.label), severity.label) for severity, count in counts if count]
    return f"; left: {', '.join(left) if left else screen.paint('nothing', 'good')}."


def _failed(run: FixedRun) -> str:
    return f" {counted(run.unwritten, 'file')} could not be written." if run.unwritten else ""


def _hint(run: FixedRun) -> str:
    """How what is left could be fixed too."""
    count = sum(1 for finding in run.outcome.every if finding.fix is not None and not finding.fix.safe)
    if not count:
        return ""
    return f" {counted(count, 'place')} can be fixed once you have looked: fruslint fix --interactive."
