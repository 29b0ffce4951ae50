"""A house's own RELAX NG and Schematron, by lxml: what they say of a tree, and of which element.

A schema is a file that a pull request may bring. It is read without a network, without entities, and without other files
that it would include; and its stylesheet may read and write nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Protocol

from fruslint.discovery import describe
from fruslint.errors import ConfigurationError, NotCheckedError
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.xpath.tree import Node, etree

_LARGEST = 20_000_000
_RELAX_NG = "{http://relaxng.org/ns/structure/1.0}"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_INCLUDES = "//*[local-name() = 'include' or local-name() = 'externalRef' or local-name() = 'extends'][@href]"
_ADVICE = {
    ".rnc": "this is the compact syntax of RELAX NG; convert it to the XML syntax (.rng), with trang for example",
    ".odd": "make a RELAX NG schema (.rng) of it",
}
_INVALID_ATTRIBUTE = late(r"Invalid attribute (\S+) for element \S+")
_FAILED = late(r"(?:Element|for element) (\S+)")
# Of several errors for one element libxml2 means the same thing: the first of these kinds says best what.
_KINDS = ("INVALIDATTR", "DUPID", "ATTRVALID", "ATTRNAME", "EXTRACONTENT", "ELEMWRONG", "")
_FLATTEN = "give one file with all of it"
_XPATH = (
    "it must be RELAX NG, or Schematron in XPath 1.0; asserts in XPath 2 can become house rules of the kind `xpath`"
)


class Problem(Record):
    """What a schema says of an element: which one, an attribute of it if that is meant, and a level: error, warning, info."""

    node: Node
    message: str
    attribute: str = ""
    level: str = "error"


class Schema(Protocol):
    """A schema that is ready to be asked."""

    def problems(self, root: Node) -> Iterator[Problem]:
        """What is wrong with a volume."""
        ...


def load_schema(given: str, folder: Path) -> Schema:
    """A schema, given as its text or as the name of a file below ``folder``; raises ConfigurationError."""
    lxml = etree()
    is_text = given.lstrip().startswith("<")
    name = "" if is_text else given
    try:
        data = given.encode() if is_text else _read(given, folder)
        root = lxml.fromstring(data, lxml.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
        included = root.xpath(_INCLUDES)
        if included:
            raise ConfigurationError(f"line {included[0].sourceline} includes another file", path=name, hint=_FLATTEN)
        return (_RelaxNG if root.tag.startswith(_RELAX_NG) else _Schematron)(root)
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {describe(error)}", path=name) from None
    except lxml.LxmlError as error:
        raise ConfigurationError(f"lxml cannot use this schema: {error}", path=name, hint=_XPATH) from None


def _read(name: str, folder: Path) -> bytes:
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise ConfigurationError("a schema must be in the folder in which fruslint runs, or below it", path=name)
    if file.suffix in _ADVICE:
        raise ConfigurationError("this kind of schema cannot be read", path=name, hint=_ADVICE[file.suffix])
    with file.open("rb") as stream:
        return stream.read(_LARGEST)


class _RelaxNG:
    """A RELAX NG schema in the XML syntax."""

    def __init__(self, root: Node) -> None:
        self._schema = etree().RelaxNG(root)

    def problems(self, root: Node) -> Iterator[Problem]:
        """The errors of libxml2, one for each element, where it can be told which one is meant."""
        if self._schema.validate(root):
            return
        best: dict[Node, tuple[int, Problem]] = {}
        for entry in self._schema.error_log:
            problem = _of_entry(root, entry)
            rank = next(rank for rank, kind in enumerate(_KINDS) if kind in entry.type_name)
            if problem.node not in best or rank < best[problem.node][0]:
                best[problem.node] = (rank, problem)
        for node, (rank, problem) in best.items():
            parent = best.get(node.getparent())
            # What is wrong with the attributes of an element makes all that is in it unexpected.
            if parent is None or parent[0] > _KINDS.index("ATTRNAME") or rank < _KINDS.index("EXTRACONTENT"):
                yield problem


def _of_entry(root: Node, entry: Any) -> Problem:
    found = root.xpath(entry.path) if entry.path else []
    node = found[0] if found else root
    named = _FAILED.search(entry.message)
    if named is not None and _local(node) != named[1] and _local(node.getparent()) == named[1]:
        node = node.getparent()
    attribute = _INVALID_ATTRIBUTE.fullmatch(entry.message)
    return Problem(node, entry.message, attribute[1] if attribute else "")


def _local(node: Node) -> str:
    return node.tag.rpartition("}")[2] if node is not None and isinstance(node.tag, str) else ""


class _Schematron:
    """A Schematron in XPath 1.0, made into a stylesheet as ISO 19757-3 has it."""

    def __init__(self, root: Node) -> None:
        from lxml import isoschematron

        lxml = etree()
        binding = root.get("queryBinding", "xslt")
        if binding not in ("xslt", "xslt1", "xpath", "exslt"):
            raise lxml.LxmlError(f"its query language is {binding}")
        stylesheet = isoschematron.iso_svrl_for_xslt1(isoschematron.iso_abstract_expand(root))
        _tell_whose_attribute(stylesheet)
        self._report = lxml.XSLT(stylesheet, access_control=lxml.XSLTAccessControl.DENY_ALL)

    def problems(self, root: Node) -> Iterator[Problem]:
        """The asserts that failed and the reports that hold; raises NotCheckedError."""
        try:
            report = self._report(root)
        except etree().XSLTError as error:
            raise NotCheckedError(f"the Schematron cannot be run: {error}") from None
        for found in report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
            nodes = root.xpath(found.get("location") or "/*")
            text = " ".join("".join(found.itertext()).split())
            node, attribute = _element(nodes, root)
            yield Problem(node, text or found.get("test") or "", attribute, _level(found.get("role") or ""))


def _tell_whose_attribute(stylesheet: Node) -> None:
    """The path that is given for an attribute lacks the one to its element; it is the same that elements begin with."""
    paths = {one.get("match"): one for one in stylesheet.getroot() if one.get("mode") == "schematron-get-full-path"}
    if "*" in paths and "@*" in paths:
        paths["@*"].insert(0, deepcopy(paths["*"][0]))


def _element(nodes: Iterable[Node], root: Node) -> tuple[Node, str]:
    """The element of a place, and the attribute if it is one."""
    node = next(iter(nodes), root)
    if not hasattr(node, "attrname"):
        return node, ""
    parent = node.getparent()
    return (root if parent is None else parent), node.attrname or ""


def _level(role: str) -> str:
    role = role.casefold()
    return "warning" if role.startswith("warn") else "info" if role.startswith("info") else "error"
