"""What is to be done to renumber notes: edits, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fruslint.findings import Edit, Place, place
from fruslint.fixing.fixes import OverlapError, apply_edits
from fruslint.model import Document, Volume
from fruslint.readers import read_source
from fruslint.record import Record
from fruslint.source import Source, Span


class Move(Record):
    """A note of a document that gets another number: the old one as it is written, the new one, and where the note is."""

    document: str
    old: str
    new: str
    place: Place


class Remark(Record):
    """Something that was not done, or cannot be, and where."""

    place: Place
    message: str


class Plan(Record):
    """How a file is to be changed.

    ``references`` are the places of references that move along. ``left`` are references that do not, ``refused`` what
    keeps a document from being renumbered; ``notes`` counts the notes that were looked at.
    """

    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    references: tuple[Place, ...] = ()
    left: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()
    notes: int = 0
    done: Renumbered | None = None


class Target(Record):
    """A note that something may point at: its new id, its old and new number, and all numbers of its document."""

    id: str
    old: int | None
    new: int
    numbers: Numbers


class Renumbered(Record):
    """What was renumbered, for all that refers to it: the name of the volume, its notes by their old ids, and the
    numbers of its documents by the numbers of these.
    """

    volume: str
    targets: Mapping[str, Target]
    numbers: Mapping[str, Numbers]


class Numbers:
    """The old numbers of a document and the new ones, as references name them.

    ``changed`` maps each number that moves. ``ambiguous`` are numbers that two notes have: nobody knows which of them a
    reference means. ``known`` are all numbers there are.
    """

    def __init__(self, document: Document, pairs: Sequence[tuple[int, int]]) -> None:
        self.document = document
        self.known = frozenset(old for old, _ in pairs)
        targets: dict[int, set[int]] = {}
        for old, new in pairs:
            targets.setdefault(old, set()).add(new)
        self.ambiguous = frozenset(old for old, news in targets.items() if len(news) > 1)
        self.changed: Mapping[int, int] = {
            old: next(iter(news)) for old, news in targets.items() if len(news) == 1 and news != {old}
        }
        self._moved = bool(self.changed) or bool(self.ambiguous)

    def __bool__(self) -> bool:
        """Whether any number moves."""
        return self._moved


class Draft:
    """A plan under construction for one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.edits: dict[Span, str] = {}
        self.moves: list[Move] = []
        self.references: list[Place] = []
        self.left: list[Remark] = []
        self.refused: list[Remark] = []
        self.notes = 0

    def replace(self, span: Span, text: str) -> None:
        """Write ``text`` at a span, unless it stands there."""
        if self.source.text[span.start : span.end] != text:
            self.edits[span] = text

    def refer(self, span: Span, text: str) -> None:
        """As `replace`, for something that refers to a note."""
        if span not in self.edits and self.source.text[span.start : span.end] != text:
            self.replace(span, text)
            self.references.append(place(self.source, span))

    def leave(self, span: Span, message: str) -> None:
        """Say of something that refers to a note why it stays as it is."""
        self.left.append(Remark(place(self.source, span), message))

    def refuse(self, span: Span, message: str) -> None:
        """Say what keeps a document from being renumbered."""
        self.refused.append(Remark(place(self.source, span), message))

    def plan(self, done: Renumbered | None = None) -> Plan:
        """The plan."""
        return Plan(
            edits=tuple(Edit(span, text) for span, text in sorted(self.edits.items())),
            moves=tuple(self.moves),
            references=tuple(self.references),
            left=tuple(self.left),
            refused=tuple(self.refused),
            notes=self.notes,
            done=done,
        )


def read_again(volume: Volume, plan: Plan) -> Volume | None:
    """The volume as it reads after a plan; None if its edits are in each other's way."""
    source = volume.source
    try:
        text = apply_edits(source.text, plan.edits)
    except OverlapError:
        return None
    return read_source(Source(source.path, text, source.encoding, source.mark), dialect=volume.dialect)
