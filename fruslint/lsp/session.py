"""Checks one text as `fruslint check` would check the file; runs in a process of its own."""

from __future__ import annotations

from fruslint.cli import check as command
from fruslint.cli.parser import command_parser
from fruslint.cli.session import open_session
from fruslint.lsp.checking import About, Checked
from fruslint.rules import Rule
from fruslint.runner import Outcome, run


def check_text(path: str, text: str) -> Checked:
    """What is found in ``text``, the content of the file ``path`` as it stands in an editor.

    The configuration of the file holds, and what is silenced stays silent. Raises ConfigurationError.
    """
    outcome = _outcome(path, text)
    rules = {rule.id: _about(rule) for rule in outcome.ran if any(rule.id == one.rule for one in outcome.findings)}
    return Checked(outcome.findings, rules)


def _outcome(path: str, text: str) -> Outcome:
    parser = command_parser("check")
    command.configure(parser)
    session = open_session(parser.parse(["--max-per-rule", "0", "--no-cache", "--", path]))
    data = text.encode("utf-8", "surrogatepass")
    tasks = [task._replace(data=data) for task in session.tasks]
    return run(session.engine, tasks)


def _about(rule: Rule) -> About:
    return About(rule.name, rule.summary, rule.why, rule.exits)
