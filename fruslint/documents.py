"""Documents that are read when they are asked for, and what can be told of one without reading it.

A large volume is checked in parts by several processes: each reads the documents of its part, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, overload

from fruslint.model import Document, DocumentKind
from fruslint.source import Span

if TYPE_CHECKING:  # a run over memoranda needs no markup
    from fruslint.markup.element import Element


class Sketch(Protocol):
    """What can be told of a document without reading it, or no more of it than its title; the same as it tells itself."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def kind(self) -> DocumentKind:
        """What it is."""
        ...

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def element(self) -> Element | None:
        """The element of one of a TEI volume."""
        ...


class Documents(Sequence[Document]):
    """Documents that are read when they are asked for, and kept; none is read for its ``sketches``."""

    __slots__ = ("_known", "_read", "sketches")

    def __init__(self, sketches: Sequence[Sketch], read: Callable[[int], Document]) -> None:
        """``read`` is given the index of a document."""
        self.sketches = sketches
        self._read = read
        self._known: list[Document | None] = [None] * len(sketches)

    def __len__(self) -> int:
        return len(self.sketches)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, index: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(index, slice):
            return tuple([self[one] for one in range(len(self))[index]])
        place = range(len(self))[index]
        known = self._known[place]
        if known is None:
            known = self._known[place] = self._read(place)
        return known

    def each(self, change: Callable[[Document], Document]) -> Documents:
        """The same documents, each changed when it is read."""
        return Documents(self.sketches, lambda index: change(self[index]))


def sketches(documents: Sequence[Document]) -> Sequence[Sketch]:
    """What can be told of documents, in order; none is read for that."""
    return documents.sketches if isinstance(documents, Documents) else documents
