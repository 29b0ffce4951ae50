"""What the files of a folder are like: media, encodings, versions, and the habits most of them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from fruslint.checks import check_class
from fruslint.checks.habit import Tally
from fruslint.model import Medium, Volume
from fruslint.rules import Rule

_HABITS = ("habit", "note-start")


class Habit(NamedTuple):
    """What most files do where a rule lets each volume decide: so many ``times`` of ``total``."""

    rule: str
    expected: str | int
    times: int
    total: int


class Survey(NamedTuple):
    """What was found. ``undecoded`` are files that are not UTF-8, ``undated`` documents that do not tell their year."""

    media: Counter[Medium]
    documents: int
    undecoded: int
    undated: int
    versions: Counter[str]
    habits: tuple[Habit, ...]


def survey(volumes: Iterable[Volume], rules: Sequence[Rule]) -> Survey:
    """What these files are like, by the rules about habits."""
    counters = [(rule, check_class(rule.kind)(rule.parameters)) for rule in rules if rule.kind in _HABITS]
    counts: dict[str, Counter[str | int]] = {rule.id: Counter() for rule, _ in counters}
    media: Counter[Medium] = Counter()
    versions: Counter[str] = Counter()
    documents = undecoded = undated = 0
    for volume in volumes:
        undecoded += any(anomaly.kind == "not-utf8" for anomaly in volume.anomalies)
        if volume.medium is None:
            continue
        media[volume.medium] += 1
        versions.update([volume.schema_version] if volume.schema_version else [])
        documents += len(volume.documents)
        undated += sum(document.year is None for document in volume.documents)
        for rule, check in counters:
            if volume.medium in rule.media:
                collect: Callable[[Any], Any] = getattr(check, "collect")  # noqa: B009
                counts[rule.id] += _counted(rule, filter(None, map(collect, volume.documents)))
    habits = (_habit(rule, counts[rule.id]) for rule, _ in counters)
    return Survey(media, documents, undecoded, undated, versions, tuple(filter(None, habits)))


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
