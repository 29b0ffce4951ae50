"""The formats for programs, held to their published forms and to the programs that read them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from helpers_reports import AT, SOURCE, TEXT, finding, outcome, written
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from fruslint.data import schema_file
from fruslint.findings import Edit, Finding, Fix, Related, Severity, Silence, Silenced, place
from fruslint.reporters import FORMATS, PLAIN
from fruslint.repository.checkout import Checkout
from fruslint.runner import Outcome, RuleCount
from fruslint.source import Position, Source, Span

NOTE = TEXT.index("2. None")
RELATED = Related(place(SOURCE, Span(NOTE, NOTE + 1)), "the last note")
FIX = Fix((Edit(Span(AT, AT + 1), "2", Position(3, 67), Position(3, 68)),), safe=False)
FULL = finding(related=(RELATED,), fix=FIX, more=4, fingerprint="0123456789abcdef")
# what a path and a message may hold at the worst
HOSTILE = "a%b,c:d\ne\r::error::\"']]>&<é\U0001f600\u202e\x1b[2J\x00\udcff"


def hostile() -> Outcome:
    source = Source(HOSTILE, "words\n")
    found = Finding("X001", Severity.ERROR, place(source, Span(0, 5)), f"Found ‘{HOSTILE}’.", "d1")
    return outcome(found._replace(related=(Related(found.place, HOSTILE),)), volumes={HOSTILE: HOSTILE})


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_report_is_utf_8_without_control_characters(name: str) -> None:
    said = written(hostile(), name)
    said.encode("utf-8")
    assert "\x1b" not in said
    assert "\x00" not in said
    assert written(outcome(), name) == written(outcome(), name)


def as_json(run: Outcome, name: str = "json", **view: Any) -> Any:
    return json.loads(written(run, name, **view))


def test_json_is_as_its_schema_has_it() -> None:
    counts = (RuleCount("NOTE001", 5, 2, 1, 0.251, 1), RuleCount("SEC001", 0, 0, 0, 0.1))
    silenced = (Silenced(finding(), Silence("external", "As printed.", "An Editor", "2026-05-03")),)
    run = outcome(FULL, rules=counts, silenced=silenced, unread=("v/d9.txt",))
    report = as_json(run)
    schema = Draft202012Validator(json.loads(schema_file("report").read_text(encoding="utf-8")))
    schema.validate(report)
    schema.validate(as_json(run, statistics=True))
    assert list(report) == ["version", "fruslint", "findings", "silenced", "rules", "unread", "summary"]
    where = {"path": "v/d1.txt", "line": 3, "column": 67, "end_line": 3, "end_column": 68}
    assert report["findings"] == [
        {
            **where,
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
            "fix": {
                "safe": False,
                "edits": [
                    {
                        "start": AT,
                        "end": AT + 1,
                        "replacement": "2",
                        "line": 3,
                        "column": 67,
                        "end_line": 3,
                        "end_column": 68,
                    }
                ],
            },
            "more": 4,
            "fingerprint": "0123456789abcdef",
        }
    ]
    assert report["silenced"][0]["silence"]["reason"] == "As printed."
    assert [(count["rule"], count["volumes"]) for count in report["rules"]] == [("NOTE001", 1)]
    assert report["summary"] == {"files": 2082, "documents": 2081, "error": 1, "warning": 0, "info": 0}


def test_json_holds_times_only_with_the_statistics() -> None:
    run = outcome(rules=(RuleCount("NOTE001", 1, 1, 1, 0.2514, 1), RuleCount("SEC001", 0, 0, 0, 0.1)))
    assert "seconds" not in written(run, "json")
    assert [count["seconds"] for count in as_json(run, statistics=True)["rules"]] == [0.2514, 0.1]


def test_json_has_one_finding_a_line() -> None:
    lines = written(outcome(FULL, FULL), "json").splitlines()
    assert sum(line.startswith('{"path"') for line in lines) == 2
    assert written(outcome(FULL, FULL), "jsonl").splitlines() == [
        line.rstrip(",") for line in lines if '"path"' in line
    ]
    assert written(outcome(), "jsonl") == ""


def test_json_is_utf_8_even_where_a_path_is_not() -> None:
    where = place(Source("v/\udcff\u201c.txt", "\U0001f600"), Span(0, 1))
    line = written(outcome(finding(place=where)), "jsonl")
    line.encode("utf-8")
    assert "“" in line
    assert json.loads(line)["path"] == "v/\udcff“.txt"


def test_concise_is_a_line_for_each_finding() -> None:
    assert written(outcome(FULL, finding()), "concise").splitlines() == [
        "v/d1.txt:3:67: error NOTE001 Marker 3 has no note; the last note is 2. (and 4 more)",
        "v/d1.txt:3:67: error NOTE001 Marker 3 has no note; the last note is 2.",
    ]


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner of GitHub reads it: cut first, and each part unescaped then."""
    head, _, message = line.removeprefix("::").partition("::")
    name, _, listed = head.partition(" ")
    properties = dict(part.split("=", 1) for part in listed.split(","))
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        properties = {key: value.replace(escape, char) for key, value in properties.items()}
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(escape, char)
    return name, properties, message


