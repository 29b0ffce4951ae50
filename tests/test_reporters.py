"""What reports look like, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from fruslint.findings import Edit, Finding, Fix, Related, Severity, place
from fruslint.reporters import FORMATS, View, reporter
from fruslint.runner import Outcome, RuleCount
from fruslint.source import Source, Span
from fruslint.terminal import Screen

LINE = "The Secretary said that the Ambassador would return within a week.3 He then asked about the matter of grain. "
TEXT = "1. Memorandum of Conversation1\n\n" + LINE * 20 + "\n\n  1. Source: Department of State.\n  2. None found.\n"
SOURCE = Source("v/d1.txt", TEXT)
AT = TEXT.index("week.3") + 5
MARKER = Span(AT, AT + 1)


def finding(span: Span = MARKER, **changes: Any) -> Finding:
    made = Finding(
        "NOTE001",
        Severity.ERROR,
        place(SOURCE, span),
        "Marker 3 has no note; the last note is 2.",
        "d1",
    )
    return made._replace(**changes)


def outcome(*findings: Finding, **changes: Any) -> Outcome:
    counts = Counter(each.severity for each in findings)
    made = Outcome(findings, counts, 2082, 2081, 2.14, names={"NOTE001": "marker-without-note"})
    return made._replace(**changes)


def text(run: Outcome, **view: object) -> str:
    return "".join(reporter("text")(run, View(**view)))  # type: ignore[arg-type]


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
        "Checked 2,081 documents in 2,082 files: 1 error (2.1 s)\n"
    )


def test_help_is_given_once_for_each_rule() -> None:
    said = text(outcome(finding(), finding(), finding(rule="NOTE002"), finding(rule="NOTE002")))
    assert said.count("explain NOTE001") == 1
    assert said.count("explain NOTE002") == 1


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
def test_summary(severities: list[str], said: str) -> None:
    found = [finding(severity=Severity[name]) for name in severities]
    last = text(outcome(*found, files=1, documents=1)).splitlines()[-1]
    assert last == f"Checked 1 document in 1 file: {said} (2.1 s)"


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


RULES = (RuleCount("NOTE001", 1043, 2, 1, 0.251), RuleCount("PAGE001", 7, 7, 7), RuleCount("SEC001", 0, 0, 0, 0.1))


def test_statistics() -> None:
    assert text(outcome(finding(), rules=RULES), statistics=True).splitlines()[:3] == [
        "rule                         findings  documents  files    time",
        "NOTE001 marker-without-note     1,043          2      1  0.25 s",
        "PAGE001                             7          7      7  0.00 s",
    ]


def as_json(run: Outcome, **view: object) -> object:
    return json.loads("".join(reporter("json")(run, View(**view))))  # type: ignore[arg-type]


def test_json() -> None:
    start = TEXT.index("2. None")
    related = Related(place(SOURCE, Span(start, start + 1)), "the last note")
    fix = Fix((Edit(Span(AT, AT + 1), "2"),), safe=False)
    assert as_json(outcome(finding(related=(related,), fix=fix, more=4))) == [
        {
            "path": "v/d1.txt",
            "line": 3,
            "column": 67,
            "end_line": 3,
            "end_column": 68,
            "rule": "NOTE001",
            "name": "marker-without-note",
            "severity": "error",
            "message": "Marker 3 has no note; the last note is 2.",
            "document": "d1",
            "related": [
                {
                    "path": "v/d1.txt",
                    "line": 6,
                    "column": 3,
                    "end_line": 6,
                    "end_column": 4,
                    "message": "the last note",
                }
            ],
            "fix": {"safe": False, "edits": [{"start": AT, "end": AT + 1, "replacement": "2"}]},
            "more": 4,
        }
    ]


def test_json_has_one_finding_a_line() -> None:
    lines = "".join(reporter("json")(outcome(finding(), finding()), View())).splitlines()
    assert [line[:1] for line in lines] == ["[", "{", "{", "]"]
    assert "".join(reporter("json")(outcome(), View())) == "[]\n"


def test_json_is_utf_8_even_where_a_path_is_not() -> None:
    where = place(Source("v/\udcff\u201c.txt", "\U0001f600"), Span(0, 1))
    (line,) = "".join(reporter("json")(outcome(finding(place=where)), View())).splitlines()[1:-1]
    line.encode("utf-8")
    assert "“" in line
    assert json.loads(line)["path"] == "v/\udcff“.txt"


def test_json_statistics() -> None:
    counts = as_json(outcome(rules=RULES), statistics=True)
    assert isinstance(counts, list)
    assert counts[0] == {"rule": "NOTE001", "findings": 1043, "documents": 2, "files": 1, "seconds": 0.251}


def test_unknown_format() -> None:
    assert set(FORMATS) == {"text", "json", "html"}
    with pytest.raises(KeyError):
        reporter("pdf")
