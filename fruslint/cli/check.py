"""``fruslint check``: finds the files, checks them, and reports."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN, FINDINGS, INTERNAL
from fruslint.cli.output import add_output, prepare, write
from fruslint.cli.parser import Parser, count, one_of, size
from fruslint.cli.selection import add_choice, add_rule_folders, all_rules, rules_to_run
from fruslint.discovery import SKIPPED_FOLDERS, STANDARD_INPUT, Discovery, MissingPathError, discover
from fruslint.errors import ConfigurationError
from fruslint.near import did_you_mean
from fruslint.reporters import FORMATS, View, reporter

if TYPE_CHECKING:
    from fruslint.runner import Outcome, Task

_NEVER = "never"

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
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; default: the current folder")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="the name by which standard input is reported (with the path -)"
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="leave out files and folders of this name, or of this path if it has a slash; also files that you name",
    )
    parser.add_argument(
        "--max-file-size",
        type=size,
        default="64M",
        metavar="SIZE",
        help="do not read files above this size, such as 500K, 64M (the default), 2G; 0: no limit",
    )
    add_choice(parser)
    add_rule_folders(parser)
    add_output(parser, *FORMATS)
    _add_report(parser)


def _add_report(parser: Parser) -> None:
    group = parser.add_argument_group("report")
    group.add_argument(
        "--max-per-rule", type=count, default=10, metavar="N", help="show N places of each rule (10); 0: all of them"
    )
    group.add_argument(
        "--fail-on",
        type=one_of("error", "warning", "info", _NEVER),
        default="warning",
        metavar="SEVERITY",
        help="exit with 1 from this severity on: error, warning (the default), info, or never",
    )
    group.add_argument("--statistics", action="store_true", help="a table by rule instead of the findings")
    group.add_argument(
        "--quiet", action="store_true", help="one line for each error and warning, and nothing else (text only)"
    )


def run(options: Namespace) -> int:
    """Check what the options name; returns the exit code, and raises ConfigurationError for what cannot be done."""
    screen = prepare(options)
    rules = rules_to_run(options, all_rules(options))
    discovery = _discover(options)
    if not discovery.files:
        return _nothing_to_check(options, discovery)
    tasks = _tasks(options, discovery)
    from fruslint.engine import Engine
    from fruslint.runner import run as run_tasks

    outcome = run_tasks(Engine(rules), tasks, options.max_per_rule)
    report = reporter(options.format)
    write(report(outcome, View(screen, options.quiet, options.statistics)), options)
    return _exit_code(outcome, options.fail_on)


def _discover(options: Namespace) -> Discovery:
    if options.stdin_filename is not None and STANDARD_INPUT not in options.paths:
        raise ConfigurationError("--stdin-filename is for standard input", hint="add the path -")
    try:
        discovery = discover(options.paths or ["."], options.exclude)
    except MissingPathError as error:
        from pathlib import Path

        hint = did_you_mean(Path(error.path).name, error.nearby)
        raise ConfigurationError(f"there is no file or folder `{error.path}`", hint=hint) from None
    return discovery


def _nothing_to_check(options: Namespace, discovery: Discovery) -> int:
    where = ", ".join(options.paths) or "the current folder"
    if not discovery.excluded:
        raise ConfigurationError(f"nothing to check: there are no .txt or .xml files in {where}")
    # Files that are named one by one, as pre-commit does, may all be excluded: that is no mistake.
    sys.stderr.write("fruslint: nothing to check: all files are left out by --exclude\n")
    return CLEAN


def _tasks(options: Namespace, discovery: Discovery) -> list[Task]:
    from fruslint.discovery import Found
    from fruslint.runner import Task

    limit, timed = options.max_file_size, options.statistics
    tasks = []
    for found in discovery.files:
        if found.file == STANDARD_INPUT:
            name = Found(options.stdin_filename or "<stdin>", STANDARD_INPUT)
            tasks.append(Task(name, limit, _standard_input(limit), timed))
        elif options.output is None or not _same(found.file, options.output):
            tasks.append(Task(found, limit, None, timed))
    return tasks


def _same(file: str, output: str) -> bool:
    # The report of the last run must not be checked when it lies among the documents.
    return os.path.realpath(file) == os.path.realpath(output)


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(limit + 1 if limit else -1)


def _exit_code(outcome: Outcome, fail_on: str) -> int:
    from fruslint.findings import Severity

    if outcome.broken:
        return INTERNAL
    if fail_on == _NEVER:
        return CLEAN
    limit = Severity[fail_on.upper()]
    return FINDINGS if any(outcome.counts[severity] for severity in outcome.counts if severity >= limit) else CLEAN
