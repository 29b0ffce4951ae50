"""``fruslint cache``: shows or clears what is known from earlier runs."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from fruslint.cli import CLEAN
from fruslint.cli.keeping import folder_for
from fruslint.cli.output import add_screen, prepare, write
from fruslint.cli.parser import Parser, one_of
from fruslint.discovery import describe
from fruslint.errors import ConfigurationError
from fruslint.messages import counted

_DESCRIPTION = """\
Shows where fruslint keeps what it found in files, and how much there is; `clear` throws it away, which does no harm:
the next run checks every file again. A run over less than a megabyte keeps nothing but its compiled patterns, with which
the next one starts faster.
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
    screen = prepare(options)
    folder = folder_for(options)
    if folder is None:
        raise ConfigurationError("there is no home folder to keep anything in; name a place with --cache-dir")
    _refuse_closed(folder)
    said = _clear(folder) if options.action == "clear" else _show(folder)
    write([screen.show(said), "\n"], options)
    return CLEAN


def _refuse_closed(folder: Path) -> None:
    """Raise ConfigurationError for a folder that nobody here can look into; there need not be one."""
    try:
        os.listdir(folder)  # noqa: PTH208 - Path.iterdir looks when it is first asked for a name
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {describe(error)}", path=str(folder)) from None


def _show(folder: Path) -> str:
    from fruslint.cache.store import cache_file
    from fruslint.patterns.store import store_files
    from fruslint.sizes import size_in_words

    file = cache_file(folder)
    what = [_results(file)] if file.exists() else []
    patterns = sum(path.stat().st_size for path in store_files(folder))
    if patterns:
        what.append(f"compiled patterns, {size_in_words(patterns)}")
    return f"{folder}: {'; '.join(what) or 'nothing is kept there yet'}"


def _results(file: Path) -> str:
    from fruslint.cache.database import CacheFile, CacheFileError
    from fruslint.sizes import size_in_words

    try:
        opened = CacheFile(file)
        summary = opened.summary()
        opened.close()
    except (CacheFileError, OSError) as error:
        raise ConfigurationError(
            f"it cannot be read: {error}", path=str(file), hint="run `fruslint cache clear`"
        ) from None
    kept = f"{counted(summary.results, 'result')} on {counted(summary.files, 'file')}"
    return f"{kept}, {size_in_words(file.stat().st_size)}"


def _clear(folder: Path) -> str:
    from fruslint.cache.store import cache_file
    from fruslint.patterns.store import store_files

    file = cache_file(folder)
    # what SQLite keeps beside the file while it is in use goes with it
    beside = [file.with_name(file.name + end) for end in ("-wal", "-shm")]
    there = [path for path in (file, *beside, *store_files(folder)) if path.exists()]
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise ConfigurationError(f"it cannot be removed: {describe(error, 'remove')}", path=str(path)) from None
    return f"{folder}: {'its files were removed' if there else 'there was nothing to remove'}"
