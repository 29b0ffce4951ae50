"""How command lines are read: argparse with kinder errors, and the values that several commands share."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NoReturn

from fruslint.cli import CLEAN, COMMANDS, USAGE, write_out

_OVERVIEW = """\
usage: fruslint COMMAND [OPTIONS]

Checks edition files: plain-text memoranda and TEI volumes of a documentary edition.

commands:
{commands}

options:
  -h, --help     show this help; `fruslint COMMAND --help` shows that of a command
  -V, --version  show the version

Begin with one file or folder:
  fruslint check memoranda/d326.txt
  fruslint check memoranda/
and ask about a finding that you do not understand:
  fruslint explain NOTE001
"""


class _Formatter(argparse.HelpFormatter):
    """Fits help into the terminal; argparse makes a formatter for each option, and asks ``shutil`` each time."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Paragraphs, each in the lines that the terminal has room for; what stands in columns stays as it is."""
        import textwrap

        parts = text.rstrip("\n").split("\n\n")
        # an option or the name of a file stays in one piece
        filled = (one if "  " in one else textwrap.fill(one, width, break_on_hyphens=False) for one in parts)
        return "\n\n".join(filled) + "\n"


@cache
def _columns() -> int:
    from fruslint.terminal import screen_of

    return screen_of(sys.stdout, os.environ).width


class Parser(argparse.ArgumentParser):
    """Knows the nearest right word for a wrong option, and takes no abbreviated ones."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(allow_abbrev=False, **settings)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options in ``arguments``; options and paths may come in any order."""
        given = _without_end_of_options(arguments)
        options, unknown = self.parse_known_args(given)
        if unknown:  # perhaps paths on both sides of an option: argparse can do that, but writes its usage beforehand
            options, unknown = self.parse_known_intermixed_args(given)
        wrong = next((word for word in unknown if word.startswith("-")), None)
        if wrong is not None:
            name = wrong.split("=")[0]
            self.error(_suggest(f"there is no option {name}", name, self._option_string_actions))
        if unknown:
            self.error(f"there is one word too many: {unknown[0]}")
        return options

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end with the exit code for that."""
        from fruslint.terminal import visible

        message = visible(message.removeprefix("argument "))
        self.exit(USAGE, f"{self.prog}: {message}\nTry `{self.prog} --help`.\n")


def _without_end_of_options(arguments: Sequence[str]) -> list[str]:
    """The arguments without ``--``; a file behind it whose name begins with a dash is named so that it is no option."""
    if "--" not in arguments:
        return list(arguments)
    end = arguments.index("--")
    words = (f"./{word}" if word.startswith("-") and word != "-" else word for word in arguments[end + 1 :])
    return [*arguments[:end], *words]


def _suggest(message: str, word: str, known: Any) -> str:
    from fruslint.near import did_you_mean

    hint = did_you_mean(word, known)
    return f"{message}; {hint}" if hint else message


def command_parser(name: str) -> Parser:
    """An empty parser for a command."""
    return Parser(prog=f"fruslint {name}")


def overview(arguments: Sequence[str]) -> int:
    """Answer a command line without a command: with help, or with what is wrong about it."""
    if arguments and arguments[0] not in {"-h", "--help"}:
        Parser(prog="fruslint").error(_no_command(arguments[0]))
    commands = "\n".join(f"  {name:<13}  {text}" for name, text in COMMANDS.items())
    text = _OVERVIEW.format(commands=commands)
    if arguments:
        return write_out(text, CLEAN)
    sys.stderr.write(text)
    return USAGE


def _no_command(word: str) -> str:
    from pathlib import Path

    if word.startswith("-"):
        known = {"--help", "--version"}
        if word == "--version":
            return "--version stands alone"
        return _suggest(f"there is no option {word} before a command", word, known)
    if Path(word).exists():
        return f"`{word}` is not a command; did you mean `fruslint check {word}`?"
    plain = f"there is no command `{word}`"
    said = _suggest(plain, word, COMMANDS)
    return said if said != plain else f"{plain} (commands: {', '.join(COMMANDS)})"


def one_of(*words: str) -> Callable[[str], str]:
    """A type of argument: one of a few words."""

    def convert(value: str) -> str:
        if value in words:
            return value
        from fruslint.near import did_you_mean

        hint = did_you_mean(value, words)
        known = f"; {hint}" if hint else f" (it can be {', '.join(words[:-1])} or {words[-1]})"
        raise argparse.ArgumentTypeError(f"there is no `{value}`{known}")

    return convert


def count(value: str) -> int:
    """A type of argument: a whole number from 0."""
    if value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    raise argparse.ArgumentTypeError(f"`{value}` is not a whole number")


def size(value: str) -> int:
    """A type of argument: a number of bytes, with K, M or G for powers of 1024."""
    from fruslint.sizes import parse_size

    found = parse_size(value)
    if found is not None:
        return found
    raise argparse.ArgumentTypeError(f"`{value}` is not a size; write it like 500K, 64M or 2G")


def words(value: str) -> list[str]:
    """A type of argument: words with commas between them; the action ``extend`` lets the option be given again.

    An empty one is refused: all rules would run where a script meant to name some.
    """
    found = [word.strip() for word in value.split(",") if word.strip()]
    if found:
        return found
    raise argparse.ArgumentTypeError(f"`{value}` names nothing; leave the option out, or write it like NOTE,PAGE001")
