"""Ledgers: files in a repository that say which findings are not to be reported, and why.

``fruslint-accepted.yaml`` holds what an editor decided on, one block for each finding; ``fruslint-baseline.yaml`` holds in
the same form, one line for each, what was there when fruslint came. An entry names a file, from the folder of its ledger,
and a fingerprint; one without a fingerprint stands for all findings of its rule in the files that its pattern matches.

A ledger is never written anew: entries are put in at their place in the order and cut out, and all else stays as it is,
remarks of people too. Two branches that add entries then change different lines.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from fruslint.discovery import describe, reported_path, unreadable_kind
from fruslint.errors import ConfigurationError
from fruslint.findings import place
from fruslint.paths import slashed, whole
from fruslint.record import Record
from fruslint.silencing.silences import ACCEPTED, BASELINE
from fruslint.source import Source, Span, UndecodableError, decode

MAX_BYTES = 64_000_000

_HEADS = {
    ACCEPTED: (
        "# Findings of fruslint that are right as they are printed, each with the reason.\n"
        "# `fruslint accept` adds to this file, `fruslint accept --prune` takes out what is gone.\n"
        "# The last line of each keeps it in one piece when git merges branches.\n\n"
    ),
    BASELINE: (
        "# Findings that were there when fruslint came: they are not reported, new ones are.\n"
        "# `fruslint baseline --update` takes out what is gone.\n\n"
    ),
}


class Entry(Record):
    """One decision: ``rule`` is not reported in ``file``, at the place that ``fingerprint`` knows, for this reason.

    Without a fingerprint ``file`` is a pattern, and ``document``, if it is given, narrows it to one document. ``words``
    and ``message`` are for people; ``author`` and ``date`` (as in 2026-05-03) say who decided so and when.
    """

    rule: str
    file: str
    fingerprint: str = ""
    document: str = ""
    words: str = ""
    message: str = ""
    reason: str = ""
    author: str = ""
    date: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What two entries for the same have in common."""
        return (self.file, self.fingerprint) if self.fingerprint else (self.file, self.rule, self.document)


class Ledger(Record):
    """A ledger as it was read: its entries, where each stands in the text, and the folder that files are named from."""

    source: Source
    file: str
    entries: tuple[Entry, ...]
    spans: tuple[Span, ...]

    @property
    def folder(self) -> str:
        """The absolute path of its folder, with slashes."""
        return os.path.dirname(whole(self.file))  # noqa: PTH120

    @property
    def is_baseline(self) -> bool:
        """Whether it holds what was there when fruslint came, and no decisions."""
        return slashed(self.file).rpartition("/")[2] == BASELINE

    def name_of(self, path: str) -> str | None:
        """How the ledger names a file (a path as reports give it); None for one that is not below its folder."""
        file, folder = whole(path), self.folder.rstrip("/") + "/"
        return file.removeprefix(folder) if file.startswith(folder) else None


def load(file: str) -> Ledger:
    """The ledger in a file; an empty one where there is none yet. Raises ConfigurationError with the place."""
    return parse(read_source(file), file)


def read_source(file: str) -> Source:
    """The text of a ledger, empty where there is none yet; raises ConfigurationError where it cannot be read."""
    name = reported_path(file)
    if os.path.islink(file):  # noqa: PTH114 - it could lead out of the repository
        raise ConfigurationError("is a link; a ledger must be a file of its own", path=name)
    try:
        problem = unreadable_kind(Path(file).stat().st_mode)
        if problem:  # to open a pipe waits until someone writes to it
            raise ConfigurationError(f"cannot be read: {problem}", path=name)
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Source(name, "")
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {describe(error)}", path=name) from None
    if len(data) > MAX_BYTES:
        raise ConfigurationError(f"is longer than {MAX_BYTES:,} bytes", path=name)
    try:
        return Source(name, *decode(data))
    except UndecodableError:
        from fruslint.data.yamlfile import source_of  # it says where, and what to do

        return source_of(name, data)


def parse(source: Source, file: str) -> Ledger:
    """The ledger in a text; raises ConfigurationError, with the place, for what is none."""
    from fruslint.silencing.ledger_text import read_entries

    ledger = Ledger(source, file, *_columns(read_entries(source)))
    _refuse_duplicates(ledger)
    return ledger


