"""Decisions are heeded where they hold and nowhere else, and are judged only by a run that could have used them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.engine import Engine
from fruslint.files import instructed
from fruslint.findings import Finding, Severity, Silenced, place
from fruslint.fingerprints import fingerprinted, paired
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules
from fruslint.silencing.ledger import Entry, Ledger, add, parse
from fruslint.silencing.sifting import sift
from fruslint.silencing.silences import ACCEPTED, BASELINE, Silences
from fruslint.source import Source, Span

RULES = builtin_rules()
ENGINE = Engine([rule for rule in RULES if rule.id in ("TYPO010", "TYPO001") or rule.family == "LINT"])
PAGE = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{0}
<div type="document" n="4" xml:id="d4"><head>4. Letter</head>{1}
<p>{2}One the the word.</p>{3}
<p>Two the the words{4}.</p></div>
<div type="document" n="5" xml:id="d5"><head>5. Letter</head>
<p>Three the the words.</p></div>
</body></text></TEI>
"""


def outcome(text: str, *ledgers: Ledger, path: str = "v.xml") -> tuple[list[Finding], list[Silenced]]:
    volume = read_bytes(path, text.encode())
    report = instructed(ENGINE.check(volume), volume)
    findings = fingerprinted(report.findings, lambda _: volume.source)
    sifted = sift(findings, [report], Silences(RULES, ledgers), ENGINE)
    return sorted(sifted.findings, key=lambda one: one.place.span), sifted.silenced


def page(where: int, instruction: str) -> str:
    return PAGE.format(*[instruction if number == where else "" for number in range(5)])


def told(findings: list[Finding]) -> list[str]:
    return [f"{one.place.start.line} {one.rule}" for one in findings]


ALL = ["3 TYPO010", "4 TYPO010", "6 TYPO010"]


@pytest.mark.parametrize(
    ("where", "scope", "left"),
    [
        (0, "ignore", []),
        (0, "ignore-next", ["6 TYPO010"]),
        (0, "ignore-file", []),
        (1, "ignore", ["6 TYPO010"]),
        (1, "ignore-document", ["6 TYPO010"]),
        (1, "ignore-next", ["4 TYPO010", "6 TYPO010"]),
        (2, "ignore", ["4 TYPO010", "6 TYPO010"]),
        (2, "ignore-document", ["6 TYPO010"]),
        (2, "ignore-file", []),
        (3, "ignore-next", ["3 TYPO010", "6 TYPO010"]),
        (4, "ignore", ["3 TYPO010", "6 TYPO010"]),
        (4, "ignore-next", [*ALL, "4 LINT007"]),
    ],
)
def test_an_instruction_holds_for_its_part(where: int, scope: str, left: list[str]) -> None:
    findings, silenced = outcome(page(where, f'<?fruslint {scope} TYPO010 reason="So typed."?>'))
    assert sorted(told(findings)) == sorted(left)
    assert {one.silence for one in silenced} <= {("inSource", "So typed.", "", "")}
    assert len(silenced) == 3 - sum("TYPO010" in one for one in left)


@pytest.mark.parametrize("word", ["TYPO010", "repeated-word", "TYPO", "TYPO001, TYPO010", "ALL"])
def test_a_rule_goes_by_id_name_and_family(word: str) -> None:
    findings, _ = outcome(page(2, f"<?fruslint ignore {word} reason='So typed.'?>"))
    assert "3 TYPO010" not in told(findings)


def test_an_inner_instruction_gives_its_own_reason() -> None:
    text = PAGE.format(
        "", '<?fruslint ignore TYPO010 reason="outer"?>', '<?fruslint ignore TYPO010 reason="inner &amp; own"?>', "", ""
    )
    _, silenced = outcome(text)
    assert [one.silence.reason for one in silenced] == ["inner & own", "outer"]


@pytest.mark.parametrize(
    "instruction",
    [
        "<?fruslint?>",
        "<?fruslint ignore?>",
        "<?fruslint ignore reason='x'?>",
        "<?fruslint ignore TYPO010 because it is so?>",
        "<?fruslint ignore TYPO010; NOTE001?>",
        "<?fruslint skip TYPO010?>",
        "<?fruslint ignore <TYPO010>?>",
    ],
)
def test_what_is_not_understood_does_nothing_and_is_told(instruction: str) -> None:
    findings, silenced = outcome(page(2, instruction))
    assert sorted(told(findings)) == sorted([*ALL, "3 LINT007"])
    assert not silenced


@pytest.mark.parametrize("other", ["<?xml-stylesheet href='x'?>", "<?fruslinter ignore TYPO010?>", "<!-- fruslint -->"])
def test_what_is_for_others_is_left_alone(other: str) -> None:
    assert told(outcome(page(2, other))[0]) == ALL