def test_github_gets_a_command_for_each_finding_the_worst_first() -> None:
    info = finding(severity=Severity.INFO)
    lines = written(outcome(info, FULL), "github").splitlines()
    assert [command(line) for line in lines] == [
        (
            "error",
            {
                "file": "v/d1.txt",
                "line": "3",
                "endLine": "3",
                "col": "67",
                "endColumn": "68",
                "title": "NOTE001 marker-without-note",
            },
            "Marker 3 has no note; the last note is 2.\nv/d1.txt:6:3: the last note\nThere are 4 more of this kind.",
        ),
        ("notice", command(lines[0])[1], "Marker 3 has no note; the last note is 2."),
    ]


@given(path=st.text("a%,:=\n\r0ADC25", min_size=1), message=st.text("a%,:=\n\r0ADC25"))
def test_github_gives_back_every_path_and_message(path: str, message: str) -> None:
    where = place(Source(path, "x"), Span(0, 1))
    (line,) = written(outcome(finding(place=where, message=message)), "github").splitlines(keepends=True)
    _, properties, data = command(line.removesuffix("\n"))
    assert (properties["file"], data) == (path, message)


def test_github_names_no_columns_of_a_place_over_several_lines() -> None:
    where = place(SOURCE, Span(AT, NOTE))
    (line,) = written(outcome(finding(place=where)), "github").splitlines()
    assert "col" not in command(line)[1]
    assert command(line)[1]["endLine"] == "6"


def test_paths_are_those_of_the_repository_where_services_look_for_them() -> None:
    checkout = Checkout({"v/d1.txt": "volumes/v/d1.txt"})
    assert "file=volumes/v/d1.txt," in written(outcome(FULL), "github", checkout=checkout)
    assert as_json(outcome(FULL), "gitlab", checkout=checkout)[0]["location"]["path"] == "volumes/v/d1.txt"


