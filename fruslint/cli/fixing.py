"""What ``fruslint fix`` and ``fruslint check --fix`` have in common: their options, and where fixed files go."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _ArgumentGroup
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN, FINDINGS
from fruslint.cli.output import screen_for, write_bytes, write_to
from fruslint.cli.parser import Parser
from fruslint.cli.reports import Target, parts_of, write_reports
from fruslint.cli.session import exit_code
from fruslint.cli.unused_patterns import fix_patterns, undecided_patterns, unused_patterns, with_files
from fruslint.errors import ConfigurationError
from fruslint.reporters import FINGERPRINTED, PLAIN

if TYPE_CHECKING:
    from fruslint.cli.interactive import Interview
    from fruslint.cli.session import Session
    from fruslint.files import Task
    from fruslint.fixing.filework import Kept
    from fruslint.fixing.volumes import FixedRun
    from fruslint.terminal import Screen


def add_fixes(parser: Parser, *, with_fix: bool) -> _ArgumentGroup:
    """Add the options that ask for fixes, ``with_fix`` the one without which nothing is fixed; returns their group."""
    group = parser.add_argument_group("fixes")
    if with_fix:
        group.add_argument("--fix", action="store_true", help="make the safe fixes first: they change no word")
    group.add_argument("--unsafe-fixes", action="store_true", help="make the other fixes too: look at what they did")
    group.add_argument("--diff", action="store_true", help="write nothing; show what would be fixed as a unified diff")
    parser.set_defaults(**({} if with_fix else {"fix": True}))
    return group


def is_fixing(options: Namespace) -> bool:
    """Whether a check is to fix; raises ConfigurationError for options that do not go together."""
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise ConfigurationError("--unsafe-fixes says which fixes to make", hint="add --fix or --diff")
    return bool(options.fix or options.diff)


def fix_session(
    options: Namespace, session: Session, interview: Interview | None = None, *, fingerprints: bool = False
) -> FixedRun:
    """Fix what a session holds, and write it: to the files, or to standard output what came from standard input.

    With ``--diff`` nothing is written, and what would be is shown on standard output.
    """
    from fruslint.fixing.volumes import Fixer

    keep = _show if options.diff else _write
    silences = session.silences._replace(heeded=not options.no_silence)
    ask = interview.ask if interview else None
    unused = undecided_patterns(unused_patterns(options, session), silences, session.engine)
    patterns = fix_patterns(unused, keep)
    fixer = Fixer(
        session.engine,
        keep,
        unsafe=options.unsafe_fixes,
        ask=ask,
        silences=silences,
        beforehand=patterns.left,
        jobs=options.jobs,
    )
    if interview:
        interview.fixer = fixer
    run = with_files(fixer.run(session.tasks, session.max_per_rule, fingerprints=fingerprints), patterns)
    write_bytes(_shown(run, session.tasks, options), colored=bool(options.diff))
    return run


def fix_and_report(
    options: Namespace,
    session: Session,
    targets: Sequence[Target],
    *,
    findings: bool = True,
    interview: Interview | None = None,
) -> int:
    """Fix what a session holds, say what was fixed, and report what is left if ``findings``; returns the exit code."""
    taken = _output_is_taken(options, session)
    if taken:
        _refuse_mixture(targets)
    fingerprints = any(target.format in FINGERPRINTED for target in targets)
    run = fix_session(options, session, interview, fingerprints=fingerprints)
    _summarize(run, options, taken or any(_is_for_programs(target) for target in targets), left=not findings)
    if findings:
        _report(run, session.tasks, targets, options, taken)
    if options.diff and not run.outcome.broken:
        return FINDINGS if run.files else CLEAN
    return max(exit_code(run.outcome, session.fail_on), FINDINGS if run.unwritten else CLEAN)


def _output_is_taken(options: Namespace, session: Session) -> bool:
    """Whether standard output is for a diff or a fixed text, so that nothing else may go there."""
    return bool(options.diff) or any(task.data is not None for task in session.tasks)


def _is_for_programs(target: Target) -> bool:
    return target.path is None and target.format not in PLAIN


def _refuse_mixture(targets: Iterable[Target]) -> None:
    wrong = next(filter(_is_for_programs, targets), None)
    if wrong is not None:
        message = f"standard output is for the fixed text or the diff, and not for {wrong.format} too"
        raise ConfigurationError(message, hint=f"give the report a file: --format {wrong.format}=FILE")


def _summarize(run: FixedRun, options: Namespace, aside: bool, *, left: bool) -> None:
    """Say what was fixed, on standard error if standard output is for something else."""
    from fruslint.fixing.summary import summary

    screen = _error_screen(options) if aside else screen_for(options)
    lines = summary(run, screen, written=not options.diff, quiet=options.quiet, left=left)
    if aside:
        sys.stderr.writelines(lines)
    else:
        write_to(lines, None, "", utf8=False)


def _report(run: FixedRun, tasks: Iterable[Task], targets: Iterable[Target], options: Namespace, taken: bool) -> None:
    """Report what is left; beside a fixed text on standard error, and beside a diff in files only."""
    from fruslint.files import source_reader

    files = [target for target in targets if target.path is not None or not taken]
    write_reports(run.outcome, files, options, source_reader(tasks))
    if taken and not options.diff:
        for target in targets:
            if target.path is None:
                sys.stderr.writelines(parts_of(run.outcome, target, _error_screen(options), options))


def _error_screen(options: Namespace) -> Screen:
    from fruslint.terminal import screen_of

    return screen_of(sys.stderr, os.environ, no_color=options.no_color)


def _show(task: Task, before: bytes, after: bytes) -> Kept:
    from fruslint.fixing.filework import Kept
    from fruslint.fixing.unified import unified

    return Kept(shown=b"".join(unified(task.found.path, before, after)))


def _write(task: Task, before: bytes, after: bytes) -> Kept:
    from fruslint.fixing.filework import Kept
    from fruslint.fixing.writing import write_fixed

    return Kept(shown=after) if task.data is not None else Kept(write_fixed(task.found.file, before, after))


def _shown(run: FixedRun, tasks: Iterable[Task], options: Namespace) -> Iterable[bytes]:
    """The diffs, or the fixed text; a text from standard input that needs no fix goes through as it came."""
    data = next((task.data for task in tasks if task.data is not None), None)
    if options.diff or run.shown or data is None:
        return run.shown
    return _through(data)


def _through(data: bytes) -> Iterable[bytes]:
    yield data
    while sys.stdin is not None and (more := sys.stdin.buffer.read(1 << 20)):  # what was above the limit
        yield more
