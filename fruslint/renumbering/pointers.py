"""Moves what points at notes in the markup of a volume: references, second markers, and the numbers that they show."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from fruslint.markup.elements import Markup
from fruslint.markup.tags import Attribute
from fruslint.patterns import late
from fruslint.renumbering.plan import Draft, Target
from fruslint.source import Span

_TOKEN = late(r"[^\s#]*(?:#[^\s#]*)?")
# The numbers of notes in the words of a reference: behind the word, or alone, or in front of that of the document.
_SHOWN = late(
    r"(?:ootnotes?|\b[Nn]otes?|\bfn\.)\s+(?P<behind>\d[\d\s,–-]*(?:(?:and|or|to)\s+\d+)?)"
    r"|^\W*(?P<alone>\d+)(?=\W*$|,\s)"
)
_NUMBER = late(r"\d+")
_DEEPEST = 20


class Pointers:
    """The pointers in a volume at the notes of the volume called ``owner``, which may be the same or another one.

    ``targets`` are the notes by their old ids.
    """

    def __init__(self, markup: Markup, own: str, owner: str, targets: Mapping[str, Target]) -> None:
        self._markup = markup
        self._same = own == owner
        self._names = {owner, f"{owner}.xml"} | ({""} if self._same else set())
        self._targets = targets

    def move(self, draft: Draft) -> None:
        """Move all pointers, and the numbers in the words of references."""
        markup = self._markup
        for number, opens in enumerate(markup.opens):
            if "fn" in markup.parts[opens]:
                for attribute in markup.attributes(number).values():
                    if attribute.name != "xml:id":
                        self._move(draft, number, attribute)

    def _move(self, draft: Draft, number: int, attribute: Attribute) -> None:
        name = self._markup.names[number]
        for found in _TOKEN.finditer(self._markup.text, *attribute.span):
            before, mark, token = found[0].rpartition("#")
            # a note names the note that it repeats by the bare id
            bare = not mark and self._same and (name, attribute.name) == ("note", "target")
            target = self._targets.get(token) if bare or (mark and before in self._names) else None
            if target is not None:
                draft.refer(Span(found.end() - len(token), found.end()), target.id)
                if name == "ref":
                    self._words(draft, number, target)

    def _words(self, draft: Draft, number: int, target: Target) -> None:
        """Move the numbers that a reference shows, if the first of them is that of the note it points at."""
        shown = self._shown(number)
        if not shown:
            return
        values = [int(self._markup.text[slice(*span)]) for span in shown]
        if values[0] != target.old:
            if target.old != target.new:
                message = f"the reference shows {values[0]} and points at note {target.old}, which is {target.new} now"
                draft.leave(shown[0], message)
            return
        draft.refer(shown[0], str(target.new))
        for span, value in zip(shown[1:], values[1:], strict=True):
            if value in target.numbers.ambiguous:
                draft.leave(span, f"two notes have the number {value}")
            elif value in target.numbers.changed:
                draft.refer(span, str(target.numbers.changed[value]))

    def _shown(self, number: int) -> list[Span]:
        """The places of the numbers of notes in the words of a reference."""
        markup = self._markup
        runs = [span for span, _ in markup.runs(markup.opens[number], markup.closes[number])]
        words = "".join(markup.text[slice(*span)] for span in runs)
        offsets = [offset for span in runs for offset in range(*span)]
        found = _SHOWN.search(words)
        if found is None:
            return []
        group = "behind" if found["behind"] else "alone"
        places = ((n.start(), n.end()) for n in _NUMBER.finditer(words, *found.span(group)))
        return [Span(offsets[start], offsets[end - 1] + 1) for start, end in places]

    def covers(self, span: Span) -> bool:
        """Whether a place stands in a reference that points at a note."""
        markup = self._markup
        number = markup.around(span.start)
        if number is None:
            return False
        around = (number, *islice(markup.ancestors(number), _DEEPEST))
        references = (one for one in around if markup.names[one] == "ref")
        return any("fn" in (markup.value(one, "target") or "").rpartition("#")[2] for one in references)