def test_words_of_an_instruction_are_judged_one_by_one() -> None:
    findings, _ = outcome(page(2, '<?fruslint ignore TYPO010, TYPO001, TYPO999, NOTE001 reason="So."?>'))
    lint = [one for one in findings if one.rule.startswith("LINT")]
    assert [(one.rule, one.place.end.column - one.place.start.column) for one in lint] == [
        ("LINT004", 7),
        ("LINT006", 7),
    ]
    edits = {edit.replacement for one in lint if one.fix for edit in one.fix.edits}
    assert edits == {"TYPO010, NOTE001"}, "NOTE001 did not run, and cannot be judged"


def ledger(*entries: Entry, name: str = ACCEPTED) -> Ledger:
    return add(parse(Source(name, ""), name), entries)


def test_of_several_decisions_the_first_counts_and_the_others_are_stale() -> None:
    text = page(2, '<?fruslint ignore TYPO010 reason="So typed."?>')
    volume = read_bytes("v.xml", text.encode())
    first = fingerprinted(ENGINE.check(volume).findings, lambda _: volume.source)[0]
    entry = Entry("TYPO010", "v.xml", first.fingerprint, reason="Accepted.")
    findings, silenced = outcome(text, ledger(entry), ledger(entry._replace(reason=""), name=BASELINE))
    assert [one.silence.kind for one in silenced] == ["inSource"]
    assert sorted(one.rule for one in findings) == ["LINT004", "LINT005", "TYPO010", "TYPO010"]


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        (Entry("TYPO010", "*.xml", reason="So."), 0),
        (Entry("TYPO", "v.xml", document="d5", reason="So."), 2),
        (Entry("TYPO010", "w.xml", reason="So."), 3),
        (Entry("NOTE001", "*.xml", reason="So."), 3),
    ],
)
def test_a_pattern_stands_for_files_and_documents(entry: Entry, left: int) -> None:
    findings, _ = outcome(page(9, ""), ledger(entry))
    assert len(findings) == left


def test_a_failure_cannot_be_silenced() -> None:
    source = Source("v.xml", "")
    failure = Finding("LINT001", Severity.ERROR, place(source, Span(0, 0)), "It failed.")
    everything = ledger(Entry("ALL", "**", reason="Never."))
    assert sift([failure], [], Silences(RULES, (everything,)), ENGINE).findings == [failure]


prints = st.lists(st.text("ab", min_size=2, max_size=2).map(lambda text: text[0] * 8 + text[1] * 8), unique=True)


@given(prints, prints)
def test_each_entry_is_taken_once(found: list[str], known: list[str]) -> None:
    pairs = paired(found, known)
    assert len(set(pairs.values())) == len(pairs)
    assert all(new == old or new[:8] == old[:8] or new[8:] == old[8:] for new, old in pairs.items())
    assert {one for one in found if one in known} <= pairs.keys()


words = st.sampled_from(["ignore", "ignore-next", "ignore-document", "ignore-file", "skip", "TYPO010", "TYPO999", ","])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 4), st.lists(words, max_size=4), st.sampled_from(["", 'reason="So."', "reason='"]))
def test_any_instruction_is_heeded_or_told(where: int, said: list[str], reason: str) -> None:
    findings, silenced = outcome(page(where, f"<?fruslint {' '.join(said)} {reason}?>"))
    assert len(silenced) + sum(one.rule == "TYPO010" for one in findings) == 3, "no finding is lost"


def test_decisions_are_listed_in_json_and_sarif(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("v.xml").write_text(page(2, '<?fruslint ignore TYPO010 reason="So typed."?>'), encoding="utf-8")
    assert main(["check", "v.xml", "--select", "TYPO", "--format", "sarif", "--output", "x.sarif"]) == 1
    results: list[dict[str, Any]] = json.loads(Path("x.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    suppressed = [one["suppressions"] for one in results if one.get("suppressions")]
    assert [(one[0]["kind"], one[0]["justification"]) for one in suppressed] == [("inSource", "So typed.")]


def test_a_run_without_decisions_loads_nothing_for_them(tmp_path: Path) -> None:
    (tmp_path / "d4.txt").write_text("4. Letter\n\nHe said it.\n", encoding="utf-8")
    code = (
        "import sys; from fruslint.cli import main; main(['check', 'd4.txt', '--fail-on', 'never']); "
        "print([name for name in sys.modules if name.startswith('fruslint.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = {name.strip("' ") for name in done.stderr.strip().strip("[]").split(",")}
    of_silencing = {name for name in loaded if name.startswith("fruslint.silencing.")}
    assert of_silencing == {"fruslint.silencing.silences"}
    assert not {"fruslint.fingerprints", "fruslint.repository.revisions"} & loaded
