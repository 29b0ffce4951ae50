"""``fruslint config``: shows what holds for a file and why, or the schema of configuration files."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from fruslint.cli import CLEAN
from fruslint.cli.output import add_output, prepare, write
from fruslint.cli.parser import Parser, one_of
from fruslint.cli.selection import add_choice, add_rule_folders
from fruslint.cli.session import add_configuration, house_of
from fruslint.discovery import names_beside, reported_path
from fruslint.errors import ConfigurationError
from fruslint.near import did_you_mean
from fruslint.sizes import size_in_words
from fruslint.terminal import Screen

if TYPE_CHECKING:
    from fruslint.configuration.explained import Divided, Explained, RuleSettings, Setting

_DESCRIPTION = """\
show [FILE]   what holds for a file, or in the current folder: which configuration, which settings, which rules are
              not as they are by default, and where each of that was said
schema        the JSON Schema of configuration files, by which an editor completes and checks them
"""
_EPILOG = """\
examples:
  fruslint config show memoranda/d326.txt
  fruslint config show memoranda/d326.txt --ignore TYPO    with these options of check
  fruslint config schema > fruslint.schema.json
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("action", type=one_of("show", "schema"), metavar="ACTION", help="show or schema")
    parser.add_argument("path", nargs="?", metavar="FILE", help="a file or folder; default: the current folder")
    add_choice(parser)
    add_rule_folders(parser)
    add_configuration(parser)
    add_output(parser, "text", "json")


def run(options: Namespace) -> int:
    """Show what was asked for; raises ConfigurationError for a file that is not there, and a wrong configuration."""
    screen = prepare(options)
    if options.action == "schema":
        from fruslint.data import schema_file

        write([schema_file("configuration").read_text(encoding="utf-8")], options)
        return CLEAN
    from fruslint.configuration.explained import explain

    path = _absolute(options.path)
    explained = explain(house_of(options), path)
    shown = reported_path(options.path or ".")
    write(_as_json(shown, explained) if options.format == "json" else _as_text(shown, explained, screen), options)
    return CLEAN


def _absolute(path: str | None) -> str:
    """The absolute path; for a folder that of any file in it."""
    if path is not None and not os.path.lexists(path):
        hint = did_you_mean(os.path.basename(path), names_beside(path))
        raise ConfigurationError(f"there is no file or folder `{path}`", hint=hint)
    absolute = os.path.abspath(path or ".")
    return os.path.join(absolute, "*") if os.path.isdir(absolute) else absolute


def _as_text(path: str, explained: Explained, screen: Screen) -> Iterator[str]:
    yield f"{screen.paint(screen.show(path), 'bold')}\n"
    yield from _files(explained, screen)
    yield from _table((_row(setting) for setting in explained.values), screen)
    yield f"\n{explained.rules_on} rules are on"
    yield ", all as they are by default.\n" if not explained.rules else ". Not as they are by default:\n"
    yield from _table((row for one in explained.rules for row in _rule_rows(one)), screen)
    for one in explained.divided:
        yield from _divided(one, screen)
    if explained.house_rules:
        yield "\nHouse rules:\n"
        rows = ((rule.id, rule.name, reported_path(str(rule.path))) for rule in explained.house_rules)
        yield from _table(rows, screen)


def _files(explained: Explained, screen: Screen) -> Iterator[str]:
    *extended, last = explained.files or ("none",)
    yield f"  configuration: {screen.show(last)}\n"
    if extended:
        yield f"  it extends: {screen.show(', '.join(reversed(extended)))}\n"
    yield f"  checked: {f'no, {screen.show(explained.left_out)}' if explained.left_out else 'yes'}\n\n"


def _divided(one: Divided, screen: Screen) -> Iterator[str]:
    reason = f" ({one.override.reason})" if one.override.reason else ""
    where = f"documents {one.documents}" if one.documents else "some files"
    yield f"\nFor {screen.show(where)}, by {screen.show(str(one.override.origin))}{screen.show(reason)}:\n"
    yield from _table((row for rule in one.rules for row in _rule_rows(rule)), screen)


def _rule_rows(one: RuleSettings) -> Iterator[tuple[str, str, str]]:
    for setting in one.settings:
        value = setting.name if setting.value is None else f"{setting.name}: {setting.value}"
        yield f"{one.rule.id} {one.rule.name}", value, str(setting.origin)


def _row(setting: Setting) -> tuple[str, str, str]:
    words = {"None": "what each document says", "True": "true", "False": "false"}
    value = size_in_words(setting.value) if setting.name == "max-file-size" else str(setting.value)
    return setting.name, words.get(value, value), str(setting.origin)


def _table(rows: Iterable[tuple[str, str, str]], screen: Screen) -> Iterator[str]:
    shown = [tuple(map(screen.show, row)) for row in rows]
    sizes = [min(max(len(row[column]) for row in shown), 60) for column in range(2)] if shown else []
    for name, value, origin in shown:
        yield f"  {name:<{sizes[0]}}  {value:<{sizes[1]}}  {screen.paint(origin, 'dim')}\n"


def _as_json(path: str, explained: Explained) -> Iterator[str]:
    import json

    said: dict[str, Any] = {
        "path": path,
        "files": list(explained.files),
        "leftOut": explained.left_out,
        "settings": {one.name: {"value": one.value, "origin": str(one.origin)} for one in explained.values},
        "rulesOn": explained.rules_on,
        "rules": [_rule_object(one) for one in explained.rules],
        "overrides": [
            {
                "documents": one.documents,
                "origin": str(one.override.origin),
                "reason": one.override.reason,
                "rules": [_rule_object(rule) for rule in one.rules],
            }
            for one in explained.divided
        ],
        "houseRules": [rule.id for rule in explained.house_rules],
    }
    yield json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _rule_object(one: RuleSettings) -> dict[str, Any]:
    said = {setting.name: {"value": setting.value, "origin": str(setting.origin)} for setting in one.settings}
    return {"id": one.rule.id, "name": one.rule.name, "on": one.on, "said": said}
