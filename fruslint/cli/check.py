"""``fruslint check``: finds the files, checks them, and reports."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from fruslint.cli.fixing import add_fixes, fix_and_report, is_fixing
from fruslint.cli.means import add_means, means_of
from fruslint.cli.parser import Parser
from fruslint.cli.reports import Target, add_reports, prepare_reports, write_reports
from fruslint.cli.session import Session, add_limits, add_session, exit_code, nothing_to_check, open_session
from fruslint.cli.unused_patterns import with_patterns
from fruslint.discovery import SKIPPED_FOLDERS
from fruslint.errors import ConfigurationError
from fruslint.reporters import FINGERPRINTED, FORMATS, OUTLINED, PLAIN, UNFOLDED

_DESCRIPTION = f"""\
Checks edition files and reports what an editor must look at.

A folder stands for the *.txt and *.xml files in it, at any depth. Hidden files and folders, virtual environments and
folders named {", ".join(SKIPPED_FOLDERS)} are left out, and links to folders are not followed.
A file that you name is checked whatever its name. The dash - stands for standard input.
"""
_EPILOG = """\
examples:
  fruslint check d326.txt                          one memorandum
  fruslint check memoranda --select NOTE,PAGE      notes and pages only, in a whole folder
  fruslint check memoranda --statistics            how often each rule fires
  fruslint check memoranda --max-per-rule 0        all places of every rule
  fruslint check memoranda --format text --format sarif=out.sarif
                                                   a second report, into a file
  fruslint check - --stdin-filename d326.txt < x   text from another program

exit codes:
  0    nothing to report (at or above --fail-on)
  1    findings at or above --fail-on
  2    wrong usage or configuration: an unknown option or rule, a path that does not exist, a folder without files
  3    an error inside fruslint
  130  stopped with Ctrl-C

environment:
  NO_COLOR, FORCE_COLOR   without colours, with colours (NO_COLOR wins)
  COLUMNS                 width of the report in characters
  FRUSLINT_DEBUG          show where an error inside fruslint happened
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    add_session(parser)
    add_means(parser)
    add_fixes(parser, with_fix=True)
    add_reports(parser, tuple(FORMATS))
    add_details(parser)
    _add_since(parser)


def add_details(parser: Parser) -> None:
    """Add the options that say what of a check is shown."""
    group = add_limits(parser)
    group.add_argument("--statistics", action="store_true", help="a table by rule instead of the findings")
    group.add_argument(
        "--no-silence",
        action="store_true",
        help="report everything, also what was accepted, stands in a baseline, or is silenced by an instruction",
    )
    group.add_argument(
        "--quiet", action="store_true", help="one line for each error and warning, and nothing else (text only)"
    )


def _add_since(parser: Parser) -> None:
    """Add the options that compare with a revision."""
    group = parser.add_argument_group("changes")
    group.add_argument("--since", metavar="REV", help="report on the files only that changed since this git revision")
    group.add_argument("--new-only", action="store_true", help="and only what was not found at that revision")


def _is_comparing(options: Namespace) -> bool:
    """Whether a check compares with a revision; raises ConfigurationError for options that do not go together."""
    if options.since is None:
        if options.new_only:
            raise ConfigurationError("--new-only compares with a revision", hint="add --since REV")
        return False
    if options.fix or options.diff:
        raise ConfigurationError("--since reports, and does not fix", hint="leave --fix and --diff out")
    return True


def run(options: Namespace) -> int:
    """Check what the options name; returns the exit code, and raises ConfigurationError for what cannot be done."""
    comparing = _is_comparing(options)
    targets = prepare_reports(options)
    outlined = any(target.format in OUTLINED for target in targets)
    outputs = [target.path for target in targets]
    session = open_session(options, outputs, timed=options.statistics, outlined=outlined)
    if not session.tasks and (session.excluded or not comparing):
        code = nothing_to_check(session)
        targets = tuple(target for target in targets if target.path is not None or target.format not in PLAIN)
        return _check(session, targets, options) if targets else code  # programs expect a report
    if is_fixing(options):
        return fix_and_report(options, session, targets)
    return _check(session, targets, options, comparing)


def _check(session: Session, targets: Sequence[Target], options: Namespace, comparing: bool = False) -> int:
    from fruslint.files import source_reader
    from fruslint.runner import run as run_tasks

    session = session._replace(silences=session.silences._replace(heeded=not options.no_silence))
    if not comparing:
        session = with_patterns(options, session)
    with means_of(options, session) as means:
        if comparing:
            from fruslint.cli.since import compared

            session = compared(options, session, means)
        outcome = run_tasks(
            session.engine,
            session.tasks,
            session.max_per_rule,
            fingerprints=any(target.format in FINGERPRINTED for target in targets),
            silences=session.silences,
            means=means,
            beforehand=session.beforehand,
            every=any(target.format in UNFOLDED for target in targets),
        )
    write_reports(outcome, targets, options, source_reader(session.tasks))
    return exit_code(outcome, session.fail_on)
