"""The file in which results of earlier runs are kept: an SQLite database that may be lost at any time without harm.

Several runs may use it at the same time. What is written is written at the end of a run and all at once: a run that is
killed leaves the file as it was.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from fruslint.record import Record

_VERSION = 3
_PATIENCE = 2.0  # seconds to wait for another run that is writing
_DAY = 86_400
_AT_ONCE = 500  # values in a query; some builds of SQLite take no more than 999
_TABLES = """
CREATE TABLE IF NOT EXISTS states (
  file TEXT PRIMARY KEY, state TEXT NOT NULL, digest BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
  key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL,
  value BLOB NOT NULL, rest BLOB NOT NULL, outline BLOB NOT NULL, facts BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS results_used ON results (used, key, size);
"""

CacheFileError = sqlite3.Error
"""What goes wrong with the file: it is damaged, locked, read-only, on a full disk, or no database at all."""


class State(Record):
    """What a file looked like when its content had this digest."""

    file: str
    state: str
    digest: bytes


class Result(Record):
    """A result under its key; what stands behind its ``value`` are the parts of it that are not always asked for."""

    key: bytes
    value: bytes
    rest: bytes = b""
    outline: bytes = b""
    facts: bytes = b""


class Summary(Record):
    """How many files and results there are, and how many bytes the results take."""

    files: int
    results: int
    size: int


class CacheFile:
    """The open file. Every method raises CacheFileError."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.Error:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        # Nobody waits for the disk: what a loss of power leaves unfinished is known by its digest, or as a damaged file.
        self._connection.execute("PRAGMA synchronous = OFF")
        (version,) = self._one("PRAGMA user_version") or (0,)
        if version == _VERSION:
            return
        # Readers then never wait for a writer; a file system that cannot do it keeps the usual way.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(
            f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS states; DROP TABLE IF EXISTS results; {_TABLES}"
            f"PRAGMA user_version = {_VERSION}; COMMIT;"
        )

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        found: tuple[object, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def states(self, files: Sequence[str]) -> dict[str, State]:
        """What is known of files."""
        rows = self._all("SELECT file, state, digest FROM states WHERE file", files)
        return {file: State(file, str(state), _blob(digest)) for file, state, digest in rows}

    def values(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The results under keys, without their other parts."""
        return {key: _blob(value) for key, value in self._all("SELECT key, value FROM results WHERE key", keys)}

    def rest(self, key: bytes) -> bytes | None:
        """The rest of a result."""
        found = self._one("SELECT rest FROM results WHERE key = ?", key)
        return _blob(found[0]) if found else None

    def outline(self, key: bytes) -> bytes | None:
        """The outline of a result."""
        found = self._one("SELECT outline FROM results WHERE key = ?", key)
        return _blob(found[0]) if found else None

    def facts(self, key: bytes) -> bytes | None:
        """The facts of a result."""
        found = self._one("SELECT facts FROM results WHERE key = ?", key)
        return _blob(found[0]) if found else None

    def _all(self, query: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows in which what a query ends with is one of the values."""
        for first in range(0, len(values), _AT_ONCE):
            some = values[first : first + _AT_ONCE]
            # All at once: rows left behind by a Ctrl-C would be given up when the file is closed already, and complain.
            yield from self._connection.execute(f"{query} IN ({','.join('?' * len(some))})", some).fetchall()

    def write(
        self,
        states: Iterable[State],
        results: Iterable[Result],
        used: Iterable[bytes],
        limit: int,
        renewed: Iterable[Result] = (),
    ) -> None:
        """Keep states and results, note which older ones were ``used``, and drop the oldest above ``limit`` bytes.

        Results that are ``renewed`` and there keep their facts and outline, and their rest where the new one is empty.
        """
        today = int(time.time()) // _DAY
        with closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                cursor.executemany("INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)", _dated(states, today))
                cursor.executemany(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)",
                    ((one.key, today, sum(map(len, one[1:])), *one[1:]) for one in results),
                )
                cursor.executemany(
                    "UPDATE results SET value = ?1, rest = IFNULL(?2, rest), "
                    "size = size - LENGTH(value) - LENGTH(rest) + LENGTH(?1) + LENGTH(IFNULL(?2, rest)) WHERE key = ?3",
                    ((one.value, one.rest or None, one.key) for one in renewed),
                )
                touched = ((today, key, today) for key in used)
                cursor.executemany("UPDATE results SET used = ? WHERE key = ? AND used < ?", touched)
                _prune(cursor, limit)
                cursor.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise

    def summary(self) -> Summary:
        """What is in the file."""
        (files,) = self._one("SELECT COUNT(*) FROM states") or (0,)
        results, size = self._one("SELECT COUNT(*), TOTAL(size) FROM results") or (0, 0)
        return Summary(int(str(files)), int(str(results)), int(float(str(size))))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _dated(states: Iterable[State], today: int) -> Iterator[tuple[str, str, bytes, int]]:
    for state in states:
        yield *state, today


def _prune(cursor: sqlite3.Cursor, limit: int) -> None:
    """Drop the results that were used least lately until the rest is below the limit, and states as old as those."""
    (size,) = cursor.execute("SELECT TOTAL(size) FROM results").fetchone()
    if size <= limit:
        return
    # Down to half of the limit, so that this is seldom done.
    cursor.execute(
        "DELETE FROM results WHERE key IN (SELECT key FROM "
        "(SELECT key, SUM(size) OVER (ORDER BY used DESC, key) AS above FROM results) WHERE above > ?)",
        (limit // 2,),
    )
    cursor.execute("DELETE FROM states WHERE used < (SELECT MIN(used) FROM results)")


def _blob(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
