"""Folding keeps the first places of a rule in each volume and counts the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fruslint.filereport import FileReport
from fruslint.findings import Finding, Severity, order, place
from fruslint.fingerprints import fingerprints
from fruslint.folding import MOST_BRIEF, brief, fold
from fruslint.source import Source, Span


def finding(rule: str = "NOTE001", path: str = "a", severity: Severity = Severity.ERROR, more: int = 0) -> Finding:
    return Finding(rule, severity, place(Source(path, "x"), Span(0, 1)), "M.", more=more)


def told(findings: list[Finding]) -> list[tuple[str, str, int]]:
    return [(one.rule, one.place.path, one.more) for one in findings]


def test_the_last_one_shown_counts_the_rest() -> None:
    assert told(fold([finding()] * 5, 2)) == [("NOTE001", "a", 0), ("NOTE001", "a", 3)]


def test_as_many_as_allowed_are_not_folded() -> None:
    assert told(fold([finding()] * 2, 2)) == [("NOTE001", "a", 0)] * 2


def test_volumes_rules_and_severities_are_counted_apart() -> None:
    kinds = [finding(), finding(path="b"), finding("PAGE001"), finding(severity=Severity.INFO)]
    assert [one.more for one in fold(kinds * 3, 1)] == [2, 2, 2, 2]


def test_files_of_one_volume_are_counted_together() -> None:
    findings = [finding(path="v/d1"), finding(path="v/d2"), finding(path="w/d1")]
    folded = fold(findings, 1, volume_of=lambda one: one.place.path.partition("/")[0])
    assert told(folded) == [("NOTE001", "v/d1", 1), ("NOTE001", "w/d1", 0)]


def test_a_rule_that_speaks_once_does_so_in_the_whole_run() -> None:
    findings = [finding(path="a"), finding("PAGE001", "a"), finding(path="b"), finding(path="b")]
    assert told(fold(findings, 5, {"NOTE001"})) == [("NOTE001", "a", 2), ("PAGE001", "a", 0)]


def test_zero_shows_everything() -> None:
    findings = [finding(), finding(path="b")] * 9
    assert fold(findings, 0, {"NOTE001"}) == findings


def test_what_was_folded_before_is_counted() -> None:
    assert told(fold([finding(), finding(more=4)], 1)) == [("NOTE001", "a", 5)]


KINDS = st.builds(finding, st.sampled_from(["NOTE001", "PAGE001"]), st.sampled_from("ab"), st.sampled_from(Severity))


@given(st.lists(KINDS), st.integers(0, 4), st.sets(st.sampled_from(["NOTE001", "PAGE001"])))
def test_nothing_is_lost_and_the_order_stays(findings: list[Finding], limit: int, once: set[str]) -> None:
    folded = fold(findings, limit, once)
    assert sum(1 + one.more for one in folded) == len(findings)
    rest = iter((one.rule, one.place.path, one.severity) for one in findings)
    assert all((one.rule, one.place.path, one.severity) in rest for one in folded)
    assert limit == 0 or fold(folded, limit, once) == folded


def _volume(_: Finding) -> str:
    return "v"


def report(path: str, findings: list[Finding]) -> FileReport:
    return FileReport(path, "v", None, 1, tuple(one for one in findings if one.place.path == path))


@given(st.lists(KINDS, max_size=60), st.integers(1, MOST_BRIEF), st.sets(st.sampled_from(["NOTE001", "PAGE001"])))
def test_brief_reports_are_folded_into_the_same_as_whole_ones(
    findings: list[Finding], limit: int, once: set[str]
) -> None:
    findings = sorted(findings, key=order)
    briefly = [one for path in "ab" for one in brief(report(path, findings)).findings]
    assert fold(briefly, limit, once, _volume) == fold(findings, limit, once, _volume)


@given(st.lists(KINDS, max_size=60))
def test_findings_of_a_brief_report_have_the_fingerprints_they_have_in_the_whole_one(findings: list[Finding]) -> None:
    whole = report("a", sorted(findings, key=order))
    marks, briefly = (_marks(one.findings) for one in (whole, brief(whole)))
    for rule, found in briefly.items():
        assert found == marks[rule][: len(found)]


def _marks(findings: tuple[Finding, ...]) -> dict[str, list[str]]:
    """The fingerprints of each rule, in order; most places are alike, and told apart by counting."""
    marks: dict[str, list[str]] = {}
    for one, mark in zip(findings, fingerprints(findings, "x"), strict=True):
        marks.setdefault(one.rule, []).append(mark)
    return marks


def test_a_brief_report_knows_the_documents_of_what_it_leaves_out() -> None:
    there = [finding()._replace(document=f"d{number}") for number in range(30)]
    short = brief(report("a", [*there, finding("PAGE001")._replace(document="d1")]))
    assert len(short.findings) == MOST_BRIEF + 1
    assert short.folded == {"NOTE001": tuple(f"d{number}" for number in range(30))}
