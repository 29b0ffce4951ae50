"""The SARIF report; whether validators accept it is tried in test_sarif_validator.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers_reports import AT, SOURCE, TEXT, finding, outcome, written
from helpers_repository import REVISION, make_repository
from helpers_rules import make_rule
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.findings import INTERNAL, Edit, Fix, Related, Severity, Silence, Silenced, place
from fruslint.messages import Template
from fruslint.reporters.sarif import results
from fruslint.reporters.sarif.messages import Wording
from fruslint.reporters.sarif.rules import _marked, _pascal
from fruslint.repository.checkout import Checkout, Repository
from fruslint.runner import Outcome
from fruslint.source import Position, Source, Span

RULE = make_rule(
    message="Marker {found} has no note; the last note is {expected}.", fix="safe", why="It matters. *See* `d1`."
)
NOTE = TEXT.index("2. None")
RELATED = Related(place(SOURCE, Span(NOTE, NOTE + 1)), "the last note [2]")
FIX = Fix((Edit(Span(AT, AT + 1), "2", Position(3, 67), Position(3, 68)),), safe=True)
FULL = finding(related=(RELATED,), fix=FIX, more=1043, fingerprint="0123456789abcdef")


def run_of(run: Outcome, **view: Any) -> Any:
    log = json.loads(written(run._replace(ran=run.ran or (RULE,)), "sarif", **view))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return only


def test_a_result_with_all_it_can_have() -> None:
    (result,) = run_of(outcome(FULL))["results"]
    context = result["locations"][0]["physicalLocation"].pop("contextRegion")
    assert context["snippet"]["text"][:40] in TEXT
    assert context["startColumn"] < 67
    assert context["endColumn"] > 68
    del result["relatedLocations"][0]["physicalLocation"]["contextRegion"]
    artifact = {"uri": "v/d1.txt", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 3, "startColumn": 67, "endLine": 3, "endColumn": 68}
    assert result == {
        "ruleId": "NOTE001",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "Marker 3 has no note; the last note is 2. See [the last note \\[2\\]](1). "
            "There are 1,043 more of this kind.",
            "id": "default",
            "arguments": ["3", "2"],
        },
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": {**region, "snippet": {"text": "3"}}},
                "logicalLocations": [{"name": "d1", "kind": "element"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "the last note [2]"},
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {
                        "startLine": 6,
                        "startColumn": 3,
                        "endLine": 6,
                        "endColumn": 4,
                        "snippet": {"text": "2"},
                    },
                },
            }
        ],
        "partialFingerprints": {"fruslint/v1": "0123456789abcdef"},
        "fixes": [
            {
                "description": {"text": "Changes apparatus, markup or white space only."},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "2"}}],
                    }
                ],
            }
        ],
        "properties": {"more": 1043},
    }


def test_rules_are_described_whether_they_found_something_or_not() -> None:
    quiet = make_rule(
        id="PAGE001", name="page-number-gap", family="PAGE", severity="info", message="A page is missing."
    )
    (other, rule) = run_of(outcome(FULL, ran=(quiet, RULE)))["tool"]["driver"]["rules"]
    assert other["id"] == "NOTE001"
    assert other["name"] == "MarkerWithoutNote"
    assert other["shortDescription"] == {"text": "A marker points at a note that is not there."}
    assert other["fullDescription"] == {"text": "It matters. *See* `d1`."}
    assert other["help"]["text"].startswith("It matters. *See* `d1`.\n")
    assert other["help"]["markdown"].startswith("It matters. \\*See\\* `d1`.\n")
    assert other["defaultConfiguration"] == {"level": "error"}
    assert other["properties"] == {
        "tags": ["note", "tei", "text", "safe-fix"],
        "precision": "very-high",
        "problem.severity": "error",
    }
    assert other["messageStrings"] == {"default": {"text": "Marker '{0}' has no note; the last note is '{1}'."}}
    assert rule["id"] == "PAGE001"
    assert rule["defaultConfiguration"] == {"level": "note"}
    assert rule["messageStrings"] == {"default": {"text": "A page is missing. It stands in '{0}'."}}


def test_a_failure_of_fruslint_is_a_result_and_a_notification() -> None:
    failed = finding(rule=INTERNAL, message="Rule NOTE001 failed here: {oh}.")
    run = run_of(outcome(failed, rules=(), names={INTERNAL: "internal-error"}))
    assert [rule["name"] for rule in run["tool"]["driver"]["rules"]] == ["InternalError", "MarkerWithoutNote"]
    assert run["results"][0]["message"] == {
        "text": "Rule NOTE001 failed here: {{oh}}.",
        "id": "other",
        "arguments": ["Rule NOTE001 failed here: {oh}"],
    }
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (said["descriptor"], said["level"]) == ({"id": "internal-error"}, "error")


def test_a_file_that_could_not_be_read_is_said_twice() -> None:
    where = place(Source("v/d9.txt", ""), Span(0, 0))
    run = run_of(outcome(finding(place=where, message="Not read: it is gone."), unread=("v/d9.txt",)))
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"] == {"text": "Not read: it is gone."}
    assert said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "v/d9.txt"
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["region"] == {
        "startLine": 1,
        "startColumn": 1,
        "endLine": 1,
        "endColumn": 1,
        "snippet": {"text": ""},
    }


def test_silenced_findings_are_results_that_say_so() -> None:
    silence = Silence("inSource", "As printed.", "An Editor", "2026-05-03")
    (result,) = run_of(outcome(silenced=(Silenced(FULL, silence),)))["results"]
    assert result["suppressions"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "As printed.",
            "properties": {"author": "An Editor", "date": "2026-05-03"},
        }
    ]


def test_the_repository_is_named_where_there_is_one() -> None:
    checkout = Checkout({"v/d1.txt": "volumes/ä b/d1.txt"}, Repository("https://example.org/a", REVISION, "main"))
    run = run_of(outcome(FULL), checkout=checkout)
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://example.org/a",
            "revisionId": REVISION,
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
            "branch": "main",
        }
    ]
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "volumes/%C3%A4%20b/d1.txt", "uriBaseId": "%SRCROOT%"}
    assert "versionControlProvenance" not in run_of(outcome(FULL))


def test_names_of_files_are_encoded_whatever_they_hold() -> None:
    where = place(Source("a:b?c#d%e\udcff\n.txt", "x"), Span(0, 1))
    (result,) = run_of(outcome(finding(place=where)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%3Ab%3Fc%23d%25e%FF%0A.txt"


def test_no_more_results_than_code_scanning_takes_and_the_severe_ones_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_RESULTS", 2)
    found = [finding(severity=severity) for severity in (Severity.INFO, Severity.ERROR, Severity.WARNING)]
    run = run_of(outcome(*found))
    assert sorted(result["level"] for result in run["results"]) == ["error", "warning"]
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("1 result left out")


def test_a_rule_that_fires_everywhere_does_not_push_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_RESULTS", 3)
    run = run_of(outcome(*(finding(rule=rule) for rule in ("NOTE001", "NOTE001", "NOTE001", "NOTE002", "NOTE002"))))
    assert [result["ruleId"] for result in run["results"]] == ["NOTE001", "NOTE001", "NOTE002"]


def test_many_errors_of_one_rule_do_not_push_out_what_is_less_severe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_RESULTS", 3)
    monkeypatch.setattr(results, "_MANY", 2)
    found = [*(finding(rule="NOTE001") for _ in range(4)), finding(rule="NOTE002", severity=Severity.INFO)]
    assert [result["ruleId"] for result in run_of(outcome(*found))["results"]] == ["NOTE001", "NOTE001", "NOTE002"]


def test_a_region_is_short_and_its_snippet_is_what_stands_there() -> None:
    text = "one\n" + "word " * 400 + "\nlast line"
    source = Source("d.txt", text)
    for span in (Span(0, len(text)), Span(4, 1990), Span(100, 2010), Span(2005, 2014), Span(3, 4), Span(5, 5)):
        found = finding(place=place(source, span))
        (result,) = run_of(outcome(found), sources=lambda _: source)["results"]
        physical = result["locations"][0]["physicalLocation"]
        region, context = physical["region"], physical["contextRegion"]
        assert region["startLine"] == region["endLine"]
        assert region["endColumn"] - region["startColumn"] == len(region["snippet"]["text"]) <= 400
        assert region["snippet"]["text"] == text[span.start :][: len(region["snippet"]["text"])]
        assert region["snippet"]["text"] in context["snippet"]["text"]
        assert len(context["snippet"]["text"]) > len(region["snippet"]["text"])


def test_the_only_words_of_a_file_have_their_line_around_them() -> None:
    source = Source("d.txt", "word")
    found = finding(place=place(source, Span(0, 4)))
    (result,) = run_of(outcome(found), sources=lambda _: source)["results"]
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert (context["endLine"], context["endColumn"], context["snippet"]["text"]) == (2, 1, "word\n")


def test_a_fix_for_a_whole_volume_is_left_to_the_command() -> None:
    edits = tuple(Edit(Span(number, number), "x") for number in range(1001))
    (result,) = run_of(outcome(finding(fix=Fix(edits, safe=True))))["results"]
    assert "fixes" not in result


@given(
    st.text("ab {}.‘’'[]()\\"),
    st.lists(st.tuples(st.sampled_from(["{x}", "‘{x}’", " {y}"]), st.text("ab .{}'")), max_size=3),
    st.text("ab 1.{}‘’", max_size=5),
)
def test_the_values_of_a_message_are_found_again(first: str, rest: list[tuple[str, str]], value: str) -> None:
    def doubled(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    message = doubled(first) + "".join(name + doubled(words) for name, words in rest)
    wording = Wording.of(message)
    said = Template(message).fill({"x": value, "y": value})
    values = wording.values(said)
    assert values is not None
    assert len(values) == len(rest)
    pieces = [piece for pair in zip(wording.literals, (*values, ""), strict=True) for piece in pair]
    assert "".join(pieces) == said
    assert wording.values(f"x{said}y") is None or rest


def test_words_of_a_document_are_no_links_or_placeholders() -> None:
    run = run_of(outcome(finding(message="Found ‘[x](http://example.org) {0}’.")))
    assert run["results"][0]["message"]["text"] == "Found ‘\\[x](http://example.org) {{0}}’."


def test_names_are_in_pascal_case_and_prose_is_escaped() -> None:
    assert _pascal("italic-n-outside") == "ItalicnOutside"
    assert _marked("a_b `c_d` <e>") == "a\\_b `c_d` \\<e\\>"


@pytest.fixture
def volumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a volume and a folder of memoranda in it."""
    for number in (1, 2):
        words = "He saw the note.2 He went home.3"
        text = f"{number}. Memorandum of Conversation1\n\n{words}\n\n  1. Source: None.\n  2. Not found.\n"
        (tmp_path / "v w").mkdir(exist_ok=True)
        (tmp_path / f"v w/d{number}.txt").write_text(text, encoding="utf-8")
    make_repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*words: str) -> bytes:
    main(["check", *words, "--format", "sarif=.out.sarif"])
    return Path(".out.sarif").read_bytes()


