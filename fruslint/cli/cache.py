"""``fruslint cache``: shows or clears what is known from earlier runs."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from fruslint.cli import CLEAN
from fruslint.cli.output import add_screen, prepare, write
from fruslint.cli.parser import Parser, one_of
from fruslint.discovery import describe
from fruslint.errors import ConfigurationError

_DESCRIPTION = """\
Shows where fruslint keeps what it found in files, and how much there is; `clear` throws it away, which does no harm:
the next run checks every file again. A run over less than a megabyte keeps nothing.
"""
_EPILOG = """\
examples:
  fruslint cache           where it is and how large
  fruslint cache clear     begin a new one

environment:
  FRUSLINT_CACHE_DIR       the folder, if it is not to be the usual one of your system
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument(
        "action", nargs="?", type=one_of("show", "clear"), default="show", metavar="ACTION", help="show or clear"
    )
    parser.add_argument("--cache-dir", metavar="FOLDER", help="the folder, if it is not the usual one")
    add_screen(parser)


def run(options: Namespace) -> int:
    """Show or clear the cache; raises ConfigurationError where that is not possible."""
    from fruslint.cache import cache_file, cache_folder

    screen = prepare(options)
    file = cache_file(Path(options.cache_dir) if options.cache_dir else cache_folder(os.environ))
    said = _clear(file) if options.action == "clear" else _show(file)
    write([screen.show(said), "\n"], options)
    return CLEAN


def _show(file: Path) -> str:
    from fruslint.cachefile import CacheFile, CacheFileError
    from fruslint.files import size_in_words

    if not file.exists():
        return f"{file}: nothing is kept there yet"
    try:
        opened = CacheFile(file)
        summary = opened.summary()
        opened.close()
    except (CacheFileError, OSError) as error:
        raise ConfigurationError(
            f"it cannot be read: {error}", path=str(file), hint="run `fruslint cache clear`"
        ) from None
    results = "1 result" if summary.results == 1 else f"{summary.results:,} results"
    files = "1 file" if summary.files == 1 else f"{summary.files:,} files"
    return f"{file}: {results} on {files}, {size_in_words(file.stat().st_size)}"


def _clear(file: Path) -> str:
    # what SQLite keeps beside the file while it is in use goes with it
    there = [path for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))) if path.exists()]
    try:
        for path in there:
            path.unlink()
    except OSError as error:
        raise ConfigurationError(f"it cannot be removed: {describe(error)}", path=str(file)) from None
    return f"{file}: {'removed' if there else 'there was nothing to remove'}"
