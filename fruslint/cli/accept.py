"""``fruslint accept``: writes down that findings are right as they are printed, and why."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN
from fruslint.cli.decisions import enter, look, prune, tell
from fruslint.cli.means import add_means
from fruslint.cli.output import add_screen
from fruslint.cli.parser import Parser, words
from fruslint.cli.session import add_session, open_session
from fruslint.discovery import reported_path
from fruslint.errors import ConfigurationError
from fruslint.messages import counted
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.silencing.silences import ACCEPTED, ledger_files

if TYPE_CHECKING:
    from fruslint.cli.session import Session
    from fruslint.findings import Finding
    from fruslint.runner import Outcome
    from fruslint.silencing.ledger import Ledger

_AT = late(r"(.+?):(\d{1,9})(?::(\d{1,9}))?")
_CONFIGURATIONS = (".yaml", ".toml")
_MOST_SHOWN = 20

_DESCRIPTION = f"""\
Writes findings that are right as they are printed into the ledger {ACCEPTED}, with the reason, who decided so,
and when. They are not reported any more, wherever their lines move, until the words there change.
"""
_EPILOG = """\
examples:
  fruslint accept --at memoranda/d326.txt:16 --reason "The original has it so."
  fruslint accept memoranda --rule NAME001 --reason "Both spellings are his own."
  fruslint accept --prune                    take out what is gone
  fruslint accept --resolve                  keep both sides where a merge left a conflict

