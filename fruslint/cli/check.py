"""``fruslint check``: finds the files, checks them, and reports."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN, FINDINGS, INTERNAL
from fruslint.cli.means import add_means, means_of
from fruslint.cli.parser import Parser
from fruslint.cli.reports import Target, add_reports, prepare_reports, screen_of_target, write_report
from fruslint.cli.session import NEVER, add_limits, add_session, nothing_to_check, open_session
from fruslint.discovery import SKIPPED_FOLDERS
from fruslint.reporters import FORMATS, OUTLINED, View, reporter

if TYPE_CHECKING:
    from fruslint.runner import Outcome

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
    add_reports(parser, tuple(FORMATS))
    group = add_limits(parser)
    group.add_argument("--statistics", action="store_true", help="a table by rule instead of the findings")
    group.add_argument(
        "--quiet", action="store_true", help="one line for each error and warning, and nothing else (text only)"
    )


def run(options: Namespace) -> int:
    """Check what the options name; returns the exit code, and raises ConfigurationError for what cannot be done."""
    targets = prepare_reports(options)
    outlined = any(target.format in OUTLINED for target in targets)
    outputs = [target.path for target in targets]
    session = open_session(options, outputs, timed=options.statistics, outlined=outlined)
    if not session.tasks:
        return nothing_to_check(session)
    from fruslint.runner import run as run_tasks

    with means_of(options, session) as means:
        outcome = run_tasks(session.engine, session.tasks, session.max_per_rule, means=means)
    _report(outcome, targets, options)
    return _exit_code(outcome, session.fail_on)


def _report(outcome: Outcome, targets: Sequence[Target], options: Namespace) -> None:
    # Standard output comes last: whoever reads it may go away, and the files are written then.
    for target in sorted(targets, key=lambda target: target.path is None):
        view = View(screen_of_target(target, options), options.quiet, options.statistics)
        write_report(reporter(target.format)(outcome, view), target, options)


def _exit_code(outcome: Outcome, fail_on: str) -> int:
    from fruslint.findings import Severity

    if outcome.broken:
        return INTERNAL
    if fail_on == NEVER:
        return CLEAN
    limit = Severity[fail_on.upper()]
    return FINDINGS if any(outcome.counts[severity] for severity in outcome.counts if severity >= limit) else CLEAN
