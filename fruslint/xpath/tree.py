"""The tree that lxml makes of a volume, and the way from its nodes back to the text.

The *k*-th element of the tree is the *k*-th start tag of the text; comments and processing instructions are counted in
the same way. So nothing is asked of lxml about places: its line numbers are those of the ends of tags, and stop at
65,535.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fruslint.errors import ConfigurationError, NotCheckedError
from fruslint.markup.elements import CDATA, Markup
from fruslint.source import Span

if TYPE_CHECKING:
    from types import ModuleType

_XML = "http://www.w3.org/XML/1998/namespace"
_DECLARATION = ("<?xml ", "<?xml\t", "<?xml\n", "<?xml\r")
Node = Any
"""An element, comment or processing instruction of lxml, or one of its strings that know where they come from."""


def etree() -> ModuleType:
    """The module of lxml; raises ConfigurationError where it is not installed."""
    try:
        from lxml import etree as found
    except ImportError as error:
        message = f"a check of the kind `xpath` needs the library lxml, and it cannot be loaded ({error})"
        raise ConfigurationError(message, hint="install it: pip install lxml") from None
    return found  # type: ignore[no-any-return]


class Tree:
    """The tree of a well-formed text without a DOCTYPE. Raises NotCheckedError where lxml refuses the text."""

    def __init__(self, markup: Markup) -> None:
        lxml = etree()
        parser = lxml.XMLParser(
            encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, collect_ids=False
        )
        try:
            self.root: Node = lxml.fromstring(markup.text.encode("utf-8", "surrogatepass"), parser)
        except lxml.XMLSyntaxError as error:
            raise NotCheckedError(f"lxml does not read this file: {error.msg}") from None
        # Kept, since lxml makes a new object each time an element is asked for that nobody holds.
        self._elements: list[Node] = list(self.root.iter("*"))
        self._numbers = {element: number for number, element in enumerate(self._elements)}
        self._other_places: dict[Node, int] | None = None
        if len(self._elements) != len(markup):
            raise NotCheckedError(
                f"lxml finds {len(self._elements)} elements in this file, and there are {len(markup)}"
            )

    def number(self, node: Node) -> int | None:
        """The number of an element; None for all that is none."""
        return self._numbers.get(node)

    def element(self, number: int) -> Node:
        """The element of a number."""
        return self._elements[number]

    def namespace(self, prefix: str) -> str | None:
        """The namespace that the root binds a prefix to."""
        found: str | None = self.root.nsmap.get(prefix)
        return found

    def span(self, markup: Markup, node: Node) -> Span:
        """Where a node stands: the name of an element, the value of an attribute, the words of a text, a whole comment."""
        if isinstance(node, str):
            return self._of_string(markup, node)
        number = self._numbers.get(node)
        if number is not None:
            return markup.name_span(number)
        place = self._place(markup, node)
        return Span(markup.offsets[place], markup.offsets[place + 1])

    def _place(self, markup: Markup, node: Node) -> int:
        """The place among the parts of the text of a comment or processing instruction."""
        if self._other_places is None:
            self._other_places = dict(zip(self._others(), _places(markup), strict=False))
        return self._other_places[node]

    def _others(self) -> list[Node]:
        """Comments and processing instructions in the order of the text."""
        lxml = etree()
        kinds = (lxml.Comment, lxml.ProcessingInstruction)
        before = [node for node in self.root.itersiblings(preceding=True) if node.tag in kinds]
        behind = [node for node in self.root.itersiblings() if node.tag in kinds]
        return [*reversed(before), *self.root.iter(*kinds), *behind]

    def _of_string(self, markup: Markup, node: Node) -> Span:
        parent = node.getparent()
        number = self._numbers.get(parent)
        if node.is_attribute and number is not None:
            name = _written_name(parent, node.attrname)
            located = markup.located(number, name)
            return located[1] if located is not None else markup.name_span(number)
        if number is None:
            start = self._place(markup, parent) + 1
        else:
            start = (markup.opens if node.is_text else markup.closes)[number] + 1
        return _words(markup, start)


def _places(markup: Markup) -> Iterator[int]:
    """The places of comments and processing instructions among the parts of the text."""
    for place in markup.others:
        part = markup.parts[place]
        if not part.startswith(CDATA) and not part.startswith(_DECLARATION):
            yield place


def _words(markup: Markup, place: int) -> Span:
    """A text that begins at a place of the parts, with its CDATA sections and without the blanks around it."""
    last, parts = place, markup.parts
    while last + 1 < len(parts) and parts[last + 1].startswith(CDATA):
        last += 2
    start, end = markup.offsets[place], markup.offsets[last + 1]
    words = markup.text[start:end]
    if not words.strip():
        return Span(start, end)
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _written_name(element: Node, name: str) -> str:
    """The name of an attribute as it is written, from the one that lxml gives: ``{namespace}name``."""
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    if uri == _XML:
        return f"xml:{local}"
    return next((f"{prefix}:{local}" for prefix, bound in element.nsmap.items() if prefix and bound == uri), local)
