"""Rule files -> Rule objects, and which of them a run uses.

The built-in rules are validated by the tests and built without a second look, and a wheel holds them in one file that is
read in a tenth of the time: a hook on one memorandum must feel instant. The rules of a user are validated whenever they
are loaded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fruslint.data import compiled_rules_file, rules_folder
from fruslint.discovery import describe
from fruslint.errors import ConfigurationError
from fruslint.findings import Severity
from fruslint.model import Medium
from fruslint.near import did_you_mean_rule
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Source

if TYPE_CHECKING:
    from fruslint.data.yamlfile import YamlDocument

NO_PARAMETERS: Mapping[str, Any] = {}

_SUFFIXES = (".yaml", ".yml")
_SEVERITIES = {severity.label: severity for severity in Severity}
_PREFIX = late(r"([A-Z]+)([0-9]*)")

# what a reader calls a file that it cannot make a document of
_UNCHECKED = frozenset(
    {"unreadable", "too-large", "not-utf8", "not-well-formed", "unfinished-merge", "not-edition-file"}
)

EXACT = 1000
"""How specific a selector is that names one rule; all others are less."""


class Rule(Record):
    """One rule as its file has it. ``kind`` and ``parameters`` say which check finds it; ``path`` is its file.

    ``foreign`` are rules, or parameters of rules, that do not come with the program. ``matter``: it looks at the front and
    back matter of a volume too.
    """

    id: str
    name: str
    family: str
    severity: Severity
    media: frozenset[Medium]
    summary: str
    message: str
    why: str
    kind: str
    since: str
    path: Path
    parameters: Mapping[str, Any] = NO_PARAMETERS
    exits: tuple[str, ...] = ()
    default: bool = True
    once: bool = False
    fix: Literal["safe", "unsafe"] | None = None
    sets: tuple[str, ...] = ()
    foreign: bool = False
    matter: bool = False

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def builtin_rules() -> tuple[Rule, ...]:
    """The rules that come with the program, by id; from the copy that a wheel holds of all rule files, if there is one.

    They are read once for a process: the language server and whoever calls the Python API ask again for each run.
    """
    compiled = compiled_rules_file()
    if compiled is None:
        return load_rules([rules_folder()], validate=False)
    values = json.loads(compiled.read_text(encoding="utf-8"))
    folder = rules_folder()
    return tuple(_build(value, folder / name) for name, value in values.items())


def compile_rules(folder: Path) -> dict[str, Any]:
    """What the rule files below a folder say, without their examples, by the names of the files, in the order of ids."""
    # The tests validate them; here that would need all libraries that checks need.
    rules = load_rules([folder], validate=False)
    return {rule.path.relative_to(folder).as_posix(): _document(rule).value for rule in rules}


def load_rules(paths: Iterable[Path], validate: bool = True, known: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """The rules in these files and folders (and the folders in them), by id.

    Raises ConfigurationError for a file that is no sound rule, and for an id or name that two of these rules, or one
    of these and one of ``known``, have in common.
    """
    rules = sorted((load_rule(file, validate) for path in paths for file in rule_files(path)), key=lambda r: r.id)
    _refuse_duplicates([*known, *rules])
    return tuple(rules)


def with_house_rules(builtin: Sequence[Rule], folders: Iterable[Path]) -> tuple[Rule, ...]:
    """The built-in rules and those in ``folders``, by id; raises ConfigurationError."""
    house = (rule._replace(foreign=True) for rule in load_rules(folders, known=builtin))
    return tuple(sorted((*builtin, *house), key=lambda rule: rule.id))


def rule_files(path: Path) -> Iterator[Path]:
    """``path`` itself if it is no folder, and otherwise all rule files under it; links to folders are not followed.

    Raises ConfigurationError for a folder that cannot be read: rules that are silently missing would find nothing.
    """
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path, onerror=_refuse_folder):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(_SUFFIXES))


def _refuse_folder(error: OSError) -> None:
    raise ConfigurationError(f"cannot be read: {describe(error)}", path=str(error.filename)) from None


def load_rule(path: Path, validate: bool = True) -> Rule:
    """The rule in one file; raises ConfigurationError."""
    from fruslint.data import yamlfile

    return read_rule(yamlfile.read_source(path), path, validate)


def read_rule(source: Source, path: Path, validate: bool = True) -> Rule:
    """The rule in the first document of ``source``; raises ConfigurationError."""
    from fruslint.data import yamlfile

    document = yamlfile.parse(source, next(yamlfile.split(source)))
    if not validate:
        try:
            return _build(document.value, path)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass  # the validation says what is wrong
    from fruslint.rules.validation import validate_rule

    validate_rule(document)
    return _build(document.value, path)


def _build(value: dict[str, Any], path: Path) -> Rule:
    parameters = dict(value["check"])
    kind = parameters.pop("kind")
    return Rule(
        id=value["id"],
        name=value["name"],
        family=value["family"],
        severity=_SEVERITIES[value["severity"]],
        media=frozenset(map(Medium, value["media"])),
        summary=value["summary"].strip(),
        message=value["message"].strip(),
        why=value["why"].strip(),
        kind=kind,
        since=value["since"],
        path=path,
        parameters=parameters,
        exits=tuple(value.get("exits", ())),
        default=value.get("default", True),
        once=value.get("once", False),
        fix=value.get("fix"),
        sets=tuple(value.get("sets", ())),
        matter=value.get("matter", False),
    )


def is_guard(rule: Rule) -> bool:
    """Whether a rule reports files that cannot be checked: it is left on unless someone says off."""
    return rule.kind == "anomaly" and not _UNCHECKED.isdisjoint(rule.parameters["kinds"])


def _refuse_duplicates(rules: Sequence[Rule]) -> None:
    owners: dict[str, Rule] = {}
    for rule in rules:
        for key, word in (("id", rule.id), ("name", rule.name)):
            first = owners.setdefault(word, rule)
            if first is not rule:
                raise _key_error(rule, key, f"the {key} `{word}` is that of another rule, in {first.path}")


def _key_error(rule: Rule, key: str, message: str) -> ConfigurationError:
    """An error at one key of a rule that is already loaded."""
    return _document(rule).error((key,), message)


def _document(rule: Rule) -> YamlDocument:
    from fruslint.data import yamlfile

    source = yamlfile.read_source(rule.path)
    return yamlfile.parse(source, next(yamlfile.split(source)))


def digest(rules: Sequence[Rule]) -> str:
    """A digest of all that what rules find depends on; the same on every machine and in every process."""
    import hashlib

    said = [
        (rule.id, rule.severity, sorted(rule.media), rule.message, rule.kind, dict(rule.parameters), rule.fix)
        for rule in rules
    ]
    whole = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode())
    for name in (
        name for rule in rules for name in rule.parameters.get("schemas", ()) if not name.lstrip().startswith("<")
    ):
        try:
            whole.update(Path(name).read_bytes())
        except (OSError, ValueError):
            whole.update(b"unreadable")  # the rule says so when it is made
    return whole.hexdigest()


def select(
    rules: Sequence[Rule],
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules a run uses, in the order given.

    Without ``select`` these are the rules that are on by default. A selector is ``ALL``, the name of a set, a family
    (``NOTE``), the beginning of ids (``NOTE0``), an id, or a name. Of two selectors that match the same rule, the more
    specific one decides, and ``ignore`` where they are alike. Raises ConfigurationError for one that matches nothing.
    """
    chosen: dict[str, tuple[int, bool]] = {rule.id: (-1, rule.default and not select) for rule in rules}
    for words, on in ((select, True), (extend_select, True), (ignore, False)):
        for word in words:
            rank, ids = matching(rules, word)
            chosen.update((found, (rank, on)) for found in ids if rank >= chosen[found][0])
    return tuple(rule for rule in rules if chosen[rule.id][1])


def matching(rules: Sequence[Rule], word: str) -> tuple[int, list[str]]:
    """How specific a selector is, and the ids of the rules it matches; raises ConfigurationError where it matches none."""
    matchers = (
        (0, lambda rule: word == "ALL"),
        (1, lambda rule: word in rule.sets),
        (len(word) + 1, lambda rule: _has_prefix(rule, word)),
        (EXACT, lambda rule: word in (rule.id, rule.name)),
    )
    for rank, matches in reversed(matchers):
        ids = [rule.id for rule in rules if matches(rule)]
        if ids:
            return rank, ids
    raise ConfigurationError(f"`{word}` selects no rule", hint=did_you_mean_rule(word, _selectors(rules)))


def _has_prefix(rule: Rule, word: str) -> bool:
    """Whether ``word`` is the rule's family, or its family and the first of its digits."""
    found = _PREFIX.fullmatch(word)
    return found is not None and found[1] == rule.family and rule.id.startswith(word)


def _selectors(rules: Iterable[Rule]) -> set[str]:
    return {"ALL"}.union(*((rule.id, rule.name, rule.family, *rule.sets) for rule in rules))
