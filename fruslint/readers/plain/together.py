"""Says once what nearly all items of a list, or nearly all notes, have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from fruslint.model import Anomaly

_SHARE = 0.75


def groups(anomalies: Iterable[Anomaly], alike: Callable[[Anomaly], tuple[str, ...]]) -> list[list[Anomaly]]:
    """The anomalies in groups of those that are ``alike``, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Anomaly]] = {}
    for one in anomalies:
        found.setdefault(alike(one), []).append(one)
    return list(found.values())


def are_nearly_all(those: Sequence[Anomaly], count: int, least: int) -> bool:
    """Whether nearly all of ``count`` things have them, and at least so many."""
    return count > 0 and len(those) >= max(least, _SHARE * count)


def as_one(those: Sequence[Anomaly], values: Mapping[str, str]) -> Anomaly:
    """One anomaly at the place of the first, with the edits of all; some of ``values`` are other ones."""
    edits = tuple(edit for one in those for edit in one.edits)
    unsafe = any(one.unsafe for one in those)
    return those[0]._replace(values={**those[0].values, **values}, edits=edits, unsafe=unsafe)