def test_the_same_files_give_the_same_bytes_however_they_are_named(
    volumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report("v w/d1.txt", "v w/d2.txt")
    assert b'"uri": "v%20w/d1.txt"' in first
    assert report(str(volumes / "v w/d2.txt"), "./v w/../v w/d1.txt") == first
    (volumes / "link").symlink_to("v w")
    assert report("link/d2.txt", "link/d1.txt") == first
    monkeypatch.chdir(volumes / "v w")
    assert report("d2.txt", "d1.txt") == first
    assert str(volumes).encode() not in first


def test_a_reader_that_nobody_here_wrote(
    volumes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sarif.cmdline.main import main as sarif_tools  # type: ignore[import-untyped]

    def said(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["sarif", *words])
        assert not sarif_tools()
        return capsys.readouterr().out

    report("v w")
    Path("old.sarif").write_bytes(Path(".out.sarif").read_bytes())
    Path("v w/d2.txt").unlink()
    report("v w")
    assert "NOTE001 Marker 3 has no note" in said("summary", "old.sarif")
    said("csv", "old.sarif", "-o", "out.csv")
    rows = Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert any("v w/d1.txt" in row or "v%20w/d1.txt" in row for row in rows)
    assert "NOTE001" in said("diff", "old.sarif", ".out.sarif")
