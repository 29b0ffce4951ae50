"""Takes findings into a ledger: as accepted, with a reason, or as a baseline."""

from __future__ import annotations

import os
from collections.abc import Iterable

from fruslint.findings import Finding
from fruslint.paths import lies_in
from fruslint.patterns import late
from fruslint.repository.root import repository_of
from fruslint.silencing.ledger import Entry, Ledger, add
from fruslint.silencing.lint import KIND
from fruslint.silencing.silences import NEVER, find_ledgers

_TAG = late(r"<[^<>]*>|^[^<>]*>|<[^<>]*$")
_WORDS = 5
_LONGEST = 60


def acceptable(findings: Iterable[Finding], kinds: dict[str, str]) -> list[Finding]:
    """Those of ``findings`` that can be accepted: not a failure of fruslint, and not what is said of decisions.

    ``kinds`` gives the kind of each rule by its id.
    """
    return [one for one in findings if one.rule not in NEVER and kinds.get(one.rule) != KIND]


def accept(ledger: Ledger, findings: Iterable[Finding], reason: str, author: str, date: str) -> Ledger:
    """The ledger with these findings, which need their fingerprints and lie below its folder, as accepted."""
    return add(ledger, [_entry(ledger, one)._replace(reason=reason, author=author, date=date) for one in findings])


def accept_baseline(ledger: Ledger, findings: Iterable[Finding]) -> Ledger:
    """The baseline with these findings, which need their fingerprints and lie below its folder."""
    short = (_entry(ledger, finding)._replace(document="", words="", message="") for finding in findings)
    return add(ledger, short)


def ledger_for(path: str, name: str) -> str:
    """The file that decisions on the file at ``path`` go to: the nearest ledger of that name, or where one belongs.

    A new one belongs into the root of the repository; without a repository into the current folder, or beside a file
    that does not lie below it.
    """
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    existing = (file for file in find_ledgers(folder, {}) if file.rpartition("/")[2] == name)
    return next(existing, "") or f"{_home(folder)}/{name}"


def _home(folder: str) -> str:
    root = repository_of(folder)
    if root is not None:
        return root
    current = os.getcwd()  # noqa: PTH109
    return current if lies_in(folder, current) else folder


def _entry(ledger: Ledger, finding: Finding) -> Entry:
    name = ledger.name_of(finding.place.path)
    if name is None:
        raise ValueError(f"{finding.place.path} does not lie below {ledger.folder}")
    words = words_around(finding)
    return Entry(finding.rule, name, finding.fingerprint, finding.document, words, finding.message)


def words_around(finding: Finding) -> str:
    """What a finding marks, in brackets, with a few words on either side, as people would quote it."""
    place = finding.place
    start = place.start.column - place.excerpt.column
    end = start + place.span.end - place.span.start
    text = place.excerpt.text
    marked = " ".join(text[start:end].split())
    short = marked if len(marked) <= _LONGEST else f"{marked[:_LONGEST]}…"
    before = _plain(text[:start]).split()[-_WORDS:]
    behind = _plain(text[end:]).split()[:_WORDS]
    return " ".join([*before, f"[{short}]", *behind])


def _plain(text: str) -> str:
    return _TAG.sub(" ", text)
