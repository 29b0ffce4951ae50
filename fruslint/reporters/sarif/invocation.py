"""What SARIF says of the run itself: whether it went well, what it could not read, and which revision it saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fruslint.findings import OWN_NAMES
from fruslint.messages import counted
from fruslint.reporters.sarif.locations import ROOT, Locator
from fruslint.reporters.sarif.messages import escaped
from fruslint.reporters.sarif.rules import LEVELS
from fruslint.repository.checkout import Checkout
from fruslint.runner import Outcome


def invocation(outcome: Outcome, locator: Locator, left_out: int) -> dict[str, Any]:
    """The one invocation of a run. It has no command line and no times: they say nothing about the files."""
    notifications = [*_unread(outcome, locator), *_failures(outcome, locator), *_limited(left_out)]
    made: dict[str, Any] = {"executionSuccessful": not outcome.broken}
    return {**made, "toolExecutionNotifications": notifications} if notifications else made


def provenance(checkout: Checkout | None) -> dict[str, Any]:
    """The revision of the repository, where there is one."""
    if checkout is None or checkout.repository is None:
        return {}
    uri, revision, branch = checkout.repository
    details: dict[str, Any] = {"repositoryUri": uri, "revisionId": revision, "mappedTo": {"uriBaseId": ROOT}}
    return {"versionControlProvenance": [{**details, "branch": branch} if branch else details]}


def _unread(outcome: Outcome, locator: Locator) -> Iterator[dict[str, Any]]:
    said = {finding.place.path: finding.message for finding in reversed(outcome.findings)}
    for path in outcome.unread:
        yield _notification("file-not-checked", "error", said.get(path, "This file was not checked."), path, locator)


def _failures(outcome: Outcome, locator: Locator) -> Iterator[dict[str, Any]]:
    for finding in outcome.findings:
        name = OWN_NAMES.get(finding.rule)
        if name is not None and finding.place.path not in outcome.unread:
            yield _notification(name, LEVELS[finding.severity], finding.message, finding.place.path, locator)


def _limited(left_out: int) -> Iterator[dict[str, Any]]:
    if left_out:
        text = f"{counted(left_out, 'result')} left out: code scanning takes no more than are here."
        yield {"descriptor": {"id": "results-left-out"}, "level": "warning", "message": {"text": text}}


def _notification(id_: str, level: str, text: str, path: str, locator: Locator) -> dict[str, Any]:
    return {
        "descriptor": {"id": id_},
        "level": level,
        "message": {"text": escaped(text)},
        "locations": [{"physicalLocation": {"artifactLocation": locator.artifact(path)}}],
    }
