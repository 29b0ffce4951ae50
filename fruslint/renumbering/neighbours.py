"""Looks for references to renumbered notes in other files: the volumes and memoranda beside the one that was changed."""

from __future__ import annotations

import re

from fruslint.model import Medium, Volume
from fruslint.renumbering.plan import Draft, Plan, Renumbered
from fruslint.renumbering.volumes import move_in_volume
from fruslint.renumbering.words import move_mentions


def may_refer(data: bytes, done: Renumbered) -> bool:
    """A quick look at a file: whether it can refer to a note that was renumbered at all."""
    if done.volume and re.search(rb"%b(?:\.xml)?#" % re.escape(done.volume.encode()), data):
        return True
    numbers = "|".join(map(re.escape, done.numbers))
    return (
        b"ootnote" in data and bool(numbers) and re.search(rb"Document\s(?:%b)\b" % numbers.encode(), data) is not None
    )


def plan_neighbour(volume: Volume, done: Renumbered) -> Plan:
    """What in another file refers to renumbered notes, and how it moves along.

    A memorandum refers to those of other memoranda in its folder, a volume to those of another volume by its name.
    """
    draft = Draft(volume.source)
    if volume.medium is Medium.TEI:
        move_in_volume(draft, volume, done)
    elif volume.medium is Medium.TEXT and not done.targets:
        move_mentions(draft, volume.documents, done.numbers, lambda _: False)
    return draft.plan()
