"""Where a run keeps what the next one can use again."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from fruslint.cache.folder import cache_folder


def folder_for(options: Namespace) -> Path | None:
    """The folder that the options of a command name, or the usual one; None where nothing is to be kept, or nowhere."""
    if getattr(options, "no_cache", False):
        return None
    given = getattr(options, "cache_dir", None)
    try:
        return Path(given) if given else cache_folder(os.environ)
    except RuntimeError:  # a user without a home
        return None