def _columns(read: Iterable[tuple[Entry, Span]]) -> tuple[tuple[Entry, ...], tuple[Span, ...]]:
    pairs = tuple(read)
    return tuple(entry for entry, _ in pairs), tuple(span for _, span in pairs)


def _refuse_duplicates(ledger: Ledger) -> None:
    first: dict[tuple[str, ...], int] = {}
    for number, entry in enumerate(ledger.entries):
        index = first.setdefault(entry.key, number)
        if index != number:
            line = ledger.source.position(ledger.spans[index].start).line
            message = f"this is the second entry for the same finding of {entry.rule}; the first is in line {line}"
            hint = "take one of the two out, or let `fruslint accept --resolve` do so"
            raise ConfigurationError(message, place(ledger.source, ledger.spans[number]), hint=hint)


def add(ledger: Ledger, entries: Iterable[Entry]) -> Ledger:
    """The ledger with more entries, each at its place in the order; one for a finding that has one already replaces it."""
    from fruslint.silencing.ledger_text import order, render

    new = sorted({entry.key: entry for entry in entries}.values(), key=order)
    rest = remove(ledger, {entry.key for entry in new})
    text = rest.source.text or _HEADS.get(os.path.basename(ledger.file), "")  # noqa: PTH119
    text += "" if text.endswith("\n") or not text else "\n"
    orders = [order(entry) for entry in rest.entries]
    starts = [*(span.start for span in rest.spans), len(text)]
    edits = [(starts[bisect_right(orders, order(entry))], render(entry, rest.is_baseline)) for entry in new]
    return _edited(rest, text, [(Span(at, at), block) for at, block in edits])


def remove(ledger: Ledger, keys: Collection[tuple[str, ...]]) -> Ledger:
    """The ledger without the entries of these keys."""
    pairs = zip(ledger.entries, ledger.spans, strict=True)
    return _edited(ledger, ledger.source.text, [(span, "") for entry, span in pairs if entry.key in keys])


def _edited(ledger: Ledger, text: str, edits: Sequence[tuple[Span, str]]) -> Ledger:
    """The ledger after edits, which are in order; several may stand at one place."""
    parts: list[str] = []
    last = 0
    for span, replacement in edits:
        parts += text[last : span.start], replacement
        last = span.end
    return parse(Source(ledger.source.path, "".join(parts) + text[last:]), ledger.file)


def save(before: Ledger, after: Ledger) -> None:
    """Put a ledger in the place of what it was made of, whole or not at all; raises ConfigurationError.

    What someone else wrote in the meantime is not overwritten.
    """
    from fruslint.atomic import write_whole

    if read_source(before.file).text != before.source.text:
        raise ConfigurationError(
            "was changed by someone else in the meantime", path=before.source.path, hint="try again"
        )
    try:
        write_whole(after.file, [after.source.text.encode("utf-8", "surrogatepass")])
    except OSError as error:
        raise ConfigurationError(f"cannot be written: {describe(error, 'write')}", path=after.source.path) from None


def resolve(source: Source, file: str) -> Ledger:
    """The ledger in a text with the marks of a merge, or with several entries for one finding: of those the first stays.

    Raises ConfigurationError for all else that is wrong with it.
    """
    from fruslint.silencing.ledger_text import read_entries, sides

    ours, theirs = (Source(source.path, text) for text in sides(source.text))
    mine = _first_ones(Ledger(ours, file, *_columns(read_entries(ours))))
    have = {entry.key for entry in mine.entries}
    return add(mine, [entry for entry, _ in reversed(read_entries(theirs)) if entry.key not in have])


def _first_ones(ledger: Ledger) -> Ledger:
    seen: set[tuple[str, ...]] = set()
    surplus: list[tuple[Span, str]] = []
    for entry, span in zip(ledger.entries, ledger.spans, strict=True):
        if entry.key in seen:
            surplus.append((span, ""))
        seen.add(entry.key)
    return _edited(ledger, ledger.source.text, surplus)
