"""One page for people who would rather look than read a terminal: it needs no network and no other file.

Everything on it that is of a document is text and nothing else. The page says so to the browser too: its policy allows
its own style and its own script, by their checksums, and refuses to load or send anything.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from fruslint import __version__
from fruslint.patterns import late
from fruslint.reporters import View
from fruslint.reporters.html_page import summary
from fruslint.reporters.html_page.contents import Contents
from fruslint.reporters.html_page.data import Data
from fruslint.reporters.html_page.rules import rule_articles
from fruslint.reporters.html_page.silenced import silenced_section
from fruslint.runner import Outcome

_FOLDER = Path(__file__).with_name("html_page")
_SLOT = late(r"<!--(\w+)-->")


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The page for a run, in parts; it shows all findings, however ``outcome`` folds them."""
    fills = _fills(outcome)
    for index, part in enumerate(_SLOT.split(_asset("page.html"))):
        if index % 2:
            yield from fills[part]()
        else:
            yield part


def _fills(outcome: Outcome) -> dict[str, Callable[[], Iterable[str]]]:
    """What fills each slot of the page."""
    contents = Contents(outcome)
    rules = {rule.id: rule for rule in outcome.ran}
    fired = [rules[id_] for id_ in sorted({finding.rule for finding in outcome.every}) if id_ in rules]
    style, script = _asset("page.css"), _asset("page.js")
    return {
        "policy": lambda: [_policy(style, script)],
        "title": lambda: [summary.title(outcome)],
        "style": lambda: [style],
        "state": lambda: ["found" if outcome.every else "clean"],
        "headline": lambda: summary.headline(outcome, contents),
        "severities": lambda: summary.severities(outcome),
        "looked": lambda: summary.looked_at(contents),
        "charts": lambda: summary.charts(contents, rules, outcome.names),
        "plain": lambda: summary.plain_list(contents),
        "rules": lambda: rule_articles(fired),
        "silenced": lambda: silenced_section(outcome.silenced),
        "version": lambda: [__version__],
        "data": Data(contents, rules, outcome.names).parts,
        "script": lambda: [script],
    }


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_checksum(style)}; script-src {_checksum(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _checksum(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
