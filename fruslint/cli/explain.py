"""``fruslint explain``: what a rule means, why it matters, and what it looks like in a file."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fruslint.cli import CLEAN
from fruslint.cli.output import add_screen, prepare, write
from fruslint.cli.parser import Parser
from fruslint.cli.selection import add_rule_folders
from fruslint.cli.session import add_configuration, rules_here
from fruslint.errors import ConfigurationError
from fruslint.messages import counted
from fruslint.near import did_you_mean_rule
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.rules import Rule

_DESCRIPTION = """\
Explains rules: what each reports and why, when it stays silent, and what right and wrong look like.
"""
_EPILOG = """\
examples:
  fruslint explain NOTE001
  fruslint explain marker-without-note
"""

_OWN = {
    "LINT001": "it says that fruslint itself failed on a file; please report it",
    "LINT002": "it says that a rule could not be checked on a file, and why",
    "LINT008": "it says that a fix was not made because it would have broken a promise; please report it",
    "LINT009": "it says why a file that was fixed could not be written, and is as it was",
}


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("names", nargs="+", metavar="RULE", help="id or name of a rule, such as NOTE001")
    add_rule_folders(parser)
    add_configuration(parser)
    add_screen(parser)


def run(options: Namespace) -> int:
    """Explain the rules named in the options; raises ConfigurationError for one that does not exist."""
    screen = prepare(options)
    rules = rules_here(options)
    chosen = [_find(name, rules) for name in options.names]
    write(_explanations(chosen, screen), options)
    return CLEAN


def _find(name: str, rules: Sequence[Rule]) -> Rule:
    wanted = name.strip().casefold()
    for rule in rules:
        if wanted in (rule.id.casefold(), rule.name):
            return rule
    if wanted.upper() in _OWN:
        raise ConfigurationError(f"{wanted.upper()} is no rule of an edition", hint=_OWN[wanted.upper()])
    family = sorted(rule.id for rule in rules if rule.family.casefold() == wanted)
    if family:
        hint = f"see `fruslint rules --family {wanted.upper()}`, and then explain one of them, such as {family[0]}"
        raise ConfigurationError(f"`{name}` is a family of {counted(len(family), 'rule')}", hint=hint)
    known = [word for rule in rules for word in (rule.id, rule.name)]
    raise ConfigurationError(
        f"there is no rule `{name}`",
        hint=did_you_mean_rule(name, known) or "see `fruslint rules`; for one of your own add --rules FOLDER",
    )


def _explanations(rules: Sequence[Rule], screen: Screen) -> Iterator[str]:
    for index, rule in enumerate(rules):
        if index:
            yield f"\n{screen.paint('-' * screen.width, 'dim')}\n\n"
        yield from _explanation(rule, screen)


def _explanation(rule: Rule, screen: Screen) -> Iterator[str]:
    media = {"text": "plain text", "tei": "TEI"}
    facts = [rule.severity.label, " and ".join(media[medium] for medium in sorted(rule.media, reverse=True))]
    facts += [f"{rule.fix} fix"] if rule.fix else []
    facts += [] if rule.default else ["off by default"]
    yield f"{screen.paint(f'{rule.id} {rule.name}', 'bold')} ({', '.join(facts)}; since {rule.since})\n"
    yield from _paragraph("", rule.summary, screen)
    yield from _paragraph("Why", rule.why, screen)
    yield from _paragraph("It stays silent on", "", screen) if rule.exits else ()
    for one in rule.exits:
        yield from _wrapped(one, screen, "  - ")
    yield from _examples(rule, screen)


def _paragraph(title: str, text: str, screen: Screen) -> Iterator[str]:
    yield "\n"
    if title:
        yield f"{screen.paint(title, 'bold')}\n"
    for part in filter(None, text.split("\n\n")):
        yield from _wrapped(part, screen, "  " if title else "")


def _wrapped(text: str, screen: Screen, first: str) -> Iterator[str]:
    words = screen.show(" ".join(text.split()))
    rest = " " * len(first)
    for line in textwrap.wrap(words, screen.width, initial_indent=first, subsequent_indent=rest):
        yield f"{line}\n"


def _examples(rule: Rule, screen: Screen) -> Iterator[str]:
    from fruslint.cli.example import show_example
    from fruslint.rules.examples import load_examples

    examples = load_examples(rule)
    bad = next((example for example in examples if not example.is_good), None)
    if bad is None:  # else the message is seen there, with its values
        yield from _paragraph("What it says", rule.message, screen)
    good = next((example for example in examples if example.is_good), None)
    for title, style, example in (("Wrong", "error", bad), ("Right", "good", good)):
        if example is not None:
            yield f"\n{screen.paint(title, style)}: {screen.show(example.title)}\n"
            yield from show_example(rule, example, screen)
