"""Leaves out of a run what someone decided on, keeps it with the reason, and finds the decisions that are good for nothing.

A decision is an instruction in a TEI file, an entry of a ledger, or one of a baseline, in this order; a finding is left
out by the first that holds for it. A decision is judged only where the run could have used it: its file was read, its rule
ran, and the whole folder was looked at where the rule compares the files of a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fruslint.engine import Engine
from fruslint.filereport import FileReport
from fruslint.files import instructed
from fruslint.findings import Finding, Silence, Silenced, order
from fruslint.fingerprints import fingerprints
from fruslint.model import Volume
from fruslint.record import Record
from fruslint.silencing.coverage import Coverage
from fruslint.silencing.entries import Entries
from fruslint.silencing.instructions import Instructions
from fruslint.silencing.lint import Lint
from fruslint.silencing.silences import NEVER, Silences


class Sifted(Record):
    """The findings to report, with those about decisions, in no order; and those that are left out, with the reason."""

    findings: list[Finding]
    silenced: list[Silenced]


def sift(findings: Sequence[Finding], reports: Sequence[FileReport], silences: Silences, engine: Engine) -> Sifted:
    """Part the findings of a run, which need their fingerprints where there are ledgers; ``engine`` found them."""
    run = Coverage(reports, silences, engine)
    lint = Lint(engine)
    instructions = Instructions(reports, run)
    ledgers = [Entries(ledger, run, findings) for ledger in sorted(silences.ledgers, key=lambda one: one.is_baseline)]
    kept: list[Finding] = []
    silenced: list[Silenced] = []
    inside = instructions.silences(findings)
    for number, finding in enumerate(findings):
        silence = None if finding.rule in NEVER else inside.get(number) or _first(ledgers, finding)
        if silence is None:
            kept.append(finding)
        else:
            silenced.append(Silenced(finding, silence))
    kept += instructions.problems(lint)
    kept += [finding for ledger in ledgers for finding in ledger.problems(lint)]
    return Sifted(kept, silenced)


def undecided(findings: Iterable[Finding], volume: Volume, silences: Silences, engine: Engine) -> list[Finding]:
    """Those of the findings in one file, read as ``volume``, that may be fixed: nobody decided that they are to stay.

    What stands in a baseline is no decision.
    """
    silences = silences.without_baselines()
    ordered = sorted(findings, key=order)
    report = instructed(FileReport(volume.source.path, "", volume.medium, len(volume.documents)), volume)
    if not silences.heeded or not (report.instructions or silences.ledgers):
        return ordered
    known = fingerprints(ordered, volume.source.text)
    marked = [finding._replace(fingerprint=one) for finding, one in zip(ordered, known, strict=True)]
    decided = {id(one.finding) for one in sift(marked, [report], silences, engine).silenced}
    return [finding for finding, one in zip(ordered, marked, strict=True) if id(one) not in decided]


def _first(ledgers: Iterable[Entries], finding: Finding) -> Silence | None:
    return next(filter(None, (ledger.silence(finding) for ledger in ledgers)), None)
