"""The patterns of a configuration, and which of them fit no file.

Most are found to fit by the run itself. Only for those that are left the folder is looked at once more, names alone and
all patterns together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from fruslint.configuration.entries import collapsed, layout, removal, span_of
from fruslint.configuration.load import Loaded, words_at
from fruslint.data.yamlfile import KeyPath, YamlDocument
from fruslint.discovery import SKIPPED_FOLDERS
from fruslint.findings import Edit, Finding, Fix, place
from fruslint.globs import Glob, matches, parse_glob
from fruslint.messages import template
from fruslint.paths import slashed
from fruslint.record import Record
from fruslint.repository.gitignore import GitIgnore
from fruslint.rules import Rule, rule_files
from fruslint.source import Source, Span

KIND = "unused-pattern"
HOUSE_RULES = "house-rules"
_KEYS = ("include", "exclude", HOUSE_RULES)
_ANY = "**"
_MOST_ENTRIES = 200_000


class Pattern(Record):
    """A pattern, or a folder with house rules: the text, the key it stands under, and its path in the configuration."""

    text: str
    key: str
    at: KeyPath


def patterns(value: dict[str, Any]) -> Iterator[Pattern]:
    """All patterns that a configuration holds."""
    for key in _KEYS:
        yield from (Pattern(word, key, at) for word, at in words_at(value, key))
    for index, override in enumerate(value.get("overrides", ())):
        yield from (Pattern(word, "files", at) for word, at in words_at(override, "files", ("overrides", index)))


def removable(value: dict[str, Any], unused: Collection[Pattern]) -> tuple[KeyPath, ...]:
    """The entries to take out for patterns that fit nothing; ``include`` without a pattern would mean other files."""
    return tuple(path for path in collapsed(value, [one.at for one in unused]) if path != ("include",))


def findings(rule: Rule, document: YamlDocument, unused: Sequence[Pattern]) -> Iterator[Finding]:
    """The findings about patterns that fit nothing, at their places."""
    source = document.source
    try:
        root = layout(source)
    except ValueError:
        root = None
    entries = removable(document.value, unused)
    for one in unused:
        span = span_of(root, one.at) if root is not None else Span(0, 0)
        message = template(rule.message).fill({"pattern": one.text, "key": one.key, "what": _what(one)})
        yield Finding(rule.id, rule.severity, place(source, span), message, fix=_fix(source, one, entries))


def _what(one: Pattern) -> str:
    return "the folder holds no rules" if one.key == HOUSE_RULES else "no file or folder here fits it"


def _fix(source: Source, one: Pattern, entries: Iterable[KeyPath]) -> Fix | None:
    path = next((path for path in entries if one.at[: len(path)] == path), None)
    if path is None:
        return None
    try:
        span = removal(source, path)
    except ValueError:
        return None
    return Fix((Edit(span, "", source.position(span.start), source.position(span.end)),), safe=True)


# ---- what is there


def unused(one: Loaded, fitting: Collection[Glob], files: Sequence[str]) -> list[Pattern]:
    """The patterns of a configuration that fit nothing in its folder.

    ``fitting`` are patterns that left something out in this run, ``files`` the absolute paths of those to check.
    """
    every = list(patterns(one.document.value))
    folders = [pattern for pattern in every if pattern.key == HOUSE_RULES]
    globs = {pattern: parse_glob(pattern.text, slashed(one.folder)) for pattern in every if pattern.key != HOUSE_RULES}
    open_ones = {
        pattern: glob.parts
        for pattern, glob in globs.items()
        if glob not in fitting and not any(matches(glob, file) for file in files)
    }
    return [*(folder for folder in folders if _holds_none(one, folder)), *_missing(one, open_ones)]


def _holds_none(one: Loaded, folder: Pattern) -> bool:
    path = Path(one.path(folder.text, folder.at))
    return path.is_dir() and not any(rule_files(path))


def _missing(one: Loaded, open_ones: dict[Pattern, tuple[str, ...]]) -> list[Pattern]:
    if not open_ones:
        return []
    ignored = _ignored_by_git(slashed(one.folder))
    told = {pattern: parts for pattern, parts in open_ones.items() if not cannot_be_told(parts, ignored)}
    absent = missing(told.values(), one.folder)
    return [pattern for pattern, parts in told.items() if parts in absent]


def _ignored_by_git(folder: str) -> Callable[[str], bool]:
    git = GitIgnore()
    return lambda path: git.ignores(f"{folder}/{path}", True) or git.ignores(f"{folder}/{path}", False)


_States = tuple[int, ...]
_Reached = dict[tuple[str, ...], _States]


def cannot_be_told(parts: Sequence[str], is_ignored: Callable[[str], bool]) -> bool:
    """Whether a pattern is for what nobody can expect to be there.

    That is what git ignores (asked with a path below the folder), and what is never looked at: hidden files and folders,
    and those of other programs.
    """
    names = [name for name in parts if name != _ANY]
    if any(name.startswith(".") or name in SKIPPED_FOLDERS for name in names):
        return True
    # taken as a name, `*.tmp` is ignored where git ignores `*.tmp`
    return any(is_ignored("/".join(names[: index + 1])) for index in range(len(names)))


def _entries(folder: str) -> list[os.DirEntry[str]] | None:
    """What is in a folder, None where it cannot be read."""
    try:
        return list(os.scandir(folder))
    except OSError:
        return None


def missing(wanted: Iterable[tuple[str, ...]], folder: str) -> set[tuple[str, ...]]:
    """Those of the patterns (their parts) that no file or folder below ``folder`` fits.

    None of them where that cannot be told: a folder cannot be read, or there are too many files.
    """
    left = set(wanted)
    waiting: list[tuple[str, _Reached]] = [(folder, {parts: _reach(parts, (0,)) for parts in left})]
    seen = 0
    while waiting and left:
        here, states = waiting.pop()
        entries = _entries(here)
        seen += len(entries or ())
        if entries is None or seen > _MOST_ENTRIES:
            return set()
        for entry in entries:
            below = _steps({parts: states[parts] for parts in left & states.keys()}, entry.name)
            left -= _arrived(below)
            if _is_entered(entry):
                waiting.append((entry.path, below))
    return left


def _arrived(states: _Reached) -> set[tuple[str, ...]]:
    """The patterns that fit to their last part."""
    return {parts for parts, reached in states.items() if len(parts) in reached}


def _is_entered(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".") and entry.name not in SKIPPED_FOLDERS


def _steps(states: _Reached, name: str) -> _Reached:
    """How far the patterns may have come behind a name; those that have nowhere to go on from are left out."""
    reached = {parts: _step(parts, so_far, name) for parts, so_far in states.items()}
    return {parts: there for parts, there in reached.items() if there}


def _step(parts: Sequence[str], states: _States, name: str) -> _States:
    """How far a pattern may have come behind a name; its length is its end."""
    reached = (
        state if parts[state] == _ANY else state + 1
        for state in states
        if state < len(parts) and (parts[state] == _ANY or fnmatchcase(name, parts[state]))
    )
    return _reach(parts, reached)


def _reach(parts: Sequence[str], states: Iterable[int]) -> _States:
    """The states, and those that ``**`` lets be reached with no name at all."""
    found: dict[int, None] = {}
    for state in states:
        last = next((index for index in range(state, len(parts)) if parts[index] != _ANY), len(parts))
        found.update(dict.fromkeys(range(state, last + 1)))
    return tuple(found)