The ledger is the nearest one above the files; a new one is made in the root of the repository.
"""


class At(Record):
    """A place on the command line: a file, a line, and a column or 0."""

    path: str
    line: int
    column: int


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    add_session(parser)
    add_means(parser)
    group = parser.add_argument_group("which findings, and why")
    group.add_argument(
        "--rule", action="extend", type=words, metavar="RULES", help="findings of these rules (ids or names)"
    )
    group.add_argument("--at", action="append", type=at, metavar="PATH:LINE[:COL]", help="findings at this place")
    group.add_argument("--all", action="store_true", help="all findings in the files that are named")
    group.add_argument("--reason", metavar="TEXT", help="why they are right; needed")
    group.add_argument("--author", metavar="NAME", help="who decides; default: user.name of git")
    other = parser.add_argument_group("keep the ledger in order")
    other.add_argument("--prune", action="store_true", help="take out entries that silence nothing, or name no rule")
    other.add_argument("--resolve", action="store_true", help="keep the entries of both sides of a merge, each once")
    add_screen(parser)


def at(value: str) -> At:
    """A type of argument: ``path:line`` or ``path:line:column``."""
    found = _AT.fullmatch(value)
    if found is None or not int(found[2]):
        raise ArgumentTypeError(f"`{value}` is no place; write it like d326.txt:16 or d326.txt:16:3")
    return At(reported_path(found[1]), int(found[2]), int(found[3] or 0))


def run(options: Namespace) -> int:
    """Do what the options ask for; raises ConfigurationError, and then nothing is written."""
    if options.resolve:
        return _resolve(options)
    if options.prune:
        return prune(options, ACCEPTED)
    return _accept(options)


def _resolve(options: Namespace) -> int:
    from fruslint.silencing.ledger import Ledger, read_source, resolve, save

    resolved = []
    for file in ledger_files([*(options.paths or ["."]), *(f"{path}/." for path in options.paths or ["."])]):
        source = read_source(file)
        after = resolve(source, file)
        if after.source.text != source.text:
            resolved.append((Ledger(source, file, (), ()), after))
    for before, after in resolved:
        save(before, after)
    tell(options, [f"{after.source.path}: {counted(len(after.entries), 'entry', 'entries')}" for _, after in resolved])
    return CLEAN


def _accept(options: Namespace) -> int:
    reason = _reason(options)
    if not (options.rule or options.at or options.all):
        raise ConfigurationError("it is not said which findings", hint="add --rule, --at or --all")
    options.paths = options.paths or [_checked_for(one.path) for one in options.at or ()]
    author = options.author or _author()
    session = open_session(options)
    outcome = look(options, session, session.silences.without_baselines())
    chosen = _chosen(options, session, outcome)
    changed = enter(chosen, ACCEPTED, _with_reason(reason, author))
    _take_from_baselines(session, chosen)
    into = ", ".join(ledger.source.path for ledger in changed)
    tell(options, [*_listed(chosen), f"Accepted {counted(len(chosen), 'finding')} in {into}"])
    return CLEAN


def _checked_for(path: str) -> str:
    """What to check to find again what was reported at ``path``: a configuration is judged by the folder it stands in."""
    return path.rpartition("/")[0] or "." if path.endswith(_CONFIGURATIONS) else path


def _listed(chosen: Sequence[Finding]) -> list[str]:
    """A line for each finding; of many the first, and how many more there are."""
    lines = [f"{one.place.path}:{one.place.start.line}: {one.rule} {one.message}" for one in chosen[:_MOST_SHOWN]]
    return [*lines, f"and {len(chosen) - _MOST_SHOWN:,} more"] if len(chosen) > _MOST_SHOWN else lines


def _reason(options: Namespace) -> str:
    reason = " ".join((options.reason or "").split())
    if not reason:
        raise ConfigurationError("a decision needs its reason", hint='add --reason "..."')
    return reason


def _take_from_baselines(session: Session, chosen: Sequence[Finding]) -> None:
    """What someone decided on is not only known any more."""
    from fruslint.silencing.ledger import remove, save

    for ledger in session.silences.baselines:
        keys = {(ledger.name_of(one.place.path) or "", one.fingerprint) for one in chosen}
        if any(entry.key in keys for entry in ledger.entries):
            save(ledger, remove(ledger, keys))


def _with_reason(reason: str, author: str) -> Callable[[Ledger, Sequence[Finding]], Ledger]:
    from datetime import date

    from fruslint.silencing.accepting import accept

    today = date.today().isoformat()
    return lambda ledger, findings: accept(ledger, findings, reason, author, today)


def _author() -> str:
    from fruslint.repository.revisions import user_name

    author = user_name(".")
    if not author:
        raise ConfigurationError("git does not know who decides", hint="add --author NAME")
    return author


def _chosen(options: Namespace, session: Session, outcome: Outcome) -> list[Finding]:
    from fruslint.silencing.accepting import acceptable

    findings = acceptable(outcome.every, {rule.id: rule.kind for rule in outcome.ran})
    rules = _rules(options, session)
    chosen = [finding for finding in findings if not rules or finding.rule in rules]
    if options.at:
        return _at_places(chosen, options.at, findings)
    if not chosen:
        raise ConfigurationError("nothing to accept: there are no such findings in the files that are named")
    return chosen


def _at_places(chosen: Sequence[Finding], places: Sequence[At], every: Iterable[Finding]) -> list[Finding]:
    """Those of the chosen findings that are at these places; raises ConfigurationError where one of them has none."""
    for one in places:
        if not any(_is_at(finding, one) for finding in chosen):
            raise ConfigurationError(f"nothing to accept at {one.path}:{one.line}", hint=_nearby(every, one))
    return [finding for finding in chosen if any(_is_at(finding, one) for one in places)]


def _rules(options: Namespace, session: Session) -> frozenset[str]:
    from fruslint.rules import matching

    return frozenset(name for word in options.rule or () for name in matching(session.silences.known, word)[1])


def _is_at(finding: Finding, one: At) -> bool:
    place = finding.place
    if place.path != one.path or not place.start.line <= one.line <= place.end.line:
        return False
    if not one.column:
        return place.start.line == one.line
    return place.start <= (one.line, one.column) <= place.end


def _nearby(findings: Iterable[Finding], one: At) -> str:
    there = [finding for finding in findings if finding.place.path == one.path]
    if not there:
        return "nothing is found in this file; what is found over a whole folder needs the folder as PATH"
    nearest = min(there, key=lambda finding: abs(finding.place.start.line - one.line))
    line, column = nearest.place.start
    return f"the nearest finding is {nearest.rule} at {one.path}:{line}:{column}"
