"""Which reports a check writes, and where: one to standard output, as many as you like into files."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fruslint.cli.output import add_where, prepare_file, screen_for, write_to
from fruslint.cli.parser import Parser, one_of
from fruslint.errors import ConfigurationError
from fruslint.record import Record
from fruslint.reporters import LOCATED, PLAIN, View, no_source, reporter
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.repository.checkout import Checkout
    from fruslint.runner import Outcome
    from fruslint.source import Source

STANDARD_OUTPUT = "-"


class Target(Record):
    """One report: its format, and the file it goes to; None for standard output."""

    format: str
    path: str | None = None


def add_reports(parser: Parser, formats: Sequence[str]) -> None:
    """Add the options that say which reports to write, and where; the first format is the default."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format",
        action="append",
        type=_target(formats),
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(formats[:-1])} or {formats[-1]}; with a file it goes there (may be given more than once)",
    )
    add_where(group)
    parser.set_defaults(default_format=formats[0])


def _target(formats: Sequence[str]) -> Callable[[str], Target]:
    """A type of argument: a format, and perhaps a file behind an equals sign."""
    known = one_of(*formats)

    def convert(value: str) -> Target:
        name, separator, path = value.partition("=")
        if separator and not path:
            raise ArgumentTypeError(f"`{value}` names no file behind the =")
        return Target(known(name), path if separator and path != STANDARD_OUTPUT else None)

    return convert


def prepare_reports(options: Namespace) -> tuple[Target, ...]:
    """The reports that the options ask for; raises ConfigurationError for those that could never be written."""
    given: Sequence[Target] = options.format or [Target(options.default_format)]
    targets = tuple(Target(name, options.output if path is None else path) for name, path in given)
    if options.output is not None and all(path is not None for _, path in given):
        message = f"--output {options.output} has no report: each --format names a file of its own"
        raise ConfigurationError(message, hint="leave --output out")
    _refuse_same(targets)
    for target in targets:
        if target.path is not None:
            prepare_file(target.path, _option(target, options))
    return targets


def _refuse_same(targets: Iterable[Target]) -> None:
    import os

    taken: dict[str | None, Target] = {}
    for target in targets:
        place = None if target.path is None else os.path.realpath(target.path)
        first = taken.setdefault(place, target)
        if first is not target:
            where = "standard output" if place is None else target.path
            message = f"two reports would go to {where}: {first.format} and {target.format}"
            raise ConfigurationError(message, hint=f"give one a file of its own: --format {target.format}=FILE")


def _option(target: Target, options: Namespace) -> str:
    return "--output" if target.path == options.output else f"--format {target.format}"


def screen_of_target(target: Target, options: Namespace) -> Screen:
    """The screen that a report goes to."""
    return screen_for(options) if target.path is None else Screen()


def write_report(parts: Iterable[str], target: Target, options: Namespace) -> None:
    """Write a report where it belongs; raises ConfigurationError where that is not possible."""
    write_to(parts, target.path, _option(target, options), utf8=target.format not in PLAIN)


def write_reports(
    outcome: Outcome,
    targets: Iterable[Target],
    options: Namespace,
    sources: Callable[[str], Source] = no_source,
) -> None:
    """Write all reports of a run; raises ConfigurationError where that is not possible.

    ``sources`` gives the text of a file by its path, for the reports that show more of it than a finding has.
    """
    # Standard output comes last: whoever reads it may go away, and the files are written then.
    for target in sorted(targets, key=lambda target: target.path is None):
        screen = screen_of_target(target, options)
        write_report(parts_of(outcome, target, screen, options, sources), target, options)
        if target.format == "sarif":
            _say_what_is_left_out(outcome)


def _say_what_is_left_out(outcome: Outcome) -> None:
    from fruslint.reporters.sarif.results import MOST_RESULTS, left_out

    number = left_out(outcome)
    if number:
        said = f"SARIF holds {MOST_RESULTS:,} results, which is what code scanning takes; {number:,} more are left out"
        sys.stderr.write(f"fruslint: {said}; --format json has all\n")


def parts_of(
    outcome: Outcome,
    target: Target,
    screen: Screen,
    options: Namespace,
    sources: Callable[[str], Source] = no_source,
) -> Iterator[str]:
    """The parts of a report in the format of its target, as it looks on a screen."""
    checkout = _checkout(outcome) if target.format in LOCATED else None
    return reporter(target.format)(outcome, View(screen, options.quiet, options.statistics, sources, checkout))


def _checkout(outcome: Outcome) -> Checkout:
    from fruslint.repository.checkout import checkout_of

    return checkout_of(outcome.volumes)