def test_gitlab_gets_issues_with_fingerprints_of_their_own() -> None:
    # the keys and values that GitLab documents for a report of code quality
    issues = as_json(outcome(FULL, finding(severity=Severity.INFO), finding(severity=Severity.WARNING)), "gitlab")
    assert issues[0] == {
        "description": "NOTE001: Marker 3 has no note; the last note is 2.",
        "check_name": "NOTE001",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "major",
        "location": {
            "path": "v/d1.txt",
            "positions": {"begin": {"line": 3, "column": 67}, "end": {"line": 3, "column": 68}},
        },
    }
    assert [issue["severity"] for issue in issues] == ["major", "info", "minor"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert as_json(outcome(), "gitlab") == []


def test_a_fingerprint_of_gitlab_does_not_change_with_the_line() -> None:
    moved = FULL._replace(place=FULL.place._replace(start=Position(9, 1)))
    first, second = (as_json(outcome(one), "gitlab")[0]["fingerprint"] for one in (FULL, moved))
    assert first == second


def test_junit_is_read_by_its_readers() -> None:
    quiet = finding(severity=Severity.INFO)
    run = outcome(FULL, quiet, volumes={"v/d1.txt": "v", "v/d2.txt": "v"})
    suites = JUnitXml.fromstring(written(run, "junit").encode("utf-8"))
    assert (suites.tests, suites.failures, suites.errors) == (3, 1, 0)
    first, second = suites
    assert [case.name for case in first] == ["NOTE001 3:67", "NOTE001 3:67"]
    (failure,) = next(iter(first)).result
    assert failure.message == "Marker 3 has no note; the last note is 2."
    assert failure.type == "error"
    assert "3 | " in failure.text
    assert "the last note" in failure.text
    assert [case.is_passed for case in second] == [True]
    suites.update_statistics()  # type: ignore[no-untyped-call]
    assert (suites.tests, suites.failures) == (3, 1)


def test_checkstyle_has_the_findings_by_file() -> None:
    tree = ET.fromstring(written(outcome(FULL, finding(severity=Severity.INFO)), "checkstyle"))
    assert tree.tag == "checkstyle"
    (file,) = tree
    assert file.attrib == {"name": "v/d1.txt"}
    assert file[0].attrib == {
        "line": "3",
        "column": "67",
        "severity": "error",
        "message": "Marker 3 has no note; the last note is 2.",
        "source": "fruslint.NOTE001",
    }
    assert file[1].attrib["severity"] == "info"


@pytest.mark.parametrize("name", ["checkstyle", "junit"])
def test_xml_holds_what_it_can_of_a_hostile_document(name: str) -> None:
    tree = ET.fromstring(written(hostile(), name))
    said = {value for element in tree.iter() for value in element.attrib.values()}
    shown = HOSTILE.replace("\x1b", "\\x1b").replace("\x00", "\\x00").replace("\udcff", "\\xff")
    assert shown in said
    assert f"Found ‘{shown}’." in said


def test_rdjson_counts_bytes() -> None:
    # the example of the format's own description: in a𐐀b the columns are 1, 2 and 6
    source = Source("d.txt", "x\na\U00010400b\n")
    span = Span(4, 5)
    fix = Fix((Edit(Span(3, 4), "c"), Edit(Span(5, 5), "!")), safe=True)
    found = Finding("NOTE001", Severity.WARNING, place(source, span), "Here.", "d", fix=fix)
    made = as_json(outcome(found), "rdjson", sources=lambda _: source)
    assert list(made) == ["source", "diagnostics"]
    assert made["diagnostics"] == [
        {
            "message": "Here.",
            "location": {
                "path": "d.txt",
                "range": {"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 7}},
            },
            "severity": "WARNING",
            "code": {"value": "NOTE001"},
            "suggestions": [
                {"range": {"start": {"line": 2, "column": 2}, "end": {"line": 2, "column": 7}}, "text": "cb!"}
            ],
        }
    ]


# The messages of reviewdog's diagnostic format, by their fields.
POSITION = {"line": int, "column": int}
RANGE = {"start": POSITION, "end": POSITION}
LOCATION = {"path": str, "range": RANGE}
DIAGNOSTIC = {
    "message": str,
    "location": LOCATION,
    "severity": {"ERROR", "WARNING", "INFO"},
    "code": {"value": str, "url": str},
    "suggestions": [{"range": RANGE, "text": str}],
    "related_locations": [{"message": str, "location": LOCATION}],
}


def _is(value: Any, form: Any) -> bool:
    if isinstance(form, dict):
        return all(key in form and _is(member, form[key]) for key, member in value.items())
    if isinstance(form, list):
        return all(_is(item, form[0]) for item in value)
    return value in form if isinstance(form, set) else isinstance(value, form)


def test_rdjson_has_the_fields_of_its_format() -> None:
    for run in (outcome(FULL), hostile(), outcome()):
        made = as_json(run, "rdjson")
        assert _is(made, {"source": {"name": str, "url": str}, "diagnostics": [DIAGNOSTIC]})


def test_a_file_that_is_gone_makes_no_report_fail() -> None:
    for name in set(FORMATS) - PLAIN:
        assert written(outcome(FULL), name, sources=lambda path: Source(path, ""))


def test_published_schema_refuses_what_is_no_report() -> None:
    schema = Draft202012Validator(json.loads(Path(schema_file("report")).read_text(encoding="utf-8")))
    assert not schema.is_valid([])
    assert not schema.is_valid({**as_json(outcome(FULL)), "version": 2})
