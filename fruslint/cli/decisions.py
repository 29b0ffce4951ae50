"""What the commands have in common that write decisions down: ``accept`` and ``baseline``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN
from fruslint.cli.means import means_of
from fruslint.cli.output import screen_for, write_to
from fruslint.cli.session import open_session
from fruslint.cli.unused_patterns import with_patterns
from fruslint.discovery import describe
from fruslint.messages import counted

if TYPE_CHECKING:
    from fruslint.cli.session import Session
    from fruslint.findings import Finding
    from fruslint.runner import Outcome
    from fruslint.silencing.ledger import Ledger
    from fruslint.silencing.silences import Silences

_ATTRIBUTES = "fruslint-*.yaml merge=union\n"


def prune(options: Namespace, name: str) -> int:
    """Take out of the ledgers of this name all entries that silence nothing."""
    from fruslint.silencing.ledger import remove, save

    options.extend_select = [*(options.extend_select or ()), "LINT"]  # only these rules tell what is stale
    session = open_session(options)
    outcome = look(options, session, session.silences)
    stale = {(one.place.path, one.place.start.line) for one in outcome.every if _is_stale(one, outcome)}
    told = []
    for ledger in session.silences.ledgers:
        lines = [ledger.source.position(span.start).line for span in ledger.spans]
        pairs = zip(ledger.entries, lines, strict=True)
        keys = {entry.key for entry, line in pairs if (ledger.source.path, line) in stale}
        if keys and ledger.file.endswith(name):
            save(ledger, remove(ledger, keys))
            told.append(f"{ledger.source.path}: took out {counted(len(keys), 'entry', 'entries')}")
    tell(options, told or ["Nothing to take out"])
    return CLEAN


def _is_stale(finding: Finding, outcome: Outcome) -> bool:
    from fruslint.silencing.lint import KIND

    reports = {rule.id: rule.parameters["report"] for rule in outcome.ran if rule.kind == KIND}
    return reports.get(finding.rule) in {"unused", "stale-baseline", "unknown-rule"}


def look(options: Namespace, session: Session, silences: Silences) -> Outcome:
    """Check what a session holds, with all findings and their fingerprints, and these silences alone."""
    from fruslint.runner import run as run_tasks

    session = with_patterns(options, session._replace(silences=silences))
    with means_of(options, session) as means:
        return run_tasks(
            session.engine,
            session.tasks,
            fingerprints=True,
            silences=session.silences,
            means=means,
            beforehand=session.beforehand,
        )


def enter(
    findings: Sequence[Finding], name: str, entered: Callable[[Ledger, Sequence[Finding]], Ledger]
) -> list[Ledger]:
    """Enter findings into the ledgers they belong to, those of this name, and write these; returns them."""
    from fruslint.silencing.accepting import ledger_for
    from fruslint.silencing.ledger import load, save

    by_file: dict[str, list[Finding]] = {}
    known: dict[str, str] = {}
    for finding in findings:
        folder = finding.place.path.rpartition("/")[0]
        if folder not in known:
            known[folder] = ledger_for(finding.place.path, name)
        by_file.setdefault(known[folder], []).append(finding)
    pairs = [(ledger, entered(ledger, here)) for ledger, here in ((load(f), by_file[f]) for f in sorted(by_file))]
    for before, after in pairs:
        save(before, after)
        if not before.source.text:
            _prepare_merges(after)
    return [after for _, after in pairs]


def _prepare_merges(ledger: Ledger) -> None:
    """Let git keep the lines of both sides when two branches add entries at the same place."""
    from pathlib import Path

    from fruslint.atomic import write_whole

    folder = Path(ledger.folder)
    attributes = folder / ".gitattributes"
    if not (folder / ".git").exists() or attributes.is_symlink():
        return
    try:
        before = attributes.read_bytes() if attributes.is_file() else b""
        if b"fruslint-" in before:
            return
        end = b"" if before.endswith(b"\n") or not before else b"\n"
        write_whole(str(attributes), [before, end, _ATTRIBUTES.encode()])
    except OSError as error:  # the ledger is written, and that is what was asked for
        sys.stderr.write(f"fruslint: .gitattributes is left as it is: {describe(error, 'write')}\n")
        return
    sys.stderr.write("fruslint: .gitattributes now says that branches which both add to a ledger are merged\n")


def tell(options: Namespace, lines: Iterable[str]) -> None:
    """Print lines to the screen or the file that the options name."""
    screen = screen_for(options)
    write_to((screen.show(line) + "\n" for line in lines), options.output, "", utf8=False)
