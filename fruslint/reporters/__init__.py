"""The output formats. Each is a module with ``report(outcome, view)``, which yields the parts of a report in order.

What a report needs beyond the findings costs time, so the sets below name the formats that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from fruslint.record import Record
from fruslint.source import Source
from fruslint.terminal import Screen

if TYPE_CHECKING:  # the names of the formats are asked for before it is known that anything is to be checked
    from fruslint.repository.checkout import Checkout
    from fruslint.runner import Outcome

# format -> module of this package; loaded only when it is asked for
FORMATS: dict[str, str] = {
    "text": "text",
    "concise": "concise",
    "json": "json_object",
    "jsonl": "json_lines",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjson": "rdjson",
    "markdown": "markdown",
    "html": "html",
}
# read by people, and written in the encoding of their terminal
PLAIN = frozenset({"text", "concise"})
# compared with later reports, so that each finding needs its fingerprint
FINGERPRINTED = frozenset({"json", "jsonl", "sarif", "gitlab"})
# read by services that know files by their path in the repository
LOCATED = frozenset({"sarif", "github", "gitlab"})
# look at all findings, also those that are folded
UNFOLDED = frozenset({"markdown", "html"})
# show the documents and pages of a file, which are kept only for them
OUTLINED = frozenset({"html"})


def no_source(path: str) -> Source:
    """The source of a file of which nothing is known."""
    return Source(path, "")


class View(Record):
    """How a report is to look: the screen it goes to, headlines only, or a table by rule instead of the findings.

    ``sources`` gives the text of a file by the path it is reported by; ``checkout`` is where the files stand in their
    repository, for the formats of ``LOCATED``.
    """

    screen: Screen = Screen()
    quiet: bool = False
    statistics: bool = False
    sources: Callable[[str], Source] = no_source
    checkout: Checkout | None = None

    def path(self, reported: str) -> str:
        """The path of a file in its repository, where that is known, and otherwise as it is reported."""
        return reported if self.checkout is None else self.checkout.paths.get(reported, reported)


Reporter = Callable[["Outcome", View], Iterator[str]]


def reporter(name: str) -> Reporter:
    """The function that writes a format; raises KeyError for an unknown one."""
    found: Reporter = import_module(f"fruslint.reporters.{FORMATS[name]}").report
    return found
