"""Where a run finds what is not to be reported; it looks at names only, and most runs need no more than this."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fruslint.findings import INTERNAL, UNCHECKED, UNWRITTEN
from fruslint.record import Record

if TYPE_CHECKING:
    from fruslint.findings import Finding
    from fruslint.rules import Rule
    from fruslint.silencing.ledger import Ledger

ACCEPTED = "fruslint-accepted.yaml"
BASELINE = "fruslint-baseline.yaml"
NAMES = (ACCEPTED, BASELINE)
NEVER = frozenset({INTERNAL, UNCHECKED, UNWRITTEN})
"""The rules whose findings nobody can silence: a run that is not complete must not look like one that is."""

Known = dict[str, tuple[str, ...]]


class Silences(Record):
    """What a run needs to leave out what someone decided on: the ledgers, and all rules there are, used or not.

    ``roots`` are the folders that are looked at as a whole: only there can be told that a file is gone. ``changed`` are
    the paths of the files that are reported on, where these are not all; ``before`` are the fingerprints of what was
    found in them earlier, where only new findings are reported. If not ``heeded``, decisions make no difference.
    ``configurations`` are the files (absolute) whose patterns were judged, and with them what was decided on these.
    """

    known: tuple[Rule, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    roots: tuple[str, ...] = ()
    changed: frozenset[str] | None = None
    before: Mapping[str, Sequence[str]] | None = None
    heeded: bool = True
    configurations: frozenset[str] = frozenset()

    @property
    def baselines(self) -> tuple[Ledger, ...]:
        """Those of the ledgers that say what was there, and not what someone decided on."""
        return tuple(ledger for ledger in self.ledgers if ledger.is_baseline)

    def without_baselines(self) -> Silences:
        """What someone decided on, and nothing else."""
        return self._replace(ledgers=tuple(ledger for ledger in self.ledgers if not ledger.is_baseline))

    @property
    def needs_fingerprints(self) -> bool:
        """Whether findings must be known again."""
        return bool(self.heeded and self.ledgers) or self.before is not None

    @property
    def leaves_all(self) -> bool:
        """Whether all is reported that was found in files without instructions."""
        return self.changed is None and not (self.heeded and self.ledgers)

    def reports_on(self, path: str) -> bool:
        """Whether what is found in the file at ``path`` is reported."""
        return self.changed is None or path in self.changed

    def news(self, findings: list[Finding]) -> list[Finding]:
        """Those of the findings that are in changed files or in ledgers, and were not there before."""
        if self.changed is None:
            return findings
        ledgers = {ledger.source.path for ledger in self.ledgers}
        wanted = [one for one in findings if one.place.path in self.changed or one.place.path in ledgers]
        return wanted if self.before is None else _news(wanted, self.before)


def _news(findings: list[Finding], before: Mapping[str, Sequence[str]]) -> list[Finding]:
    from fruslint.fingerprints import paired

    by_path: dict[str, list[str]] = {}
    for finding in findings:
        by_path.setdefault(finding.place.path, []).append(finding.fingerprint)
    known = {path: paired(found, before.get(path, ())) for path, found in by_path.items()}
    return [one for one in findings if not one.fingerprint or one.fingerprint not in known[one.place.path]]


def find_silences(known: Iterable[Rule], paths: Iterable[str], roots: Iterable[str]) -> Silences:
    """What holds for the files at ``paths``; ``roots`` are the paths that were asked for. Raises ConfigurationError."""
    found = ledger_files(paths)
    if not found:
        return Silences(tuple(known))
    from fruslint.silencing.ledger import load

    folders = (os.path.abspath(root) for root in roots if os.path.isdir(root))  # noqa: PTH100, PTH112
    return Silences(tuple(known), tuple(map(load, found)), tuple(folders))


def ledger_files(paths: Iterable[str]) -> tuple[str, ...]:
    """The ledgers that hold for files, the nearest first."""
    known: Known = {}
    shown = dict.fromkeys(path.rpartition("/")[0] or ("/" if path[:1] == "/" else ".") for path in paths)
    folders = dict.fromkeys(os.path.abspath(folder) for folder in shown)  # noqa: PTH100
    return tuple(dict.fromkeys(file for folder in folders for file in find_ledgers(folder, known)))


def find_ledgers(folder: str, known: Known) -> tuple[str, ...]:
    """The ledgers that hold for the files in ``folder`` (an absolute path): in it, and above it in its repository.

    ``known`` keeps what was found, by folder; give the same table for all folders of a run.
    """
    if folder not in known:
        files = (f"{folder.rstrip('/')}/{name}" for name in NAMES)
        here = tuple(file for file in files if os.path.lexists(file))
        above = os.path.dirname(folder)  # noqa: PTH120
        last = above == folder or os.path.lexists(f"{folder}/.git")
        known[folder] = here if last else here + find_ledgers(above, known)
    return known[folder]
