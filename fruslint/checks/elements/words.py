"""The words of elements as a reader sees them, on one line."""

from __future__ import annotations

from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode

# So many characters are shown of what a message quotes; of longer words no more than these and an ellipsis.
_LONGEST = 60


def element_words(markup: Markup, number: int) -> str:
    """The words of an element on one line, those of the notes in it left out."""
    notes = markup.within(number, "note")
    if not notes:
        return " ".join(markup.inner_text(number).split())
    first, parts = markup.opens[number], []
    for note in notes:
        if markup.opens[note] > first:
            parts.append(decode(markup.stretch(first, markup.opens[note])))
            first = markup.closes[note]
    parts.append(decode(markup.stretch(first, markup.closes[number])))
    return " ".join("".join(parts).split())


def plain_number(text: str, longest: int) -> int | None:
    """The number that a text is, of so many digits from 0 to 9 at most; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def shorten(text: str) -> str:
    """Some words on one line, for a message; cut where they are many."""
    words = " ".join(text[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
