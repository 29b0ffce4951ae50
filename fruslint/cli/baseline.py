"""``fruslint baseline``: takes all of today's findings as known, so that only new ones are reported."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN
from fruslint.cli.decisions import enter, look, prune, tell
from fruslint.cli.means import add_means
from fruslint.cli.output import add_screen
from fruslint.cli.parser import Parser
from fruslint.cli.session import add_session, open_session
from fruslint.errors import ConfigurationError
from fruslint.messages import counted
from fruslint.rules import is_guard
from fruslint.silencing.silences import BASELINE

if TYPE_CHECKING:
    from fruslint.findings import Finding
    from fruslint.runner import Outcome
    from fruslint.silencing.ledger import Ledger

_DESCRIPTION = f"""\
Writes all that is found today into {BASELINE}. It is not reported any more, and what comes after is.
What was accepted, or is silenced by an instruction, is left out; and what says that a file was not checked, for nothing
that such a file has is known.
"""
_EPILOG = """\
examples:
  fruslint baseline                the first time, over the whole repository
  fruslint baseline --update       take out what has been corrected since; nothing is added
  fruslint baseline --renew        throw it away and take all of today's findings

The baseline is the nearest one above the files; a new one is made in the root of the repository.
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    add_session(parser)
    add_means(parser)
    group = parser.add_argument_group("a baseline that is there")
    group.add_argument("--update", action="store_true", help="take out what is gone, and add nothing")
    group.add_argument("--renew", action="store_true", help="take all of today's findings instead of the old ones")
    add_screen(parser)


def run(options: Namespace) -> int:
    """Do what the options ask for; raises ConfigurationError, and then nothing is written."""
    if options.update and options.renew:
        raise ConfigurationError("--update and --renew exclude each other")
    if options.update:
        return prune(options, BASELINE)
    from fruslint.silencing.accepting import accept_baseline

    session = open_session(options)
    if not options.renew:
        _refuse_old(session.silences.baselines)
    outcome = look(options, session, session.silences.without_baselines())
    findings, left_out = _to_take_in(outcome)
    paths = [task.found.path for task in session.tasks]
    changed = enter(findings, BASELINE, lambda ledger, here: accept_baseline(_without(ledger, paths), here))
    emptied = _empty_others(session.silences.baselines, changed, paths)
    into = ", ".join(ledger.source.path for ledger in changed)
    took = f"Took {counted(len(findings), 'finding')} into {into}" if findings else "Nothing to take in"
    tell(options, [*emptied, took, *_told_of_unchecked(left_out)])
    return CLEAN


def _to_take_in(outcome: Outcome) -> tuple[list[Finding], int]:
    """What a baseline takes of all that is found, and how many findings say that a file was not checked: those it leaves."""
    from fruslint.silencing.accepting import acceptable

    every = acceptable(outcome.every, {rule.id: rule.kind for rule in outcome.ran})
    guards = {rule.id for rule in outcome.ran if is_guard(rule)}
    findings = [one for one in every if one.rule not in guards]
    return findings, len(every) - len(findings)


def _told_of_unchecked(number: int) -> Iterator[str]:
    if number:
        what = ("that says", "this file") if number == 1 else ("that say", "these files")
        yield f"Left out {counted(number, 'finding')} {what[0]} that a file was not checked: mend {what[1]} first"


def _refuse_old(old: Iterable[Ledger]) -> None:
    for ledger in old:
        if ledger.entries:
            hint = "--update takes out what is gone, --renew takes all of today's findings instead"
            raise ConfigurationError("there is a baseline already", path=ledger.source.path, hint=hint)


def _empty_others(old: Iterable[Ledger], changed: Iterable[Ledger], paths: Sequence[str]) -> list[str]:
    """Take out of the old baselines, but those that were changed, what they say of the files at ``paths``; what was done."""
    from fruslint.silencing.ledger import save

    files = {ledger.file for ledger in changed}
    told = []
    for ledger in old:
        after = _without(ledger, paths)
        gone = len(ledger.entries) - len(after.entries)
        if ledger.file not in files and gone:
            save(ledger, after)
            told.append(f"{ledger.source.path}: took out {counted(gone, 'entry', 'entries')}")
    return told


def _without(ledger: Ledger, paths: Iterable[str]) -> Ledger:
    """The ledger without what it says of the files at ``paths``."""
    from fruslint.silencing.ledger import remove

    names = {ledger.name_of(path) for path in paths}
    return remove(ledger, {entry.key for entry in ledger.entries if entry.file in names})
