"""Renumbers the notes of documents of a TEI volume: numbers, ids, and all that points at them.

A note and its marker are one element, so that nothing can come apart. Which number each note gets `counting` says; here
ids follow the numbers, and references the ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fruslint.findings import place
from fruslint.markup.elements import Markup
from fruslint.model import Document, Volume
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.renumbering.counting import Change, changes_of
from fruslint.renumbering.plan import Draft, Move, Numbers, Plan, Renumbered, Target, read_again
from fruslint.renumbering.pointers import Pointers
from fruslint.renumbering.words import move_mentions, number_of
from fruslint.source import Span

_ID = late(r"(?P<head>.*fn)0*(?P<number>\d{1,6})")


class _Id(Record):
    """The id of a note: its place, its text, what it begins with, and its number if it ends in one."""

    span: Span
    text: str
    head: str
    number: int | None


def plan_volume(volume: Volume, chosen: Sequence[Document]) -> Plan:
    """How a volume is to be changed so that the notes of the ``chosen`` documents count up."""
    plan = _plan(volume, chosen)
    again = read_again(volume, plan) if plan.edits else None
    ids = {document.id for document in chosen}
    if plan.edits and (again is None or _plan(again, [one for one in again.documents if one.id in ids]).edits):
        draft = Draft(volume.source)
        draft.refuse(chosen[0].span, "with new numbers the notes would not count up; renumber them by hand")
        return draft.plan()
    return plan


def _plan(volume: Volume, chosen: Sequence[Document]) -> Plan:
    draft = Draft(volume.source)
    markup = volume.markup
    if markup is None:
        return draft.plan()
    targets: dict[str, Target] = {}
    moved: dict[str, Numbers] = {}
    for document in chosen:
        changes = list(changes_of(markup, document))
        draft.notes += len(changes)
        if any(change.is_move for change in changes):
            renumbering = _Renumbering(draft, markup, document, changes)
            if renumbering.is_clear():
                targets.update(renumbering.make())
                moved.update(_known_by_number(volume, document, renumbering.numbers))
    done = Renumbered(volume.id, targets, moved)
    move_in_volume(draft, volume, done)
    return draft.plan(done)


def _known_by_number(volume: Volume, document: Document, numbers: Numbers) -> dict[str, Numbers]:
    """The numbers of a document, by the number of the document where no other one has that."""
    own = number_of(document)
    return {own: numbers} if [number_of(one) for one in volume.documents].count(own) == 1 else {}


def move_in_volume(draft: Draft, volume: Volume, done: Renumbered) -> None:
    """Move all that refers to renumbered notes in a volume, their own or another one."""
    if volume.markup is None or not done.targets:
        return
    pointers = Pointers(volume.markup, volume.id, done.volume, done.targets)
    pointers.move(draft)
    if volume.id == done.volume and any(done.numbers.values()):
        move_mentions(draft, volume.documents, done.numbers, pointers.covers)


class _Renumbering:
    """The renumbering of one document. ``numbers`` are its old and new numbers."""

    def __init__(self, draft: Draft, markup: Markup, document: Document, changes: Sequence[Change]) -> None:
        self._draft = draft
        self._markup = markup
        self._document = document
        self.changes_of = changes
        own = [change for change in changes if change.note.first is None]
        self._ids = {change.note.element: _id_of(markup, change.note.element) for change in own}
        self._new_ids: dict[int, str] = {}
        for group in {change.group for change in own}:
            self._new_ids.update(self._assign([change for change in own if change.group == group]))
        pairs = [(change.old, change.new) for change in own if change.old is not None]
        self.numbers = Numbers(document, pairs)

    def is_clear(self) -> bool:
        """Whether each note can have its new id; if not, it is said why."""
        ids = [one for element in self._new_ids if (one := self._ids[element]) is not None]
        own = {one.text for one in ids}
        used: set[str] = set()
        for one, new in zip(ids, self._new_ids.values(), strict=True):
            if len(self._markup.ids.get(one.text, ())) > 1:
                self._refuse(
                    one.span, f"two elements have the id {one.text}; give one of them another, and run this again"
                )
                return False
            if new in used or (new not in own and new in self._markup.ids):
                self._refuse(one.span, f"the id {new} is taken{self._holder(new)}; free it, and run this again")
                return False
            used.add(new)
        return True

    def _holder(self, name: str) -> str:
        """In which line an id stands that is not one of those that move."""
        holder = next(iter(self._markup.ids.get(name, ())), None)
        if holder is None:
            return ""
        return f" by another element, in line {self._draft.source.position(self._markup.start_tag(holder).start).line}"

    def _refuse(self, span: Span, message: str) -> None:
        self._draft.refuse(span, f"{self._document.id}: {message}")

    def make(self) -> dict[str, Target]:
        """Write all numbers and ids; returns the notes that something may point at, by their old ids."""
        targets: dict[str, Target] = {}
        for change in self.changes_of:
            self._write(change)
            one = self._ids.get(change.note.element)
            if one is not None:
                new_id = self._new_ids.get(change.note.element, one.text)
                self._draft.replace(one.span, new_id)
                targets[one.text] = Target(new_id, change.old, change.new, self.numbers)
        return targets

    def _write(self, change: Change) -> None:
        label = change.note.label
        if change.is_move:
            self._draft.replace(label.span, str(change.new))
        if change.is_move and change.note.first is None:
            where = place(self._draft.source, label.span)
            self._draft.moves.append(Move(self._document.id, label.text, str(change.new), where))

    def _assign(self, changes: Sequence[Change]) -> dict[int, str]:
        """The new id of each note that has one, by its element.

        Ids go with the numbers of the notes, or already count what the notes should: what more of them do is taken to
        be the intent, and the distance they keep is kept.
        """
        pairs = [(change, one) for change in changes if (one := self._ids[change.note.element]) is not None]
        by_old = _habit((one.number, change.old) for change, one in pairs)
        by_new = _habit((one.number, change.new) for change, one in pairs)
        habit = max(by_old, by_new, key=lambda one: one.times)
        repeated = Counter(change.old for change, _ in pairs)
        new_ids = {}
        for change, one in pairs:
            keeps_distance = habit == by_old and repeated[change.old] == 1
            number = (_along(one, change) if keeps_distance else None) or change.new + habit.shift
            new_ids[change.note.element] = f"{self._head(change, one)}{number}" if one.head else one.text
        return new_ids

    def _head(self, change: Change, one: _Id) -> str:
        """What stands before the number of an id; one that names another document is put right when it changes anyway."""
        foreign = change.is_move and not one.head.startswith(self._document.id)
        return f"{self._document.id}fn" if foreign else one.head


class _Habit(Record):
    """By how much most ids are off the numbers of their notes, and how many are."""

    shift: int
    times: int


def _habit(numbers: Iterable[tuple[int | None, int | None]]) -> _Habit:
    """The habit of ids, from their numbers and those of their notes."""
    shifts = Counter(one - other for one, other in numbers if one is not None and other is not None)
    return max((_Habit(*pair) for pair in shifts.items()), key=lambda one: one.times, default=_Habit(0, 0))


def _along(one: _Id, change: Change) -> int | None:
    """The number of an id that moves as far as that of its note; None where one of them has none."""
    return one.number + change.new - change.old if one.number is not None and change.old is not None else None


def _id_of(markup: Markup, element: int) -> _Id | None:
    """The id of a note; without a head if it is none that counts notes."""
    located = markup.located(element, "xml:id")
    if located is None:
        return None
    text, span = located
    found = _ID.fullmatch(text)
    if found is not None:
        return _Id(span, text, found["head"], int(found["number"]))
    head, mark, _ = text.rpartition("fn")
    return _Id(span, text, head + mark, None)
