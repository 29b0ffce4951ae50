"""Compiled patterns, kept from run to run.

To compile a regular expression takes its time, and a run on one memorandum uses about a hundred of them: that would be a
sixth of its work. What the compiler makes of a pattern is a row of numbers, and a pattern made from these
numbers is there at once. Python does the same with its modules (`__pycache__`).

How to get at the numbers is an affair of CPython. So everything here may fail without harm: a pattern that is not known,
or a Python that does it in another way, has its patterns compiled as ever. Only a pattern that is equal to the one
Python makes is kept, and Python looks over the numbers before it uses them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from array import array
from importlib import import_module
from pathlib import Path
from typing import Any

from fruslint import __version__

_STAMP = f"fruslint {__version__}, Python {sys.version}"
_MOST = 4_000
"""Patterns; where there are more, house rules have come and gone, and the store begins anew with what a run needs."""
_SIZE_OF_SUM = 4
_NUMBERS = "I"  # four bytes, what CPython uses too
_UNSUITED = (ImportError, AttributeError, TypeError, ValueError, KeyError, IndexError, OverflowError, RuntimeError)
"""What comes of numbers that are not what this Python takes, and of a Python that has none."""

_Key = tuple[str, int]
_Entry = tuple[int, int, int, int, dict[str, int]]
"""The flags of the compiled pattern, where its numbers begin and how many there are, its groups, and their names."""


def store_file(folder: Path) -> Path:
    """The file with the patterns of this Python in a folder of caches."""
    return folder / f"patterns-{sys.implementation.cache_tag}.bin"


def store_files(folder: Path) -> list[Path]:
    """The files with patterns in a folder of caches, those of all Pythons."""
    return sorted(folder.glob("patterns-*.bin"))


class PatternStore:
    """The patterns in one file, which may be missing or damaged; it is read when the first pattern is needed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._entries: dict[_Key, _Entry] | None = None
        self._numbers = array(_NUMBERS)
        self._used: set[_Key] = set()
        self._missing: list[_Key] = []

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """The same as ``re.compile``; raises re.error."""
        if self._entries is None:
            self._entries, self._numbers = _read(self._file)
        key = (pattern, int(flags))
        self._used.add(key)
        entry = self._entries.get(key)
        if entry is not None:
            try:
                return _made(pattern, entry, self._numbers)
            except _UNSUITED:
                del self._entries[key]
        self._missing.append(key)
        return re.compile(pattern, flags)

    def save(self) -> None:
        """Write the file anew if patterns were compiled that it has not; where that cannot be done it is left as it is."""
        missing, self._missing = self._missing, []
        if not missing or not _may_write(self._file):
            return
        entries, numbers = _read(self._file)  # another run may have written it by now
        if len(entries) + len(missing) > _MOST:
            entries, numbers, missing = {}, array(_NUMBERS), sorted(self._used)
        try:
            for key in missing:
                entries[key] = _entry(*key, numbers)
        except _UNSUITED:
            return
        _write(self._file, entries, numbers)


def _made(pattern: str, entry: _Entry, numbers: array[int]) -> re.Pattern[str]:
    flags, start, length, groups, names = entry
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    code = numbers[start : start + length].tolist()
    made: re.Pattern[str] = _private("_sre").compile(pattern, flags, code, groups, names, tuple(by_number))
    return made


def _entry(pattern: str, flags: int, numbers: array[int]) -> _Entry:
    """What a pattern is made from; its numbers are put at the end of ``numbers``. Raises ValueError where that fails."""
    compiled = re.compile(pattern, flags)
    tree = _private("re._parser").parse(pattern, flags)
    code = [int(number) for number in _private("re._compiler")._code(tree, flags)]
    entry = (compiled.flags, len(numbers), len(code), compiled.groups, dict(compiled.groupindex))
    numbers.extend(code)
    if _made(pattern, entry, numbers) != compiled:
        raise ValueError(pattern)
    return entry


def _private(name: str) -> Any:
    """A module that only CPython has; raises ImportError."""
    return import_module(name)


def _read(file: Path) -> tuple[dict[_Key, _Entry], array[int]]:
    """What is in the file; nothing, where it is missing, damaged, or was written by another program or Python."""
    nothing: dict[_Key, _Entry] = {}
    try:
        data = file.read_bytes()
    except (OSError, ValueError):
        return nothing, array(_NUMBERS)
    body = memoryview(data)[_SIZE_OF_SUM:]
    if data[:_SIZE_OF_SUM] != _sum(body):
        return nothing, array(_NUMBERS)
    length = int.from_bytes(body[:4], "little")
    try:
        stamp, rows = json.loads(bytes(body[4 : 4 + length]))
        entries = {(pattern, flags): (*rest, names) for pattern, flags, *rest, names in rows}
        numbers = array(_NUMBERS, bytes(body[4 + length :]))
    except _UNSUITED:
        return nothing, array(_NUMBERS)
    return (entries, numbers) if stamp == _STAMP else (nothing, array(_NUMBERS))


def _write(file: Path, entries: dict[_Key, _Entry], numbers: array[int]) -> None:
    from fruslint.atomic import write_whole

    rows = [[*key, *entry] for key, entry in entries.items()]
    head = json.dumps([_STAMP, rows], separators=(",", ":")).encode()
    body = len(head).to_bytes(4, "little") + head + numbers.tobytes()
    try:
        write_whole(str(file), (_sum(body), body))
    except OSError:
        return  # the next run compiles its patterns as this one did


def _sum(body: bytes | memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SIZE_OF_SUM, "little")


def _may_write(file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(file.parent, os.W_OK)
