"""The command line: finds the command, runs it, and turns whatever happens into an exit code.

Exit codes: 0 nothing to report, 1 findings, 2 wrong usage or configuration, 3 an error inside fruslint.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from fruslint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself is too slow to load for --version
    from argparse import Namespace
    from typing import NoReturn, TextIO

    from fruslint.errors import ConfigurationError

CLEAN, FINDINGS, USAGE, INTERNAL = 0, 1, 2, 3
INTERRUPTED, BROKEN_PIPE = 130, 141  # what a shell reports for a program that these signals end

# command -> what it does; each is a module of this package with `configure(parser)` and `run(arguments)`
COMMANDS = {
    "check": "check files and folders",
    "fix": "fix what needs no judgement",
    "renumber": "make the notes of documents count up again",
    "accept": "write down that findings are right as printed, and why",
    "baseline": "take all of today's findings as known",
    "init": "write a configuration that suits the files at hand",
    "config": "show what is configured for a file, and where",
    "rules": "list the rules",
    "explain": "explain a rule, with examples",
    "lsp": "answer an editor while you type",
    "cache": "show or clear what is known from earlier runs",
}


def program() -> NoReturn:
    """The command line of a process that does nothing else, and ends with the exit code.

    It ends at once: to take down all that was loaded, piece by piece, takes a tenth of a check of one memorandum. All
    that must be closed was closed by those who opened it.
    """
    import gc

    gc.disable()
    code = main()
    _wait_for_processes()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it any more, or it is closed
            continue
    os._exit(code)


def _wait_for_processes() -> None:
    """Wait for the processes that this one began. They were told to go some time ago, and most have gone."""
    processes = sys.modules.get("multiprocessing")
    if processes is not None:
        for process in processes.active_children():
            process.join()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: that of the process) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    sys.stdout = sys.stdout or _nowhere()  # whoever started us may have closed them
    sys.stderr = sys.stderr or _nowhere()
    try:
        return write_out("", _ended(arguments))
    except KeyboardInterrupt:
        return _failed("stopped", INTERRUPTED)
    except BrokenPipeError:
        return _pipe_closed()
    except Exception as error:
        if os.environ.get("FRUSLINT_DEBUG"):
            raise
        return _unexpected(error)


def _ended(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except SystemExit as stop:  # argparse ends --help and wrong usage like this
        return stop.code if isinstance(stop.code, int) else CLEAN


def write_out(text: str, code: int) -> int:
    """Write a text, with all that is still in the buffer: the exit code, or that of wrong usage where that fails."""
    try:
        if not sys.stdout.closed:  # a language server closes it when it ends
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from fruslint.discovery import describe

        # Where a report could not be written either, that has been said.
        said = f"standard output cannot be written: {describe(error, 'write')}"
        return code if code == USAGE else _failed(said, USAGE)
    return code


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):  # no need to load anything for this
        return write_out(f"fruslint {__version__}\n", CLEAN)
    from fruslint.cli.parser import command_parser, overview

    if not arguments or arguments[0] not in COMMANDS:
        return overview(arguments)
    name, *rest = arguments
    module = import_module(f"fruslint.cli.{name}")
    parser = command_parser(name)
    module.configure(parser)
    return _guarded(module, parser.parse(rest))


def _guarded(module: object, options: Namespace) -> int:
    from fruslint.cli.keeping import folder_for
    from fruslint.errors import ConfigurationError
    from fruslint.memory import paused_collector
    from fruslint.patterns import kept_patterns

    try:
        # to load all that a command needs takes a tenth less without the search
        with paused_collector(), kept_patterns(folder_for(options)):
            code: int = module.run(options)  # type: ignore[attr-defined]
    except ConfigurationError as error:
        return _failed(_told(error), USAGE)
    return code


def _told(error: ConfigurationError) -> str:
    """What is wrong, and the line and place in the file that says it."""
    from fruslint.terminal import Screen, visible

    said = visible(f"{error.message}; {error.hint}" if error.hint else error.message)
    if error.place is None:
        return f"{visible(error.path)}: {said}" if error.path else said
    from fruslint.reporters.text import excerpt, where

    lines = excerpt(error.place, Screen()).rstrip("\n")
    return f"{where(error.place, Screen())}: {said}" + (f"\n{lines}" if lines else "")


def _failed(message: str, code: int) -> int:
    sys.stderr.write(f"fruslint: {message}\n")
    return code


def _pipe_closed() -> int:
    # The reader of our output has gone. What is still in the buffer must not be written when Python ends.
    sys.stdout = _nowhere()
    return BROKEN_PIPE


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123


def _unexpected(error: Exception) -> int:
    from fruslint.terminal import visible

    said = visible(f"{type(error).__name__}: {error}")
    return _failed(
        f"something went wrong inside fruslint, and the check is not complete.\n  {said}\n"
        "Please report this with the line above. Set FRUSLINT_DEBUG=1 to see where it happened.",
        INTERNAL,
    )
