"""What to run: from the options of a command to files, rules and limits, alike for all commands that look at documents."""

from __future__ import annotations

import sys
from argparse import Namespace, _ArgumentGroup
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from fruslint.cli import CLEAN
from fruslint.cli.parser import Parser, count, one_of, size
from fruslint.cli.selection import add_choice, add_rule_folders, all_rules, rules_to_run
from fruslint.discovery import STANDARD_INPUT, Discovery, Found, MissingPathError, discover
from fruslint.errors import ConfigurationError
from fruslint.near import did_you_mean

if TYPE_CHECKING:
    from fruslint.engine import Engine
    from fruslint.runner import Task

NEVER = "never"


class Session(NamedTuple):
    """What a command has to do: the files, the engine that knows the rules for each, and the limits of the report.

    ``max_per_rule`` and ``fail_on`` are those of the command line, or else their defaults. ``excluded`` counts what was
    left out. Without tasks there is nothing to do, and nothing wrong: say so with `nothing_to_check`.
    """

    engine: Engine
    tasks: tuple[Task, ...]
    max_per_rule: int
    fail_on: str
    excluded: int


def add_session(parser: Parser) -> None:
    """Add the paths and options that say which files are looked at and with which rules."""
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
    parser.set_defaults(max_per_rule=10, fail_on="warning")
    add_choice(parser)
    add_rule_folders(parser)


def add_limits(parser: Parser) -> _ArgumentGroup:
    """Add the options that say how much is reported and what fails; returns their group, for more of the kind."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--max-per-rule", type=count, default=10, metavar="N", help="show N places of each rule (10); 0: all of them"
    )
    group.add_argument(
        "--fail-on",
        type=one_of("error", "warning", "info", NEVER),
        default="warning",
        metavar="SEVERITY",
        help="exit with 1 from this severity on: error, warning (the default), info, or never",
    )
    return group


def open_session(
    options: Namespace, outputs: Iterable[str | None] = (), *, timed: bool = False, outlined: bool = False
) -> Session:
    """What the options of `add_session` ask for; raises ConfigurationError for what cannot be done.

    The files ``outputs`` are not looked at: a report of the last run may lie among the documents. ``timed`` and
    ``outlined`` are handed on to the tasks.
    """
    rules = rules_to_run(options, all_rules(options))
    discovery = _discover(options)
    if not discovery.files and not discovery.excluded:
        where = ", ".join(options.paths) or "the current folder"
        raise ConfigurationError(f"nothing to check: there are no .txt or .xml files in {where}")
    from fruslint.engine import Engine

    files = _without(discovery.files, outputs)
    tasks = tuple(_task(found, options, timed, outlined) for found in files)
    return Session(Engine(rules), tasks, options.max_per_rule, options.fail_on, discovery.excluded)


def nothing_to_check(session: Session) -> int:
    """Say that all files are left out; the exit code for it."""
    # Files that are named one by one, as pre-commit does, may all be excluded: that is no mistake.
    if session.excluded:
        sys.stderr.write("fruslint: nothing to check: all files are left out by --exclude\n")
    return CLEAN


def _discover(options: Namespace) -> Discovery:
    if options.stdin_filename is not None and STANDARD_INPUT not in options.paths:
        raise ConfigurationError("--stdin-filename is for standard input", hint="add the path -")
    try:
        return discover(options.paths or ["."], options.exclude)
    except MissingPathError as error:
        name = error.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
        hint = did_you_mean(name, error.nearby)
        raise ConfigurationError(f"there is no file or folder `{error.path}`", hint=hint) from None


def _without(files: Iterable[Found], outputs: Iterable[str | None]) -> list[Found]:
    import os

    written = {os.path.realpath(path) for path in outputs if path is not None}
    return [found for found in files if not written or os.path.realpath(found.file) not in written]


def _task(found: Found, options: Namespace, timed: bool, outlined: bool) -> Task:
    from fruslint.runner import Task

    limit = options.max_file_size
    if found.file != STANDARD_INPUT:
        return Task(found, limit, None, timed, outlined)
    name = Found(options.stdin_filename or "<stdin>", STANDARD_INPUT)
    return Task(name, limit, _standard_input(limit), timed, outlined)


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(limit + 1 if limit else -1)
