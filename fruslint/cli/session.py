"""What to run: from the options of a command to files, rules and limits, alike for all commands that look at documents."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _ArgumentGroup
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from fruslint.cli import CLEAN, FINDINGS, INTERNAL
from fruslint.cli.parser import Parser, count, one_of, size
from fruslint.cli.selection import add_choice, add_rule_folders, all_rules, rules_to_run
from fruslint.configuration.house import FAIL_ON, MAX_PER_RULE, Asked, House
from fruslint.discovery import STANDARD_INPUT, Discovery, Found, MissingPathError, discover, reported_path
from fruslint.errors import ConfigurationError
from fruslint.near import nearest
from fruslint.record import Record
from fruslint.silencing.silences import Silences, find_silences
from fruslint.terminal import visible

if TYPE_CHECKING:
    from fruslint.engine import Engine
    from fruslint.files import Task
    from fruslint.findings import Finding
    from fruslint.model import Volume
    from fruslint.rules import Rule
    from fruslint.runner import Outcome

NEVER = "never"

Reader = Callable[[str, bytes], "Volume"]
"""Reads the bytes of the file at a path."""


class Session(Record):
    """What a command has to do: the files, the engine that knows the rules for each, and the limits of the report.

    ``max_per_rule`` and ``fail_on`` are those of the command line, or of the configuration, or else their defaults.
    ``excluded`` counts what was left out; ``silences`` are what is not to be reported, ``house`` the configurations,
    and ``beforehand`` findings about other files than those of the tasks. Without tasks there is nothing to do, and
    nothing wrong: say so with `nothing_to_check`.
    """

    engine: Engine
    tasks: tuple[Task, ...]
    max_per_rule: int
    fail_on: str
    excluded: int
    silences: Silences
    house: House
    beforehand: tuple[Finding, ...] = ()


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
        metavar="SIZE",
        help="do not read files above this size, such as 500K, 64M (the default), 2G; 0: no limit",
    )
    parser.set_defaults(max_per_rule=None, fail_on=None)
    add_choice(parser)
    add_rule_folders(parser)
    group = add_configuration(parser)
    group.add_argument("--no-gitignore", action="store_true", help="also check what git ignores")


def add_configuration(parser: Parser) -> _ArgumentGroup:
    """Add the options that say which configuration holds; returns their group."""
    group = parser.add_argument_group("configuration")
    group.add_argument(
        "--config",
        metavar="FILE",
        help="this configuration for all files, instead of the nearest fruslint.yaml above each",
    )
    group.add_argument("--no-config", action="store_true", help="no configuration at all")
    parser.set_defaults(no_gitignore=False)
    return group


def add_limits(parser: Parser) -> _ArgumentGroup:
    """Add the options that say how much is reported and what fails; returns their group, for more of the kind."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--max-per-rule", type=count, metavar="N", help="show N places of each rule (10); 0: all of them"
    )
    group.add_argument(
        "--fail-on",
        type=one_of("error", "warning", "info", NEVER),
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
    house = house_of(options)
    discovery = _discover(options, house)
    _tell_outside(house.outside)
    _refuse_nothing(discovery, options, house)
    files = [_named(found, options) for found in _without(discovery.files, outputs)]
    places = [(found.path, os.path.abspath(found.path)) for found in files]
    configured = _configured(house, places)
    values = house.values if configured else _no_values
    make = partial(_task, options=options, timed=timed, outlined=outlined)
    tasks = [make(found, values(path)) for found, (_, path) in zip(files, places, strict=True)]
    limits = house.limits(configured)
    known = house.known(configured) if configured else all_rules(options)
    return Session(
        house.engine(places) if configured else _engine(options, known),
        tuple(tasks),
        first_given(options.max_per_rule, limits.get("max-per-rule"), MAX_PER_RULE),
        first_given(options.fail_on, limits.get("fail-on"), FAIL_ON),
        discovery.excluded,
        find_silences(known, (found.path for found in files), options.paths or ["."]),
        house,
    )


def _refuse_nothing(discovery: Discovery, options: Namespace, house: House) -> None:
    if not (discovery.files or discovery.excluded or getattr(options, "since", None)):
        raise nothing_there(options, house)


def _configured(house: House, places: Iterable[tuple[str, str]]) -> list[str]:
    """The absolute paths of the files that a configuration speaks of."""
    return [path for _, path in places if house.located(path) is not None]


def nothing_there(options: Namespace, house: House) -> ConfigurationError:
    """The error to raise where there are no files in what the options name."""
    where = ", ".join(options.paths) or "the current folder"
    named = house.including()
    if named:
        message = f"nothing to check: no file in {where} fits `include` of {reported_path(named[0])}"
        return ConfigurationError(message, hint="a pattern without a slash is a name, as in '*.txt'")
    return ConfigurationError(f"nothing to check: there are no .txt or .xml files in {where}")


def house_of(options: Namespace) -> House:
    """The configurations that the options name, or leave to be found; raises ConfigurationError."""
    if options.config is not None and options.no_config:
        raise ConfigurationError("--config and --no-config exclude each other")
    if options.config is not None and not os.path.isfile(options.config):
        raise ConfigurationError(f"there is no configuration file `{options.config}`")
    return House(
        Asked(
            config=options.config or "",
            use=not options.no_config,
            select=tuple(getattr(options, "select", None) or ()),
            extend_select=tuple(getattr(options, "extend_select", None) or ()),
            ignore=tuple(getattr(options, "ignore", None) or ()),
            rules=tuple(options.rules or ()),
            gitignore=not options.no_gitignore,
        )
    )


def rules_here(options: Namespace) -> tuple[Rule, ...]:
    """All rules there are in the current folder: the built-in ones and the house's own; raises ConfigurationError."""
    house = house_of(options)
    return house.rules(house.located(os.path.join(os.getcwd(), "any file")))


def reader_for(options: Namespace) -> Reader:
    """What reads files as the configurations of `add_configuration` say; raises ConfigurationError, also when it reads."""
    house = house_of(options)
    told: set[str] = set()

    def read(path: str, data: bytes) -> Volume:
        from fruslint.files import Task, reader_of

        values = house.values(os.path.abspath(path))
        _tell_outside(house.outside - told)
        told.update(house.outside)
        name = reported_path(path)
        return reader_of(_as_configured(Task(Found(name, path)), _given(values)))(name, data)

    return read


def first_given(*values: Any) -> Any:
    """The first of the values that is not None."""
    return next((value for value in values if value is not None), None)


def _engine(options: Namespace, known: Sequence[Rule]) -> Engine:
    from fruslint.engine import Engine

    return Engine(rules_to_run(options, known))


def _no_values(path: str) -> Mapping[str, Any]:
    return {}


def _tell_outside(files: Iterable[str]) -> None:
    for file in sorted(files):
        sys.stderr.write(
            f"fruslint: {visible(reported_path(file))} lies outside of the repository and is not used; "
            "name it with --config if you want it\n"
        )


def exit_code(outcome: Outcome, fail_on: str) -> int:
    """What a command exits with after a run: whether it was complete, and whether there is anything to look at."""
    from fruslint.findings import Severity

    if outcome.broken:
        return INTERNAL
    if fail_on == NEVER:
        return CLEAN
    limit = Severity[fail_on.upper()]
    return FINDINGS if any(outcome.counts[severity] for severity in outcome.counts if severity >= limit) else CLEAN


def nothing_to_check(session: Session) -> int:
    """Say that all files are left out; the exit code for it."""
    # Files that are named one by one, as pre-commit does, may all be excluded: that is no mistake.
    if session.excluded:
        sys.stderr.write("fruslint: nothing to check: all files are left out (--exclude, configuration, .gitignore)\n")
    return CLEAN


def _discover(options: Namespace, house: House) -> Discovery:
    if options.stdin_filename is not None and STANDARD_INPUT not in options.paths:
        raise ConfigurationError("--stdin-filename is for standard input", hint="add the path -")
    try:
        return discover(options.paths or ["."], options.exclude, house)
    except MissingPathError as error:
        folder, slash, name = error.path.replace("\\", "/").rstrip("/").rpartition("/")
        found = nearest(name, error.nearby)
        hint = f"did you mean `{folder}{slash}{found}`?" if found else ""
        raise ConfigurationError(f"there is no file or folder `{error.path}`", hint=hint) from None


def _without(files: Iterable[Found], outputs: Iterable[str | None]) -> list[Found]:
    written = {os.path.realpath(path) for path in outputs if path is not None}
    return [found for found in files if not written or os.path.realpath(found.file) not in written]


def _named(found: Found, options: Namespace) -> Found:
    return Found(options.stdin_filename or "<stdin>", STANDARD_INPUT) if found.file == STANDARD_INPUT else found


def _task(found: Found, values: Mapping[str, Any], options: Namespace, timed: bool, outlined: bool) -> Task:
    from fruslint.files import DEFAULT_LIMIT, Task

    given = _given(values)
    limit = first_given(options.max_file_size, given.get("max_file_size"), DEFAULT_LIMIT)
    data = _standard_input(limit) if found.file == STANDARD_INPUT else None
    return _as_configured(Task(found, limit, data, timed, outlined), given)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): said.value for key, said in values.items()}


def _as_configured(task: Task, given: Mapping[str, Any]) -> Task:
    """The task with what the configuration says of how its file is read."""
    if not given:
        return task
    said = {key: given[key] for key in ("encoding", "schema_version", "year") if key in given}
    parts = {key.partition(".")[2]: value for key, value in given.items() if key.startswith("dialect.")}
    return task._replace(**said, dialect=task.dialect._replace(**parts))


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(limit + 1 if limit else -1)
