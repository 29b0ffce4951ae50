"""Where what is known from earlier runs is kept."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where caches of a user are kept on this system; FRUSLINT_CACHE_DIR names another place."""
    if environ.get("FRUSLINT_CACHE_DIR"):
        return Path(environ["FRUSLINT_CACHE_DIR"])
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "fruslint"
