"""``fruslint fix``: puts right what can be put right without judgement, and says what is left."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from fruslint.cli.fixing import add_fixes, fix_and_report
from fruslint.cli.means import add_jobs
from fruslint.cli.parser import Parser
from fruslint.cli.reports import add_reports, prepare_reports
from fruslint.cli.session import Session, add_limits, add_session, nothing_to_check, open_session
from fruslint.discovery import STANDARD_INPUT
from fruslint.errors import ConfigurationError
from fruslint.reporters import FORMATS, OUTLINED

if TYPE_CHECKING:
    from fruslint.cli.interactive import Interview

_DESCRIPTION = """\
Fixes what needs no judgement: white space, the form of markers, notes and page markers, misspelt headings, types and
ids in the markup. A safe fix changes no word of a document, which is made sure of for every file before it is written;
a fix that would is refused and reported. All else in the file stays as it is, byte for byte.

Other fixes are proposals, such as a curly quotation mark for a straight one: see them with --interactive, one by one,
or make all of them with --unsafe-fixes and look at what they did.
"""
_EPILOG = """\
examples:
  fruslint fix memoranda                           fix a folder, and say what was fixed and what is left
  fruslint fix memoranda --diff                    show what would be fixed, and write nothing
  fruslint fix memoranda --diff > fixes.diff       the same for `git apply fixes.diff`
  fruslint fix d326.txt --select FILE,NOTE013      only some rules
  fruslint fix volume.xml --interactive            decide on the other fixes, one by one
  fruslint fix - --stdin-filename d326.txt < x     from standard input to standard output; the report goes to standard error

exit codes:
  0    nothing is left (at or above --fail-on); with --diff: there is nothing to fix
  1    something is left, or a file could not be written; with --diff: something would be fixed
  2    wrong usage or configuration
  3    an error inside fruslint
  130  stopped with Ctrl-C: each file is as it was, or fixed
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    add_session(parser)
    group = add_fixes(parser, with_fix=False)
    group.add_argument("--interactive", action="store_true", help="ask about each fix that is not safe")
    add_reports(parser, tuple(FORMATS))
    limits = add_limits(parser)
    limits.add_argument("--quiet", action="store_true", help="one line that sums up, and nothing else")
    add_jobs(parser)
    parser.set_defaults(statistics=False, no_silence=False)


def run(options: Namespace) -> int:
    """Fix what the options name; returns the exit code, and raises ConfigurationError for what cannot be done."""
    if options.interactive:
        _refuse_what_cannot_be_asked(options)
    reported = bool(options.format) or options.output is not None
    targets = prepare_reports(options) if reported else ()
    outlined = any(target.format in OUTLINED for target in targets)
    session = open_session(options, [target.path for target in targets], outlined=outlined)
    if not session.tasks:
        return nothing_to_check(session)
    interview = _interview(options, session) if options.interactive else None
    return fix_and_report(options, session, targets, findings=reported, interview=interview)


def _refuse_what_cannot_be_asked(options: Namespace) -> None:
    if options.diff or options.unsafe_fixes:
        raise ConfigurationError("--interactive asks about each fix", hint="leave out --diff and --unsafe-fixes")
    if STANDARD_INPUT in options.paths:
        raise ConfigurationError("--interactive reads your answers from standard input", hint="name files, and not -")


def _interview(options: Namespace, session: Session) -> Interview:
    from fruslint.cli.interactive import Interview

    return Interview(session, options)
