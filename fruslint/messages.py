"""The text of a message: words in braces are filled in, and nothing else happens; numbers with their nouns.

Values come from documents that nobody vouches for. They are put in as they are: no attribute of them is looked up, no
format is applied, and braces in them mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from fruslint.patterns import late

_PART = late(r"\{\{|\}\}|\{([a-z_][a-z0-9_]*)\}|[{}]")


class Template:
    """A message with ``{name}`` for what is filled in; ``{{`` and ``}}`` are braces, a lone one raises ValueError.

    ``parts`` are the words before each name, and that name; behind the last one there is None.
    """

    __slots__ = ("names", "parts")

    def __init__(self, text: str) -> None:
        self.parts: list[tuple[str, str | None]] = []
        end = 0
        for found in _PART.finditer(text):
            if found[0] in ("{", "}"):
                raise ValueError(f"a `{found[0]}` that belongs to no {{name}}; write `{found[0] * 2}` for a brace")
            name = found[1]
            literal = text[end : found.start()] + ("" if name else found[0][0])
            self.parts.append((literal, name))
            end = found.end()
        self.parts.append((text[end:], None))
        self.names = frozenset(name for _, name in self.parts if name)

    def fill(self, values: Mapping[str, str]) -> str:
        """The message; a name without a value stays visible as it is."""
        return "".join(
            literal if name is None else f"{literal}{values.get(name, f'{{{name}}}')}" for literal, name in self.parts
        )


@lru_cache(1024)
def template(text: str) -> Template:
    """The template for a message, made when the first finding asks for it; raises ValueError."""
    return Template(text)


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: ``1 finding``, ``2,537 findings``; ``nouns`` where more of them are called otherwise."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
