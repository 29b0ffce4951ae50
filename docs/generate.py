"""Writes the pages that are made of something else: of the rules and their examples (docs/rules.md, docs/rules/*.md), of
the checks (docs/checks.md), and of the schema of configurations (docs/configuration-keys.md).

python docs/generate.py           write them anew
python docs/generate.py --check   write nothing; exit with 1 if one of them is out of date
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from fruslint.checks import KINDS, check_class
from fruslint.checks.search.field import SCHEMA as PARTS
from fruslint.cli.example import show_example
from fruslint.configuration.presets import PRESETS
from fruslint.data import schema_file
from fruslint.model import Medium
from fruslint.rules import Rule, builtin_rules
from fruslint.rules.examples import Example, load_examples
from fruslint.terminal import Screen

DOCS = Path(__file__).resolve().parent
SCREEN = Screen(width=100)
MEDIA = {Medium.TEXT: "plain text", Medium.TEI: "TEI"}
FAMILIES = {
    "DOC": "The document and its heading",
    "SEC": "Sections",
    "PART": "Participants",
    "NOTE": "Notes and their markers",
    "SRC": "The source note",
    "PAGE": "Page breaks",
    "DATE": "Dates and times",
    "REF": "Cross-references",
    "NAME": "Names",
    "EDIT": "Editorial insertions and withheld text",
    "TYPO": "Characters and typography",
    "FILE": "The file itself",
    "TEI": "Markup and ids",
    "LINT": "What is not to be reported",
}
_INTRODUCTION = """\
# Rules

fruslint has {count} rules. Each has a page that says what it reports, why that matters, when it stays silent, and what
right and wrong look like; `fruslint explain NOTE001` shows the same in the terminal.

An **error** is wrong from the file alone. A **warning** is very likely wrong, and a person must look. An **info** is a
habit or an unfinished step. *Off by default* means: used only when you ask for it with `--select` or `--extend-select`.
A *safe fix* changes apparatus and white space only, an *unsafe fix* changes words; findings carry them in their JSON
form. How often the rules are right was read on published volumes: [precision.md](precision.md).
"""
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "object": "a table",
}
_CHECKS = """\
# Kinds of checks

The `check` of a rule names one of these kinds; all other keys under it are its parameters. How a rule is written is
told in [house-rules.md](house-rules.md). Parameters in **bold** are needed, the others may be left out.

| kind | what it does |
|---|---|
"""
_KEYS = """\
# Keys of a configuration

