"""Finds elements whose words call for a tag around them that is not there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Edits, Hit, Parameters
from fruslint.markup.elements import Markup
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_DEEPEST = 20
_REACH = 60
_STEPS = {"document-before": -1, "document-behind": 1}


class UntaggedWordsCheck:
    """Looks for elements ``element`` that hold one of ``words`` alone (in whatever case) and stand in no ``inside``.

    ``refers``: which document each of the words refers to; there the missing tag with a ``target`` is proposed in notes,
    unless ``other_after`` matches the words before, or a reference stands there, which then say what else is meant.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["element", "words", "inside"],
        "additionalProperties": False,
        "properties": {
            "element": {"type": "string", "minLength": 1},
            "words": TEXTS,
            "inside": {"type": "string", "minLength": 1},
            "refers": {"type": "object", "additionalProperties": {"enum": sorted(_STEPS)}},
            "other_after": {"type": "string", "minLength": 1},
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def __init__(self, parameters: Parameters) -> None:
        self._element: str = parameters["element"]
        self._words = frozenset(map(str.casefold, parameters["words"]))
        self._inside: str = parameters["inside"]
        self._steps = {word: _STEPS[which] for word, which in parameters.get("refers", {}).items()}
        self._other = late(parameters["other_after"] + r"\s*\Z") if "other_after" in parameters else None

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each element without the tag."""
        markup = volume.markup
        if markup is None:
            return
        known: dict[str, str] = {}
        for number in markup.named(self._element):
            text = markup.parts[markup.opens[number] + 1]
            word = known.get(text)
            if word is None:
                word = known[text] = text.strip(" .,;\n").casefold()
            if word in self._words and markup.closes[number] == markup.opens[number] + 2:
                around = islice(markup.ancestors(number), _DEEPEST)
                if not any(markup.names[one] == self._inside for one in around):
                    edits = self._tagged(volume, markup, number, word)
                    yield Hit(markup.content(number), {"found": text.strip()}, edits=edits)

    def _tagged(self, volume: Volume, markup: Markup, number: int, word: str) -> Edits:
        """The tag around an element, with the document that its word refers to; none where that is not clear."""
        span = markup.span(number)
        if word not in self._steps or not _is_in_note(markup, number):
            return ()
        target = _beside(volume, span.start, self._steps[word])
        if len(markup.ids.get(target, ())) != 1 or self._means_other(markup, number, target):
            return ()
        tag = f'<{self._inside} target="#{target}">'
        return (Span(span.start, span.start), tag), (Span(span.end, span.end), f"</{self._inside}>")

    def _means_other(self, markup: Markup, number: int, target: str) -> bool:
        """Whether the words before, or a reference with nothing but a comma behind it, say that more is meant.

        A reference to a note of the document ``target`` says that it is the right one.
        """
        place = markup.opens[number] - 1
        before = markup.parts[place]
        if before.strip(" ,\r\n\t") == "" and markup.parts[place - 1] == f"</{self._inside}>":
            found = re.match(r"#(d\d+)", _target_before(markup, place - 1))
            return found is None or found[1] != target
        return self._other is not None and self._other.search(" ".join(before[-_REACH:].split())) is not None


def _is_in_note(markup: Markup, number: int) -> bool:
    """Whether the words are the editors' and not those of the document."""
    return any(markup.names[one] == "note" for one in islice(markup.ancestors(number), _DEEPEST))


def _target_before(markup: Markup, place: int) -> str:
    """The target of the reference whose end tag is at ``place``."""
    last = bisect_left(markup.opens, place) - 1
    around = (one for one in islice((last, *markup.ancestors(last)), _DEEPEST) if markup.closes[one] == place)
    return next((markup.value(one, "target") or "" for one in around), "")


def _beside(volume: Volume, offset: int, step: int) -> str:
    """The id of the document before or behind the one at ``offset``; empty if there is none."""
    documents = volume.documents
    own = bisect_right(documents, offset, key=lambda document: document.span.start) - 1
    is_inside = own >= 0 and offset < documents[own].span.end
    return documents[own + step].id if is_inside and 0 <= own + step < len(documents) else ""
