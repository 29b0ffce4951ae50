"""What reports look like, for people and for programs."""

from __future__ import annotations

from typing import Any

import pytest
from helpers_reports import SOURCE, TEXT, finding, outcome, written

from fruslint.findings import Edit, Finding, Fix, Related, Severity, place
from fruslint.reporters import FINGERPRINTED, FORMATS, LOCATED, OUTLINED, PLAIN, reporter
from fruslint.runner import Outcome, RuleCount
from fruslint.source import Source, Span
from fruslint.terminal import Screen


def text(run: Outcome, **view: Any) -> str:
    return written(run, "text", **view)


def test_a_finding_with_all_it_can_have() -> None:
    start = TEXT.index("2. None")
    related = Related(place(SOURCE, Span(start, start + 1)), "the last note")
    assert text(outcome(finding(related=(related,), more=1043))) == (
        "v/d1.txt:3:67: error NOTE001 Marker 3 has no note; the last note is 2.\n"
        "  |\n"
        "3 | … would return within a week.3 He then asked about the matter of grain. …\n"
        "  |                              ^\n"
        "  = v/d1.txt:6:3: the last note\n"
        "  = and 1,043 more places; show all with --max-per-rule 0\n"
        "  = help: fruslint explain NOTE001\n"
        "\n"
        "Checked 2,081 documents in 2,082 files: 1 error\n"
    )


def test_help_is_given_once_for_each_rule() -> None:
    said = text(outcome(finding(), finding(), finding(rule="NOTE002"), finding(rule="NOTE002")))
    assert said.count("explain NOTE001") == 1
    assert said.count("explain NOTE002") == 1


def test_the_command_that_fixes_is_given_once_for_each_rule() -> None:
    edits = (Edit(Span(0, 1), "x"),)
    safe, unsafe = (finding(fix=Fix(edits, safe=safe)) for safe in (True, False))
    assert text(outcome(finding(), safe, safe)).count("  = fix: fruslint fix --select NOTE001\n") == 1
    assert "  = fix that changes words: fruslint fix --select NOTE001 --unsafe-fixes\n" in text(outcome(unsafe))


def test_lines_keep_to_the_screen() -> None:
    for width in (40, 80, 120):
        lines = text(outcome(finding(more=1)), screen=Screen(width=width)).splitlines()
        assert max(len(line) for line in lines if " | " in line) <= width


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "nothing to report"),
        (["ERROR"], "1 error"),
        (["INFO", "ERROR", "WARNING", "ERROR"], "2 errors, 1 warning, 1 info"),
        (["WARNING"] * 3, "3 warnings"),
    ],
)
def test_the_last_line_counts_by_severity(severities: list[str], said: str) -> None:
    found = [finding(severity=Severity[name]) for name in severities]
    last = text(outcome(*found, files=1, documents=1)).splitlines()[-1]
    assert last == f"Checked 1 document in 1 file: {said}"


def test_quiet_gives_one_line_for_each_error_and_warning() -> None:
    found = [finding(severity=severity) for severity in Severity]
    assert text(outcome(*found), quiet=True).splitlines() == [
        "v/d1.txt:3:67: warning NOTE001 Marker 3 has no note; the last note is 2.",
        "v/d1.txt:3:67: error NOTE001 Marker 3 has no note; the last note is 2.",
    ]


def test_colours_change_nothing_but_colours() -> None:
    import re

    colored = text(outcome(finding(more=2)), screen=Screen(color=True))
    assert "\x1b[1;31merror\x1b[0m" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == text(outcome(finding(more=2)))


def test_a_document_cannot_write_to_the_terminal() -> None:
    source = Source("v/\x1b]0;d.txt", "a\x1b[2Jb\u202ec\n")
    hostile = Finding("X001", Severity.ERROR, place(source, Span(1, 2)), "Found ‘\x1b[2J’\nnew line.", "d")
    related = Related(place(source, Span(0, 1)), "see \x07")
    said = text(outcome(hostile._replace(related=(related,))))
    assert said.replace("\n", "").isprintable()
    assert said.startswith("v/\\x1b]0;d.txt:1:2: error X001 Found ‘\\x1b[2J’\\nnew line.\n")
    assert "1 | a\\x1b[2Jb<U+202E>c\n  |  ^^^^\n" in said


def test_a_place_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    source = Source("d.txt", "one two\nthree\n")
    said = text(outcome(Finding("X001", Severity.INFO, place(source, Span(4, 10)), "Here.")))
    assert "1 | one two\n  |     ^^^\n" in said


def test_no_excerpt_where_there_are_no_words() -> None:
    source = Source("d.txt", "")
    said = text(outcome(Finding("FILE001", Severity.ERROR, place(source, Span(0, 0)), "It cannot be read.")))
    assert said.splitlines()[:2] == [
        "d.txt:1:1: error FILE001 It cannot be read.",
        "  = help: fruslint explain FILE001",
    ]


RULES = (
    RuleCount("NOTE001", 1043, 2, 1, 0.251, 1),
    RuleCount("PAGE001", 7, 7, 7, 0, 2),
    RuleCount("SEC001", 0, 0, 0, 0.1),
)


def test_statistics_are_a_table_by_rule() -> None:
    assert text(outcome(finding(), rules=RULES), statistics=True).splitlines()[:3] == [
        "rule                         findings  documents  files  volumes    time",
        "NOTE001 marker-without-note     1,043          2      1        1  0.25 s",
        "PAGE001                             7          7      7        2  0.00 s",
    ]


def test_the_time_is_for_those_who_look_on() -> None:
    assert text(outcome(), screen=Screen(terminal=True)).endswith("nothing to report (2.1 s)\n")
    assert text(outcome(), statistics=True).endswith("nothing to report (2.1 s)\n")


def test_every_format_has_its_module() -> None:
    for name in FORMATS:
        assert callable(reporter(name))
    assert {"html", *PLAIN, *FINGERPRINTED, *LOCATED, *OUTLINED} <= set(FORMATS)
    with pytest.raises(KeyError):
        reporter("pdf")


def test_a_summary_in_markdown() -> None:
    counts = (RuleCount("NOTE001", 2, 2, 1), RuleCount("A|<b>", 3, 1, 1), RuleCount("NOTE002", 0, 0, 0, 1.0))
    every = (finding(), finding(), *[finding(rule="A|<b>", severity=Severity.WARNING)] * 3)
    run = outcome(*every, every=every, rules=counts)
    assert written(run, "markdown").splitlines() == [
        "## fruslint",
        "",
        "Checked 2,081 documents in 2,082 files: 2 errors, 3 warnings.",
        "",
        "| rule | severity | findings | documents |",
        "|---|---|--:|--:|",
        "| NOTE001 marker-without-note | error | 2 | 2 |",
        r"| A\|&lt;b> | warning | 3 | 1 |",
    ]
    assert written(outcome(), "markdown").endswith("files: nothing to report.\n")
