"""The output formats. Each is a module with ``report(outcome, view)``, which yields the parts of a report in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from fruslint.terminal import Screen

if TYPE_CHECKING:  # the names of the formats are asked for before it is known that anything is to be checked
    from fruslint.runner import Outcome

# format -> module of this package; loaded only when it is asked for
FORMATS: dict[str, str] = {"text": "text", "json": "json_list", "html": "html"}
# formats that show the documents and pages of a file, which are kept only for them
OUTLINED = frozenset({"html"})


class View(NamedTuple):
    """How a report is to look: the screen it goes to, headlines only, or a table by rule instead of the findings."""

    screen: Screen = Screen()
    quiet: bool = False
    statistics: bool = False


Reporter = Callable[["Outcome", View], Iterator[str]]


def reporter(name: str) -> Reporter:
    """The function that writes a format; raises KeyError for an unknown one."""
    found: Reporter = import_module(f"fruslint.reporters.{FORMATS[name]}").report
    return found
