"""``fruslint init``: writes a configuration to begin with, from what it finds in a folder."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN
from fruslint.cli.output import add_screen, prepare, write
from fruslint.cli.parser import Parser
from fruslint.discovery import Discovery, describe, discover, reported_path
from fruslint.errors import ConfigurationError
from fruslint.paths import slashed
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.files import Task

_NAME = "fruslint.yaml"
_MOST_BYTES = 50_000_000

_DESCRIPTION = f"""\
Looks at the files of a folder and writes {_NAME} there: commented, with what most of them do as proposals that wait
behind a #. It never overwrites a configuration.
"""
_EPILOG = """\
examples:
  fruslint init --stdout          look at it first
  fruslint init memoranda         for this folder and below
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="default: the current folder")
    parser.add_argument("--stdout", action="store_true", help="write nothing, and show what would be written")
    parser.add_argument("--diff", action="store_true", help="write nothing, and show it as a diff")
    add_screen(parser)


def run(options: Namespace) -> int:
    """Write the configuration; raises ConfigurationError where there is one already, or it cannot be written."""
    screen = prepare(options)
    folder = options.folder
    if not os.path.isdir(folder):
        problem = f"`{folder}` is no folder" if os.path.lexists(folder) else f"there is no folder `{folder}`"
        raise ConfigurationError(problem)
    file = os.path.join(folder, _NAME)
    if not (options.stdout or options.diff):
        _refuse_existing(folder)
    text = _text(folder)
    if options.diff:
        write(_diff(text, reported_path(file)), options)
    elif options.stdout:
        write([text], options)
    else:
        _create(file, text)
        write([_told(file, screen)], options)
    return CLEAN


def _refuse_existing(folder: str) -> None:
    from fruslint.configuration.find import configuration_in

    there = configuration_in(os.path.abspath(folder))
    if there is not None:
        hint = "look at a new start with --stdout"
        raise ConfigurationError(f"there is a configuration already: {reported_path(there)}", hint=hint)


def _text(folder: str) -> str:
    from fruslint.configuration.house import Asked, House
    from fruslint.configuration.start import own_forms, start
    from fruslint.configuration.survey import survey
    from fruslint.engine import Engine
    from fruslint.files import read
    from fruslint.rules import builtin_rules, select
    from fruslint.runner import run as run_tasks

    tasks = _tasks(discover([folder], reach=House(Asked(use=False))))
    rules = builtin_rules()
    found = survey(map(read, tasks), rules)
    told = [task._replace(dialect=task.dialect._replace(**own_forms(found))) for task in tasks]
    outcome = run_tasks(Engine(select(rules)), told)
    return "".join(start(found, _above(folder), outcome.rules, {rule.id: rule.name for rule in rules}))


def _tasks(found: Discovery) -> list[Task]:
    """As many of the files as can be looked at in a few seconds, from all over the folder."""
    from fruslint.files import Task

    sizes = [_size(one.file) for one in found.files]
    step = max(1, -(-sum(sizes) // _MOST_BYTES))
    return [Task(one) for one in found.files[::step]]


def _size(file: str) -> int:
    try:
        return os.path.getsize(file)
    except OSError:
        return 0


def _above(folder: str) -> str:
    """The configuration that holds in a folder until it has one of its own, as a path from there; or empty."""
    from fruslint.configuration.find import Finder

    absolute = os.path.abspath(folder)
    found = Finder().nearest(absolute)
    if found is None or found.outside or os.path.dirname(found.file) == absolute:
        return ""
    return slashed(os.path.relpath(found.file, absolute))


def _create(file: str, text: str) -> None:
    from fruslint.atomic import write_whole

    if os.path.lexists(file):
        raise ConfigurationError(f"there is a configuration already: {reported_path(file)}")
    try:
        write_whole(file, [text.encode("utf-8")])
    except OSError as error:
        raise ConfigurationError(f"cannot be written: {describe(error, 'write')}", path=reported_path(file)) from None


def _told(file: str, screen: Screen) -> str:
    return f"Wrote {screen.show(reported_path(file))}. Read it, and take away the # from what you want.\n"


def _diff(text: str, name: str) -> Iterable[str]:
    from difflib import unified_diff

    lines: Sequence[str] = text.splitlines(keepends=True)
    return unified_diff([], lines, "/dev/null", name)
