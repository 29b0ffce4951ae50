"""The rules a command works with: the built-in ones, house rules, and the choice among them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fruslint.cli.parser import Parser, words

if TYPE_CHECKING:
    from fruslint.rules import Rule


def add_rule_folders(parser: Parser) -> None:
    """Add the option that names folders with house rules."""
    parser.add_argument(
        "--rules",
        action="append",
        metavar="FOLDER",
        help="also load the rules in this folder (may be given more than once)",
    )


def add_choice(parser: Parser) -> None:
    """Add the options that choose among the rules."""
    group = parser.add_argument_group("choice of rules (ids, names or families, with commas between them)")
    group.add_argument(
        "--select",
        action="extend",
        type=words,
        metavar="RULES",
        help="use these rules only (what cannot be read is still said)",
    )
    group.add_argument("--extend-select", action="extend", type=words, metavar="RULES", help="use these rules too")
    group.add_argument("--ignore", action="extend", type=words, metavar="RULES", help="leave these rules out")


def all_rules(options: Namespace) -> tuple[Rule, ...]:
    """The built-in rules and those in the folders given, by id; raises ConfigurationError."""
    from fruslint.rules import builtin_rules, with_house_rules

    builtin = builtin_rules()
    return with_house_rules(builtin, map(Path, options.rules)) if options.rules else builtin


def chosen_rules(options: Namespace, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Those of ``rules`` that the options choose; raises ConfigurationError for a word that stands for no rule."""
    from fruslint.rules import select

    return select(rules, options.select or (), options.ignore or (), options.extend_select or ())


def rules_to_run(options: Namespace, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The chosen rules, and those that report a file which cannot be checked, unless they are ignored.

    A file that nobody could read must not look like one without findings, whatever is looked for.
    """
    from fruslint.rules import is_guard, select

    chosen = chosen_rules(options, rules)
    if not options.select:
        return chosen
    guards = {rule for rule in select(rules, ["ALL"], options.ignore or ()) if rule.default and is_guard(rule)}
    return tuple(rule for rule in rules if rule in chosen or rule in guards)
