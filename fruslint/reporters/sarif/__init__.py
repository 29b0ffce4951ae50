"""SARIF 2.1.0, the format of code scanning on GitHub and elsewhere.

It holds no times and no paths of this computer, so the same input gives the same bytes. Microsoft's validator has nothing
to say about it, at any level, where the files are in a repository; `tests/test_sarif_validator.py` holds
it to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fruslint import __version__
from fruslint.reporters import View
from fruslint.reporters.home import HOME
from fruslint.reporters.jsontext import streamed
from fruslint.reporters.sarif.invocation import invocation, provenance
from fruslint.reporters.sarif.locations import ROOT, Locator
from fruslint.reporters.sarif.results import left_out, most_severe, result
from fruslint.reporters.sarif.rules import Rulebook
from fruslint.runner import Outcome

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(outcome: Outcome, view: View) -> Iterator[str]:
    """The run as a log, one result a line; silenced findings are results too, and say that they are."""
    locator = Locator(view.path, lru_cache(maxsize=2)(view.sources))
    kept = most_severe(outcome)
    rules = Rulebook(outcome, (judged.finding for judged in kept))
    run: dict[str, Any] = {
        "tool": {"driver": {**_driver(), "rules": rules.descriptors()}},
        "invocations": [invocation(outcome, locator, left_out(outcome))],
        "automationDetails": {"id": "fruslint/check/"},  # GitHub: the category is what stands before the last slash
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that all paths begin at."}}},
        **provenance(view.checkout),
        "results": (result(judged, rules, locator) for judged in kept),
    }
    yield from streamed({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    yield "\n"


def _driver() -> dict[str, Any]:
    return {
        "name": "fruslint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
    }