What can stand in `fruslint.yaml` or under `[tool.fruslint]`. How configurations are found, what wins, and how paths are
written: [configuration.md](configuration.md).
"""
_DIALECT = "The table `dialect`; see [configuration.md](configuration.md#dialect).\n"
_KEYS_HEAD = "\n| key | value | default | what it says |\n|---|---|---|---|\n"
_KEY_TYPES = {**_TYPES, "array": "a list"}
_ITEM = re.compile(r"\n(?=- )")
_CODE = re.compile(r"(`[^`]+`)")
_SPECIAL = re.compile(r"([\\*_\[\]|~])")


def pages() -> dict[Path, str]:
    """All generated pages: where each belongs, and what must stand in it."""
    rules = builtin_rules()
    return {
        DOCS / "rules.md": "".join(_index(rules)),
        DOCS / "checks.md": "".join(_checks(rules)),
        DOCS / "configuration-keys.md": "".join(_keys()),
        **{DOCS / "rules" / f"{rule.id}.md": "".join(_page(rule)) for rule in rules},
    }


def outdated() -> list[Path]:
    """The pages that are missing, not as they should be, or of a rule that is gone."""
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted([*stale, *_orphans(wanted)])


def _orphans(wanted: dict[Path, str]) -> list[Path]:
    return [path for path in (DOCS / "rules").glob("*.md") if path not in wanted]


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield _INTRODUCTION.format(count=len(rules))
    order = list(FAMILIES)
    ordered = sorted(rules, key=lambda rule: (order.index(rule.family), rule.id))
    for family, group in groupby(ordered, key=lambda rule: rule.family):
        yield f"\n## {family}: {FAMILIES[family]}\n\n| rule | severity | what it reports |\n|---|---|---|\n"
        for rule in group:
            link = f"[{rule.id}](rules/{rule.id}.md) {rule.name}"
            remarks = f" *({', '.join(_remarks(rule))})*" if _remarks(rule) else ""
            yield f"| {link} | {rule.severity.label} | {_prose(rule.summary)}{remarks} |\n"


def _remarks(rule: Rule) -> list[str]:
    return [*([f"{rule.fix} fix"] if rule.fix else []), *([] if rule.default else ["off by default"])]


def _page(rule: Rule) -> Iterator[str]:
    media = " and ".join(MEDIA[medium] for medium in MEDIA if medium in rule.media)
    facts = [rule.severity.label, media, *_remarks(rule), f"since {rule.since}"]
    yield f"# {rule.id} {rule.name}\n\n*{', '.join(facts)}*\n\n{_prose(rule.summary)}\n"
    yield f"\n## Why it matters\n\n{_prose(rule.why)}\n"
    if rule.exits:
        yield "\n## When it stays silent\n\n"
        yield from (f"- {_prose(one)}\n" for one in rule.exits)
    examples = load_examples(rule)
    yield from _examples("Wrong", rule, [example for example in examples if not example.is_good])
    yield from _examples("Right", rule, [example for example in examples if example.is_good])
    yield f"\n[All rules](../rules.md) · [the file of this rule](../../rules/{rule.family.lower()}/{rule.id}.yaml)\n"


def _examples(title: str, rule: Rule, examples: Sequence[Example]) -> Iterator[str]:
    yield f"\n## {title}\n" if examples else ""
    for example in examples:
        shown = "".join(line.rstrip() + "\n" for line in "".join(show_example(rule, example, SCREEN)).splitlines())
        yield f"\n{_prose(example.title)}:\n\n```text\n{shown}```\n"


def _checks(rules: Sequence[Rule]) -> Iterator[str]:
    yield _CHECKS
    yield from (f"| [{kind}](#{kind}) | {_purpose(check_class(kind))} |\n" for kind in sorted(KINDS))
    for kind in sorted(KINDS):
        check = check_class(kind)
        yield f"\n## {kind}\n\n{_lead(check)}{_docstring(check)}\n"
        yield from _parameters(check.SCHEMA)
        values = ", ".join(f"`{{{name}}}`" for name in sorted(check.VALUES))
        yield f"\nIn messages: {values}.\n" if values else ""
        users = ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in rules if rule.kind == kind)
        yield f"\nUsed by {users}.\n" if users else ""


def _keys() -> Iterator[str]:
    whole = json.loads(schema_file("configuration").read_text(encoding="utf-8"))
    yield _KEYS + _KEYS_HEAD
    yield from _key_rows(whole["properties"], whole)
    yield "\n## Keys of an override\n\nAn entry of the list `overrides`.\n" + _KEYS_HEAD
    yield from _key_rows(whole["$defs"]["override"]["properties"], whole)
    yield "\n## Keys of a dialect\n\n" + _DIALECT + _KEYS_HEAD
    yield from _key_rows(whole["$defs"]["dialect"]["properties"], whole)
    yield "\n## Encodings\n\n" + ", ".join(f"`{word}`" for word in whole["$defs"]["encoding"]["enum"]) + ".\n"
    yield "\n## Built-in sets\n\n| set | what it says |\n|---|---|\n"
    for name, said in PRESETS.items():
        yield f"| `{name}` | {', '.join(f'`{key}: {value}`' for key, value in said.items()) or 'nothing: the defaults'} |\n"


def _key_rows(properties: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[str]:
    for key, schema in properties.items():
        value = {**_resolved(schema, whole), **schema}
        default = f"`{json.dumps(value['default'], ensure_ascii=False)}`".replace('"', "") if "default" in value else ""
        yield f"| `{key}` | {_key_form(key, value)} | {default} | {_prose(value.get('description', ''))} |\n"


def _resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    found: Any = whole
    for name in schema.get("$ref", "#").removeprefix("#").strip("/").split("/"):
        found = found[name] if name else {}
    return dict(found)


def _key_form(key: str, schema: Mapping[str, Any]) -> str:
    if key == "encoding":
        return "one of those below"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    given = schema.get("type", [])
    return " or ".join(_KEY_TYPES[kind] for kind in ([given] if isinstance(given, str) else given))


def _purpose(check: type) -> str:
    """What a kind is for, as its module says it."""
    told = (inspect.getdoc(inspect.getmodule(check)) or "").partition("\n")[0]
    return _prose(told.replace("``", "`"))


def _lead(check: type) -> str:
    """The same, where the words of the class begin with a parameter."""
    return f"{_purpose(check)}\n\n" if inspect.cleandoc(check.__doc__ or "").startswith("``") else ""


def _docstring(check: type) -> str:
    paragraphs = inspect.cleandoc(check.__doc__ or "").replace("``", "`").split("\n\n")
    return "\n\n".join("\n".join(map(_prose, _ITEM.split(one))) for one in paragraphs)


def _parameters(schema: Mapping[str, Any]) -> Iterator[str]:
    properties = schema.get("properties", {})
    yield "\n| parameter | what it takes |\n|---|---|\n" if properties else ""
    for name, value in properties.items():
        shown = f"**{name}**" if name in schema.get("required", ()) else name
        yield f"| {shown} | {_form(value)}{_described(value)} |\n"


def _described(schema: Mapping[str, Any]) -> str:
    """The description of a parameter; that of the parts of a document is told once and for all elsewhere."""
    text = "" if schema is PARTS else _prose(schema.get("description", "")).rstrip(".")
    return f". {text}" if text else ""


def _form(schema: Mapping[str, Any]) -> str:
    """What a value looks like, in words."""
    if schema is PARTS:
        return "parts of a document, see [Where to look](house-rules.md#where-to-look)"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{word}`" for word in schema["enum"])
    if "oneOf" in schema:
        return " or ".join(map(_form, schema["oneOf"]))
    given = schema.get("type", [])
    kinds = [given] if isinstance(given, str) else given
    return " or ".join(_of_type(kind, schema) for kind in kinds) or "any value"


def _of_type(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "array":
        return f"a list: {_form(schema.get('items', {}))}"
    if kind == "object" and schema.get("properties"):
        return "a table with " + ", ".join(f"`{name}`" for name in schema["properties"])
    return _TYPES[kind]


def _prose(text: str) -> str:
    """Text on one line in which nothing but code in backticks is markup."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if index % 2 else _escape(part) for index, part in enumerate(parts))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or only say which of them are out of date."""
    stale = outdated()
    for path in stale:
        print(path.relative_to(DOCS.parent))
    if arguments == ["--check"]:
        return 1 if stale else 0
    wanted = pages()
    for path in stale:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
