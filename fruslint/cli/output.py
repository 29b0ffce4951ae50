"""Where a command writes: a stream that takes every character, on whatever system and into whatever pipe."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _ArgumentGroup
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from fruslint.cli.parser import Parser, one_of
from fruslint.discovery import describe
from fruslint.errors import ConfigurationError
from fruslint.terminal import Screen, screen_of


def add_output(parser: Parser, *formats: str) -> None:
    """Add the options that say how and where to write; the first format is the default."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format", type=one_of(*formats), default=formats[0], metavar="FORMAT", help=f"{' or '.join(formats)}"
    )
    _add_where(group)


def add_screen(parser: Parser) -> None:
    """Add the options that say where to write what has but one form."""
    parser.set_defaults(format="text")
    _add_where(parser.add_argument_group("output"))


def _add_where(group: _ArgumentGroup) -> None:
    group.add_argument("--output", metavar="FILE", help="write to this file instead of the screen")
    group.add_argument("--no-color", action="store_true", help="no colours, whatever the terminal")


def prepare(options: Namespace) -> Screen:
    """The screen that a report goes to; raises ConfigurationError early where it could never be written."""
    path = options.output
    if path is None:
        return screen_of(_standard_output(), os.environ, no_color=options.no_color)
    if not path or Path(path).is_dir():
        raise ConfigurationError(f"--output names a folder, not a file: {path or '.'}")
    if not Path(path).parent.is_dir():
        raise ConfigurationError(f"the folder of --output {path} does not exist")
    return Screen()


def write(parts: Iterable[str], options: Namespace) -> None:
    """Write a report where the options say; raises ConfigurationError where that is not possible."""
    if options.output is None:
        _to_standard_output(parts, utf8=options.format != "text")
        return
    try:
        with Path(options.output).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.writelines(parts)
    except OSError as error:
        raise ConfigurationError(f"--output {options.output} cannot be written: {describe(error)}") from None


def _to_standard_output(parts: Iterable[str], *, utf8: bool) -> None:
    stream = _standard_output()
    if utf8:  # JSON is UTF-8 whatever the language of the system
        _reconfigure(stream, encoding="utf-8")
    try:
        stream.writelines(parts)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigurationError(f"the report cannot be written: {describe(error)}") from None


def _standard_output() -> TextIO:
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    _reconfigure(sys.stdout, errors="backslashreplace")
    return sys.stdout


def _reconfigure(stream: TextIO, **settings: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**settings)
