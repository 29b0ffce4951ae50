"""Where a command writes: a stream that takes every character, on whatever system and into whatever pipe."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _ArgumentGroup
from collections.abc import Iterable, Iterator
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
    add_where(group)


def add_screen(parser: Parser) -> None:
    """Add the options that say where to write what has but one form."""
    parser.set_defaults(format="text")
    add_where(parser.add_argument_group("output"))


def add_where(group: _ArgumentGroup) -> None:
    """Add the options that say where to write, and without colours."""
    group.add_argument("--output", metavar="FILE", help="write to this file instead of the screen")
    group.add_argument("--no-color", action="store_true", help="no colours, whatever the terminal")


def prepare(options: Namespace) -> Screen:
    """The screen that a report goes to; raises ConfigurationError early where it could never be written."""
    if options.output is None:
        return screen_for(options)
    prepare_file(options.output, "--output")
    return Screen()


def screen_for(options: Namespace) -> Screen:
    """The screen behind standard output."""
    return screen_of(_standard_output(), os.environ, no_color=options.no_color)


def prepare_file(path: str, option: str) -> None:
    """Raise ConfigurationError where ``option`` names a file that could never be written."""
    if not path or os.path.isdir(path):  # noqa: PTH112 - a path may hold what pathlib refuses
        raise ConfigurationError(f"{option} names a folder, not a file: {path or '.'}")
    if not os.path.isdir(os.path.dirname(path) or "."):  # noqa: PTH112, PTH120
        raise ConfigurationError(f"the folder of {option} {path} does not exist")


def write(parts: Iterable[str], options: Namespace) -> None:
    """Write a report where the options say; raises ConfigurationError where that is not possible."""
    write_to(parts, options.output, "--output", utf8=options.format != "text")


def write_to(parts: Iterable[str], path: str | None, option: str, *, utf8: bool) -> None:
    """Write a report to the file ``path`` that ``option`` names, or to standard output; raises ConfigurationError.

    A file is written whole or not at all, and always in UTF-8.
    """
    if path is None:
        _to_standard_output(parts, utf8=utf8)
        return
    from fruslint.atomic import write_whole

    try:
        write_whole(path, (part.encode("utf-8", "backslashreplace") for part in parts))
    except OSError as error:
        raise ConfigurationError(f"{option} {path} cannot be written: {describe(error, 'write')}") from None


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
        raise ConfigurationError(f"the report cannot be written: {describe(error, 'write')}") from None


def write_bytes(parts: Iterable[bytes], *, colored: bool = False) -> None:
    """Write bytes to standard output as they are; raises ConfigurationError where that is not possible.

    On a terminal they are shown as text that can do no harm, the lines of a diff in colours if ``colored``.
    """
    stream = _standard_output()
    if stream.isatty():
        _to_standard_output(_harmless(parts, screen_of(stream, os.environ), colored), utf8=False)
        return
    try:
        stream.flush()
        stream.buffer.writelines(parts)
        stream.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigurationError(f"standard output cannot be written: {describe(error, 'write')}") from None


def _harmless(parts: Iterable[bytes], screen: Screen, colored: bool) -> Iterator[str]:
    styles = {"+": "good", "-": "error", "@": "info"} if colored else {}
    for part in parts:
        for line in part.decode("utf-8", "replace").split("\n"):
            shown = screen.show(line)
            yield (screen.paint(shown, styles[line[0]]) if line[:1] in styles else shown) + "\n"


def _standard_output() -> TextIO:
    _reconfigure(sys.stdout, errors="backslashreplace")
    return sys.stdout


def _reconfigure(stream: TextIO, **settings: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**settings)
