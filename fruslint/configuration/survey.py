"""What the files of a folder are like: media, encodings, versions, and the habits most of them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fruslint.checks import check_class
from fruslint.checks.habit import Tally
from fruslint.model import Dialect, Document, Medium, Volume
from fruslint.readers.plain.candidates import BARE, RAISED
from fruslint.record import Record
from fruslint.rules import Rule
from fruslint.source import Span

BULLETS = "•-*–·"
"""Those a configuration can name."""
_HABITS = ("habit", "note-start")


class Habit(Record):
    """What most files do where a rule lets each volume decide: so many ``times`` of ``total``."""

    rule: str
    expected: str | int
    times: int
    total: int


class Survey(Record):
    """What was found. ``undecoded`` are files that are not UTF-8, ``undated`` documents that do not tell their year.

    ``dialect`` counts how the parts of a dialect are written in memoranda, by their keys.
    """

    media: Counter[Medium]
    documents: int
    undecoded: int
    undated: int
    versions: Counter[str]
    habits: tuple[Habit, ...]
    dialect: Mapping[str, Counter[str]]


def survey(volumes: Iterable[Volume], rules: Sequence[Rule]) -> Survey:
    """What these files are like, by the rules about habits."""
    found = _Count(rules)
    for volume in volumes:
        found.undecoded += any(anomaly.kind == "not-utf8" for anomaly in volume.anomalies)
        if volume.medium is not None:
            found.add(volume, volume.medium)
    return found.survey()


class _Count:
    """What was counted so far."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.undecoded = 0
        self._checks = [(rule, check_class(rule.kind)(rule.parameters)) for rule in rules if rule.kind in _HABITS]
        self._ways: dict[str, Counter[str | int]] = {rule.id: Counter() for rule, _ in self._checks}
        self._media: Counter[Medium] = Counter()
        self._versions: Counter[str] = Counter()
        self._dialect: dict[str, Counter[str]] = {part: Counter() for part in Dialect._fields}
        self._documents = 0
        self._undated = 0

    def add(self, volume: Volume, medium: Medium) -> None:
        """Count what a file is like that could be read."""
        self._media[medium] += 1
        self._versions.update([volume.schema_version] if volume.schema_version else [])
        self._documents += len(volume.documents)
        self._undated += sum(document.year is None for document in volume.documents)
        for document in volume.documents if medium is Medium.TEXT else ():
            _count_forms(document, self._dialect)
        for rule, check in self._checks:
            if medium in rule.media:
                collect: Callable[[Any], Any] = getattr(check, "collect")  # noqa: B009
                self._ways[rule.id] += _counted(rule, filter(None, map(collect, volume.documents)))

    def survey(self) -> Survey:
        """What all files are like."""
        habits = (_habit(rule, self._ways[rule.id]) for rule, _ in self._checks)
        return Survey(
            self._media,
            self._documents,
            self.undecoded,
            self._undated,
            self._versions,
            tuple(filter(None, habits)),
            self._dialect,
        )


def _count_forms(document: Document, dialect: Mapping[str, Counter[str]]) -> None:
    """How a memorandum writes bullets, page breaks and markers; forms that nobody can choose are left out."""
    text = document.source.text
    items = (item.span.start for section in document.sections if not section.inline for item in section.items)
    dialect["bullet"].update(text[start] for start in items if text[start] in BULLETS)
    pages = ((page.span, page.label.span) for page in document.page_breaks)
    dialect["page"].update(text[all_.start : one.start] + "N" + text[one.end : all_.end] for all_, one in pages)
    dialect["marker"].update(_marker(text, marker.label.span) for marker in document.markers)


def _marker(text: str, span: Span) -> str:
    around = text[span.start - 1 : span.start] + "N" + text[span.end : span.end + 1]
    if around in ("[N]", "(N)"):
        return around
    return BARE if text[span.start : span.end].isascii() else RAISED


def _counted(rule: Rule, noted: Iterable[Any]) -> Counter[str | int]:
    """How often each way of doing it is used in the documents this was noted of."""
    counts: Counter[str | int] = Counter()
    for one in noted:
        if isinstance(one, Tally):
            names = [style["name"] for style in rule.parameters["styles"]]
            counts.update(dict(zip(names, one.counts, strict=True)))
        else:
            counts[one.number] += 1
    return counts


def _habit(rule: Rule, counts: Counter[str | int]) -> Habit | None:
    if not counts.total():
        return None
    expected, times = counts.most_common(1)[0]
    return Habit(rule.id, expected, times, counts.total())
