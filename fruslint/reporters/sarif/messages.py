"""The message strings of SARIF: placeholders with numbers, links, and what must be escaped in them."""

from __future__ import annotations

from fruslint.messages import Template
from fruslint.patterns import late
from fruslint.record import Record

_BRACE = late(r"[{}]")
_LINK = late(r"\[(?=[^\[\]]*\]\()")
_BRACKET = late(r"([\\\[\]])")
_QUOTES = {"‘": "’", "“": "”", "'": "'", '"': '"', "`": "`"}


def escaped(text: str) -> str:
    """``text`` so that nothing in it is taken for a placeholder or a link."""
    return _LINK.sub(r"\[", _BRACE.sub(lambda found: found[0] * 2, text))


def link(text: str, number: int) -> str:
    """A link to the related location with this number."""
    words = _BRACKET.sub(r"\\\1", _BRACE.sub(lambda found: found[0] * 2, text))
    return f"[{words}]({number})"


class Wording(Record):
    """The message of a rule in pieces: the words before each value, and behind the last one."""

    literals: tuple[str, ...]

    @classmethod
    def of(cls, message: str) -> Wording:
        """The wording of a rule's message."""
        literals, words = [], ""
        for literal, name in Template(message).parts:
            words += literal
            if name is not None:
                literals.append(words)
                words = ""
        return cls((*literals, words))

    def template(self) -> str:
        """The message string: its values are numbered, and stand in single quotes, as they are advised to."""
        pieces = [escaped(literal) for literal in self.literals]
        for index in range(len(pieces) - 1):
            closing = _QUOTES.get(pieces[index][-1:])
            if closing and pieces[index + 1].startswith(closing):
                pieces[index], pieces[index + 1] = pieces[index][:-1], pieces[index + 1][1:]
        text = "".join(f"{words}'{{{number}}}'" for number, words in enumerate(pieces[:-1])) + pieces[-1]
        return text if text.endswith(".") else f"{text}."

    def values(self, message: str) -> tuple[str, ...] | None:
        """The values in a message that was made with this wording; None for one that was not."""
        if len(self.literals) == 1:
            return () if message == self.literals[0] else None
        first, *between, last = self.literals
        at, end = len(first), len(message) - len(last)
        if not message.startswith(first) or not message.endswith(last) or end < at:
            return None
        values = []
        for literal in between:
            found = message.find(literal, at, end)
            if found < 0:
                return None
            values.append(message[at:found])
            at = found + len(literal)
        return (*values, message[at:end])
