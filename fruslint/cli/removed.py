"""Volumes that were taken out since a revision: all of their ids are gone with them."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fruslint.findings import Finding, place
from fruslint.paths import is_volume, lies_in
from fruslint.record import Record
from fruslint.source import Source, Span, UndecodableError, decode

if TYPE_CHECKING:
    from fruslint.cli.session import Session
    from fruslint.repository.revisions import Change
    from fruslint.rules import Rule

_ALIKE = 0.5  # of the bytes; git takes a file for another one by the same measure


class Removed(Record):
    """A volume that is not there any more: the name reports have for it, and what it held."""

    path: str
    data: bytes


def removed_volumes(options: Namespace, session: Session, changes: Iterable[Change]) -> dict[str, str]:
    """The volumes that were taken out of the folders to check: the name of each in reports, and git's name for it."""
    from fruslint.discovery import Exclusion, reported_path

    roots = [os.path.realpath(path) for path in options.paths or ["."] if os.path.isdir(path)]
    exclusion = Exclusion(options.exclude, session.house)
    found: dict[str, str] = {}
    for change in changes:
        if change.path or not is_volume(change.before):
            continue
        shown = reported_path(change.before)
        absolute = os.path.abspath(shown)
        wanted = any(lies_in(change.before, root) for root in roots) and exclusion.takes(absolute)
        if wanted and not exclusion.leaves_out(shown, absolute):
            found[shown] = change.blob
    return found


def renamed(removed: Sequence[Removed], new: Mapping[str, bytes]) -> dict[str, Removed]:
    """The new files that are a removed one under another name, by their paths.

    git sees that itself where the new file is known to it; here it is seen for files that are not added yet.
    """
    found: dict[str, Removed] = {}
    for one in removed:
        likest = max(new, key=lambda path: _likeness(one.data, new[path]), default="")
        if likest and likest not in found and _likeness(one.data, new[likest]) >= _ALIKE:
            found[likest] = one
    return found


def _likeness(one: bytes, other: bytes) -> float:
    """The share of the longer one whose lines stand in both."""
    common = Counter(one.splitlines(keepends=True)) & Counter(other.splitlines(keepends=True))
    return sum(len(line) * times for line, times in common.items()) / max(len(one), len(other), 1)


def vanished(removed: Iterable[Removed], session: Session) -> Iterator[Finding]:
    """One finding for each volume that took ids along, at its beginning."""
    from fruslint.silencing.coverage import COMPARING

    for rule in session.engine.rules:
        if rule.kind == COMPARING:
            findings = (_finding(rule, one) for one in removed)
            taken = (session.engine.taken(one, one.place.path) for one in findings if one is not None)
            yield from (one for one in taken if one is not None)


def _finding(rule: Rule, removed: Removed) -> Finding | None:
    from fruslint.checks.vanished_id import values_of_removed
    from fruslint.messages import template

    try:
        values = values_of_removed(decode(removed.data).text)
    except UndecodableError:
        return None
    if not values:
        return None
    where = place(Source(removed.path, ""), Span(0, 0))
    return Finding(rule.id, rule.severity, where, template(rule.message).fill(values))
