"""Checks one text as `fruslint check` would check the file, and accepts findings; runs in a process of its own."""

from __future__ import annotations

import os
from datetime import date

from fruslint.cli import check as command
from fruslint.cli.decisions import enter
from fruslint.cli.parser import command_parser
from fruslint.cli.session import Session, open_session
from fruslint.errors import ConfigurationError
from fruslint.lsp.checking import About, Checked
from fruslint.repository.revisions import user_name
from fruslint.rules import Rule
from fruslint.runner import Outcome, run
from fruslint.silencing.accepting import accept
from fruslint.silencing.silences import ACCEPTED
from fruslint.source import Span


def check_text(path: str, text: str) -> Checked:
    """What is found in ``text``, the content of the file ``path`` as it stands in an editor.

    The configuration of the file holds, and what is silenced stays silent. Raises ConfigurationError.
    """
    session = _session(path, text)
    outcome = run(session.engine, session.tasks, silences=session.silences)
    found = {finding.rule for finding in outcome.findings}
    return Checked(outcome.findings, {rule.id: _about(rule) for rule in outcome.ran if rule.id in found})


def accept_in(path: str, text: str, rule: str, span: Span, reason: str) -> str:
    """Enter the finding of a rule at a span into the ledger; what to tell the user. Raises ConfigurationError."""
    session = _session(path, text)
    outcome: Outcome = run(session.engine, session.tasks, fingerprints=True, silences=session.silences)
    chosen = [one for one in outcome.findings if one.rule == rule and one.place.span == span][:1]
    if not chosen:
        raise ConfigurationError(f"there is no finding of {rule} here any more")
    author = user_name(os.path.dirname(path))  # noqa: PTH120
    if not author:
        raise ConfigurationError("git does not know who decides", hint="set user.name of git")
    today = date.today().isoformat()
    changed = enter(chosen, ACCEPTED, lambda ledger, findings: accept(ledger, findings, reason, author, today))
    return f"Accepted {rule}: {reason} ({', '.join(ledger.source.path for ledger in changed)})"


def _session(path: str, text: str) -> Session:
    parser = command_parser("check")
    command.configure(parser)
    session = open_session(parser.parse(["--", path]))
    data = text.encode("utf-8", "surrogatepass")
    return session._replace(tasks=tuple(task._replace(data=data) for task in session.tasks))


def _about(rule: Rule) -> About:
    return About(rule.name, rule.summary, rule.why, rule.exits)
