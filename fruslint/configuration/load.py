"""Configuration files -> data that is as the schema has it, with the place of each key, and all that they extend.

Nothing outside of the repository is read, unless the user named the configuration on the command line: a pull request
can bring a configuration, and what it names could be shown in a message.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fruslint.configuration.find import PROJECT, Located
from fruslint.configuration.presets import PRESETS
from fruslint.data import schema_file
from fruslint.data.fitting import fits
from fruslint.data.yamlfile import KeyPath, YamlDocument, parse, read_source
from fruslint.discovery import names_beside, reported_path
from fruslint.errors import ConfigurationError
from fruslint.near import did_you_mean
from fruslint.paths import lies_in
from fruslint.record import Record
from fruslint.source import Source, Span

_MOST = 50


class Loaded(Record):
    """One configuration file, or a built-in set: what it says, its name in reports, and the folder it counts paths from.

    ``root`` is the folder that no path in it may lead out of; empty where the user named the file.
    """

    document: YamlDocument
    name: str
    folder: str
    root: str

    def words(self, key: str) -> list[tuple[str, KeyPath]]:
        """The words under a key that takes one or a list of them, each with its path."""
        return words_at(self.document.value, key)

    def path(self, word: str, at: KeyPath) -> str:
        """The absolute path that ``word`` stands for; raises ConfigurationError for one that leads out of the root."""
        target = os.path.realpath(os.path.join(self.folder, os.path.normpath(word)))
        if self.root and not lies_in(target, os.path.realpath(self.root)):
            hint = "name the configuration itself with --config if you trust it"
            message = f"`{word}` lies outside of {reported_path(self.root)}, and is not read"
            raise self.document.error(at, message, hint)
        return target


def words_at(table: dict[str, Any], key: str, base: KeyPath = ()) -> list[tuple[str, KeyPath]]:
    """The words under ``key`` of a table that stands at ``base``, each with its path."""
    value = table.get(key, [])
    if isinstance(value, list):
        return [(str(word), (*base, key, index)) for index, word in enumerate(value)]
    return [(str(value), (*base, key))]


def load(located: Located, trusted: bool = False) -> tuple[Loaded, ...]:
    """A configuration and all that it extends, what is overruled first; raises ConfigurationError.

    ``trusted``: the user named it, and it may name what it likes; its patterns then count from the current folder.
    """
    file = os.path.realpath(located.file)
    name = reported_path(located.file)
    if not trusted and not lies_in(file, os.path.realpath(located.root)):
        message = "is a link that leads out of the repository, and is not read"
        raise ConfigurationError(message, path=name, hint="name it with --config if you trust it")
    if os.path.islink(located.file) and not os.path.exists(file):
        raise ConfigurationError("is a link that leads nowhere", path=name)
    folder = os.path.dirname(os.path.abspath(located.file))
    return tuple(_chain(Loaded(read(file, name), name, folder, "" if trusted else located.root), (file,)))


def read(file: str, name: str) -> YamlDocument:
    """What a configuration file says, checked against the schema; raises ConfigurationError."""
    document = _parsed(file, name)
    if document.value is None:
        document = YamlDocument(document.source, {}, 0, {}, {})
    if not fits(document.value, schema()):
        from fruslint.rules.validation import refuse

        refuse(document, (), document.value, schema())
    return document


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of configuration files."""
    whole: dict[str, Any] = json.loads(schema_file("configuration").read_text(encoding="utf-8"))
    return whole


def _parsed(file: str, name: str) -> YamlDocument:
    source = read_source(Path(file), name)
    if file.endswith(".toml"):
        from fruslint.configuration.toml import parse_project

        return parse_project(source)
    return parse(source, Span(0, len(source.text)))


def _chain(loaded: Loaded, chain: Sequence[str]) -> list[Loaded]:
    result: list[Loaded] = []
    for word, at in loaded.words("extends"):
        result += [_preset(word)] if word in PRESETS else _extended(loaded, word, at, chain)
        if len(result) > _MOST:
            raise loaded.document.error(at, f"more than {_MOST} configurations are extended here")
    return [*result, loaded]


def _preset(word: str) -> Loaded:
    name = f"the built-in set `{word}`"
    return Loaded(YamlDocument(Source(name, ""), dict(PRESETS[word]), 0, {}, {}), name, "", "")


def _extended(loaded: Loaded, word: str, at: KeyPath, chain: Sequence[str]) -> list[Loaded]:
    file = loaded.path(word, at)
    if file in chain:
        names = " -> ".join(map(reported_path, (*chain[chain.index(file) :], file)))
        raise loaded.document.error(at, f"configurations extend each other in a circle: {names}")
    if not os.path.isfile(file):
        raise loaded.document.error(at, *_missing(word, file))
    name = reported_path(file)
    inner = Loaded(read(file, name), name, os.path.dirname(file), loaded.root)
    return _chain(inner, (*chain, file))


def _missing(word: str, file: str) -> tuple[str, str]:
    if "/" not in word and "." not in word:
        hint = did_you_mean(word, PRESETS) or f"built-in sets are {', '.join(PRESETS)}"
        return f"`{word}` is neither a built-in set nor a file", hint
    names = [name for name in names_beside(file) if name.endswith((".yaml", ".yml", PROJECT))]
    near = did_you_mean(os.path.basename(file), names)
    return f"there is no configuration file `{word}`", near
