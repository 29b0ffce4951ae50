"""Loaded configuration files -> what holds: layers of settings for rules, overrides, and values for files and runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from fruslint.configuration.layers import Action, Layer, Origin
from fruslint.configuration.load import Loaded, words_at
from fruslint.configuration.scope import Scope, parse_documents, parse_years
from fruslint.data.yamlfile import KeyPath
from fruslint.errors import ConfigurationError
from fruslint.findings import Severity
from fruslint.globs import Glob, parse_glob
from fruslint.model import PUBLISHED
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.rules import EXACT, Rule, matching

FILE_KEYS = ("encoding", "schema-version", "year", "max-file-size", "dialect")
DIALECT = "dialect"
RUN_KEYS = ("max-per-rule", "fail-on", "gitignore")
_PAGE = late(r"[^\w\s][^N0-9\r\n]{0,18}N[^N0-9\r\n]{0,18}[^\w\s]")
_SWITCHES: Mapping[Any, bool] = {"on": True, "off": False, True: True, False: False}
_Value = TypeVar("_Value")


class Said(Record):
    """A value and where it was given."""

    value: Any
    origin: Origin


Values = Mapping[str, Said]


class Override(Record):
    """What holds for some files or documents only."""

    scope: Scope
    layer: Layer
    values: Values
    origin: Origin
    reason: str = ""


class Settings(Record):
    """All that one configuration and those it extends say.

    ``files`` are their names, what is overruled first; ``values`` are those of `FILE_KEYS` and `RUN_KEYS`.
    """

    files: tuple[str, ...]
    layers: tuple[Layer, ...]
    overrides: tuple[Override, ...]
    include: tuple[Glob, ...] | None
    exclude: tuple[Glob, ...]
    values: Values


def house_rules(chain: Sequence[Loaded]) -> list[tuple[str, Loaded, KeyPath]]:
    """The folders with house rules that configurations name: the path of each, and where it is named."""
    return [(one.path(word, at), one, at) for one in chain for word, at in one.words("house-rules")]


def read_globs(chain: Sequence[Loaded], base: str | None) -> tuple[tuple[Glob, ...] | None, tuple[Glob, ...]]:
    """The patterns of files to include (None: not said) and to exclude; they count from ``base``, if one is given."""
    include: tuple[Glob, ...] | None = None
    exclude: list[Glob] = []
    for one in chain:
        include = _globs(one, "include", base) or include
        exclude += _globs(one, "exclude", base)
    return include, tuple(exclude)


def read_values(chain: Sequence[Loaded]) -> Values:
    """The values of files and runs that configurations give; of two the last."""
    values: dict[str, Said] = {}
    for one in chain:
        values.update(_said(one, one.document.value, (), (*FILE_KEYS, *RUN_KEYS)))
    return values


def _said(one: Loaded, table: Mapping[str, Any], at: KeyPath, keys: Sequence[str]) -> Iterator[tuple[str, Said]]:
    """The values that a table gives under these keys; each part of a dialect is one of its own."""
    for key in keys:
        if key == DIALECT and key in table:
            _check_dialect(one, table[key], (*at, key))
            for part, value in table[key].items():
                yield f"{key}.{part}", Said(value, _origin(one, (*at, key, part)))
        elif key in table:
            yield key, Said(_value(one, key, (*at, key), table[key]), _origin(one, (*at, key)))


def is_page(form: str) -> bool:
    """Whether a text is a form of page breaks: N between brackets or other signs."""
    return _PAGE.fullmatch(form) is not None


def _check_dialect(one: Loaded, dialect: Mapping[str, str], at: KeyPath) -> None:
    page = dialect.get("page", PUBLISHED.page)
    if not is_page(page):
        hint = "write N for the number, between brackets or other signs, such as [p. N]"
        raise one.document.error((*at, "page"), f"`{page}` is no form of a page break", hint)
    if page == dialect.get("marker"):
        message = f"`{page}` cannot be a page and a marker"
        raise one.document.error((*at, "page"), message, "nobody could tell them apart")


def settings(chain: Sequence[Loaded], rules: Sequence[Rule], base: str | None = None) -> Settings:
    """What a chain of configurations says about these rules and all else; raises ConfigurationError.

    Patterns count from ``base``, or else each from the folder of its configuration.
    """
    include, exclude = read_globs(chain, base)
    return Settings(
        tuple(one.name for one in chain),
        tuple(_layer(one, one.document.value, (), rules) for one in chain),
        tuple(override for one in chain for override in _overrides(one, rules, base)),
        include,
        exclude,
        read_values(chain),
    )


def _globs(one: Loaded, key: str, base: str | None, at: KeyPath = (), table: Mapping[str, Any] | None = None) -> Any:
    words = words_at(one.document.value if table is None else dict(table), key, at)
    return tuple(_at(one, path, lambda word=word: parse_glob(word, base or one.folder)) for word, path in words)  # type: ignore[misc]


def _at(one: Loaded, path: KeyPath, make: Callable[[], _Value]) -> _Value:
    """What ``make`` gives; a ValueError becomes an error at ``path``."""
    try:
        return make()
    except ValueError as error:
        raise one.document.error(path, str(error)) from None


def _value(one: Loaded, key: str, path: KeyPath, value: Any) -> Any:
    if key == "schema-version":
        return _at(one, path, lambda: _version(str(value)))
    if key == "max-file-size" and isinstance(value, str):
        from fruslint.sizes import parse_size

        return parse_size(value)
    return value


def _version(name: str) -> str:
    from fruslint.markup.schema_versions import DETECT, check_names

    return name if name == DETECT else next(iter(check_names([name])))


def _origin(one: Loaded, path: KeyPath) -> Origin:
    return Origin(one.name, one.document.position(path).line if one.document.values else 0)


def _overrides(one: Loaded, rules: Sequence[Rule], base: str | None) -> list[Override]:
    tables = one.document.value.get("overrides", ())
    return [_override(one, table, ("overrides", index), rules, base) for index, table in enumerate(tables)]


def _override(one: Loaded, table: dict[str, Any], at: KeyPath, rules: Sequence[Rule], base: str | None) -> Override:
    scope = _scope(one, table, at, base)
    values = dict(_said(one, table, at, FILE_KEYS))
    if values and scope.by_document:
        key = next(iter(values)).partition(".")[0]
        message = f"`{key}` is decided before the documents of a file are known"
        raise one.document.error((*at, key), message, "put it into an override with `files` alone", at_key=True)
    return Override(scope, _layer(one, table, at, rules), values, _origin(one, at), table.get("reason", ""))


def _scope(one: Loaded, table: dict[str, Any], at: KeyPath, base: str | None) -> Scope:
    files = _globs(one, "files", base, at, table)
    words = words_at(table, "documents", at)
    ids, numbers = _at(one, (*at, "documents"), lambda: parse_documents([word for word, _ in words]))
    years = (_at(one, (*at, "years"), lambda: parse_years(str(table["years"]))),) if "years" in table else ()
    scope = Scope(files, ids, numbers, years)
    if not files and not scope.by_document:
        raise one.document.error(
            at, "an override names `files`, `documents` or `years`", "or put it above, for all files"
        )
    return scope


def _layer(one: Loaded, table: dict[str, Any], at: KeyPath, rules: Sequence[Rule]) -> Layer:
    actions: list[Action] = []
    for key, on in (("select", True), ("extend-select", True)):
        actions += (_selected(one, word, path, rules, on) for word, path in words_at(table, key, at))
    for word, value in table.get("rules", {}).items():
        actions.append(_rule(one, word, value, (*at, "rules", word), rules))
    actions += (_selected(one, word, path, rules, False) for word, path in words_at(table, "ignore", at))
    return Layer(tuple(actions), _origin(one, (*at, "select")) if "select" in table else None)


def _selected(one: Loaded, word: str, path: KeyPath, rules: Sequence[Rule], on: bool) -> Action:
    rank, ids = _matching(one, word, path, rules)
    return Action(rank, ids, _origin(one, path), on)


def _matching(one: Loaded, word: str, path: KeyPath, rules: Sequence[Rule]) -> tuple[int, tuple[str, ...]]:
    try:
        rank, ids = matching(rules, word)
    except ConfigurationError as error:
        raise one.document.error(path, error.message, error.hint, at_key="rules" in path[:-1]) from None
    return rank, tuple(ids)


def _rule(one: Loaded, word: str, value: Any, path: KeyPath, rules: Sequence[Rule]) -> Action:
    """What is said of the rules that ``word`` stands for.

    To give one rule a severity or parameters turns it on. To give them to many leaves those off that are off: they are
    off because each needs a decision of its own.
    """
    rank, ids = _matching(one, word, path, rules)
    origin = _origin(one, path)
    single = rank == EXACT
    if not isinstance(value, dict):
        if value in _SWITCHES:
            return Action(rank, ids, origin, on=_SWITCHES[value])
        return Action(rank, ids, origin, on=True if single else None, severity=Severity[value.upper()])
    parameters = {key: inner for key, inner in value.items() if key != "severity"}
    if parameters:
        _check_parameters(one, parameters, path, [rule for rule in rules if rule.id in ids], single)
    severity = Severity[value["severity"].upper()] if "severity" in value else None
    return Action(rank, ids, origin, True if single else None, severity, parameters)


def _check_parameters(one: Loaded, given: dict[str, Any], path: KeyPath, rules: Sequence[Rule], single: bool) -> None:
    if not single:
        message = "parameters are those of one rule, and here are many"
        raise one.document.error((*path, next(iter(given))), message, "name the rule", at_key=True)
    from fruslint.checks import check_class
    from fruslint.rules.validation import refuse, validate_parameters

    (rule,) = rules
    present = {key: value for key, value in given.items() if value is not None}
    schema = {key: value for key, value in check_class(rule.kind).SCHEMA.items() if key != "required"}
    # alone first: what is wrong is then said of what stands in this file
    refuse(one.document, path, given if set(given) - set(schema.get("properties", given)) else present, schema)
    validate_parameters(one.document, path, rule.kind, {**rule.parameters, **present})
