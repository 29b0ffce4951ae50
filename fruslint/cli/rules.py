"""``fruslint rules``: lists the rules."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fruslint.cli import CLEAN
from fruslint.cli.output import add_output, prepare, write
from fruslint.cli.parser import Parser, one_of, words
from fruslint.cli.selection import add_choice, add_rule_folders, chosen_rules
from fruslint.cli.session import add_configuration, rules_here
from fruslint.errors import ConfigurationError
from fruslint.near import did_you_mean
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.rules import Rule

_DESCRIPTION = """\
Lists the rules: id, severity, name and summary. Rules that are off by default are listed too, and say so, unless
--select, --extend-select or --ignore ask for what a check would use.
"""
_EPILOG = """\
examples:
  fruslint rules --family NOTE,PAGE         rules about notes and pages
  fruslint rules --severity error           what is wrong without doubt
  fruslint rules --ignore TYPO              what `fruslint check --ignore TYPO` would use
  fruslint explain NOTE001                  one rule, with examples
"""
_INDENT = " " * 18


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument(
        "--family", action="extend", type=words, metavar="FAMILIES", help="these families only, such as NOTE,PAGE"
    )
    parser.add_argument(
        "--severity", type=one_of("error", "warning", "info"), metavar="SEVERITY", help="error, warning or info"
    )
    add_choice(parser)
    add_rule_folders(parser)
    add_configuration(parser)
    add_output(parser, "text", "json")


def run(options: Namespace) -> int:
    """List the rules that the options choose; raises ConfigurationError for an unknown family or rule."""
    screen = prepare(options)
    rules = rules_here(options)
    families = _families(options, rules)
    if options.select or options.extend_select or options.ignore:
        rules = chosen_rules(options, rules)
    listed = [rule for rule in rules if rule.family in families and options.severity in {None, rule.severity.label}]
    write(_as_json(listed) if options.format == "json" else _as_text(listed, screen), options)
    return CLEAN


def _families(options: Namespace, rules: Sequence[Rule]) -> set[str]:
    known = {rule.family for rule in rules}
    wanted = set(options.family or known)
    for family in sorted(wanted - known):
        hint = did_you_mean(family, known) or f"the families are {', '.join(sorted(known))}"
        raise ConfigurationError(f"there is no family `{family}`", hint=hint)
    return wanted


def _as_text(rules: Sequence[Rule], screen: Screen) -> Iterator[str]:
    for rule in rules:
        said = screen.show(f"{rule.name}: {rule.summary}{_remarks(rule)}")
        first, *rest = textwrap.wrap(said, screen.width - len(_INDENT), break_long_words=False) or [""]
        severity = screen.paint(rule.severity.label, rule.severity.label) + " " * (9 - len(rule.severity.label))
        yield f"{screen.paint(f'{screen.show(rule.id):<9}', 'bold')}{severity}{first}\n"
        yield from (f"{_INDENT}{line}\n" for line in rest)
    yield f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'}; `fruslint explain RULE` shows one with examples\n"


def _remarks(rule: Rule) -> str:
    remarks = [*([f"{rule.fix} fix"] if rule.fix else []), *([] if rule.default else ["off by default"])]
    return f" ({', '.join(remarks)})" if remarks else ""


def _as_json(rules: Sequence[Rule]) -> Iterator[str]:
    from fruslint.reporters.jsontext import json_list

    yield from json_list(map(_object, rules))
    yield "\n"


def _object(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.label,
        "media": sorted(rule.media),
        "default": rule.default,
        "fix": rule.fix,
        "since": rule.since,
        "sets": list(rule.sets),
        "summary": rule.summary,
        "message": rule.message,
        "why": rule.why,
        "exits": list(rule.exits),
    }
