"""Examples of rules: how they are read, and what is said when a rule does not keep what they promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from helpers_rules import make_rule, rule_text

from fruslint.checks.base import Hit, Parameters
from fruslint.engine import bound
from fruslint.errors import ConfigurationError
from fruslint.findings import Severity
from fruslint.model import Medium, Volume
from fruslint.rules import load_rule
from fruslint.rules.examples import Example, load_examples, read_examples
from fruslint.source import Source, Span
from fruslint.trial import try_example

BAD = """\
---
bad:
  - title: A word
    file: |
      one bad word
    findings:
      - {line: 1, column: 5, text: "bad"}
    fixed: |
      one good word
"""
GOOD = """\
good:
  - title: Another
    file: fine
"""


class BadWordCheck:
    """Finds "bad" in a file, and would have it "good"."""

    SCHEMA: ClassVar[dict[str, Any]] = {}
    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})
    replacement = "good"

    def __init__(self, parameters: Parameters) -> None:
        pass

    def check_file(self, volume: Volume) -> Iterator[Hit]:
        start = volume.source.text.find("bad")
        if start >= 0:
            span = Span(start, start + 3)
            yield Hit(span, {"found": "bad"}, edits=((span, self.replacement),))


@pytest.fixture(autouse=True)
def _check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "check_class", lambda kind: BadWordCheck)


def read(text: str) -> tuple[Example, ...]:
    return read_examples(Source("r.yaml", rule_text() + text))


def problems(bad: str = BAD, fix: str | None = "unsafe", message: str = "Word {found}.") -> str:
    rule = make_rule(fix=fix, message=message)
    return "\n".join(line for example in read(bad + GOOD) for line in try_example(rule, example))


def test_examples_say_what_they_hold(tmp_path: Path) -> None:
    bad, good = read(BAD + GOOD)
    assert (bad.title, bad.medium, bad.files, bad.is_good) == (
        "A word",
        Medium.TEXT,
        {"d1.txt": b"one bad word\n"},
        False,
    )
    assert (bad.fixed, bad.line) == ({"d1.txt": "one good word\n"}, 18)
    expected = bad.findings[0]
    assert (expected.path, expected.line, expected.column, expected.text) == ("d1.txt", 1, 5, "bad")
    assert (expected.message, expected.severity, expected.related) == (None, None, None)
    assert (good.is_good, good.fixed) == (True, {})
    path = tmp_path / "r.yaml"
    path.write_text(rule_text() + BAD + GOOD)
    assert [one.title for one in load_examples(load_rule(path))] == ["A word", "Another"]


def test_a_rule_file_without_examples_has_none() -> None:
    assert read("") == ()


def test_an_example_may_name_its_file_be_tei_bytes_or_several() -> None:
    text = """\
---
bad:
  - {title: A, name: d326.txt, base64: "/w ==", findings: [{line: 1, column: 1, severity: info, related: [2]}]}
  - {title: B, medium: tei, file: <TEI/>, findings: [{line: 1, column: 1}]}
  - {title: C, files: {v/d1.txt: a, v/d2.txt: b}, fixed: {v/d2.txt: c},
     findings: [{path: v/d2.txt, line: 1, column: 1}]}
"""
    one, two, three, _ = read(text + GOOD)
    assert one.files == {"d326.txt": b"\xff"}
    assert (one.findings[0].severity, one.findings[0].related) == (Severity.INFO, (2,))
    assert (two.files, two.medium) == ({"volume.xml": b"<TEI/>"}, Medium.TEI)
    assert (three.files, three.findings[0].path) == ({"v/d1.txt": b"a", "v/d2.txt": b"b"}, "v/d2.txt")
    assert three.fixed == {"v/d2.txt": "c"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BAD, "the key `good` is missing"),
        (BAD.replace("title", "titel") + GOOD, "`titel` is not a known key in entry 1 of `bad`; did you mean `title`?"),
        (BAD.replace("column", "colum") + GOOD, "`colum` is not a known key in entry 1 of `findings`; did you mean"),
        (BAD.replace("line: 1", "line: 0") + GOOD, "`line` is too small: `0`, and the least is 1"),
        (BAD.replace("    file: |\n      one bad word\n", "") + GOOD, "one of `file`, `files` and `base64`"),
        (BAD + GOOD + "    base64: YQ==\n", "one of `file`, `files` and `base64`"),
        (BAD + GOOD.replace("file: fine", "base64: é"), "this is not base64"),
        (BAD + GOOD + "---\nx: y\n", "two documents, the rule and its examples, and here begins a third"),
        ("---\nbad: [\n", "this is not YAML"),
        ("---\n- a\n", "of the form `examples`"),
    ],
)
def test_wrong_examples_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    assert message in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.start.line > 15


def test_a_rule_that_keeps_its_promises_has_no_problems() -> None:
    assert problems() == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("column: 5", "column: 4"),
        ("line: 1", "line: 2"),
        ('"bad"', '"ba"'),
        ("}", ", message: Other.}"),
        ("}", ", severity: info}"),
        ("}", ", related: [1]}"),
        ("one bad word", "one fine word"),
        ("one bad word", "one bad word"),
    ],
)
def test_a_finding_that_is_not_as_expected_is_shown_beside_it(old: str, new: str) -> None:
    told = problems(BAD.replace(old, new, 1))
    if old == new:
        assert told == ""
        return
    assert told.startswith("expected:\n  d1.txt:")
    found = "  nothing" if "fine" in new else "  d1.txt:1:5 error 'bad' related lines [] Word bad."
    assert told.endswith(f"found:\n{found}")


def test_a_good_example_that_fires_shows_what_was_found() -> None:
    rule = make_rule()
    example = read(BAD + GOOD.replace("fine", "no bad word"))[1]
    assert try_example(rule, example) == [
        "expected: nothing\nfound:\n  d1.txt:1:4 error 'bad' related lines [] Marker bad has no note."
    ]


def test_a_fix_must_give_the_promised_text() -> None:
    told = problems(BAD.replace("one good", "one better"))
    assert told == "d1.txt: the fix gives another text\nexpected: 'one better word\\n'\nfound:    'one good word\\n'"


def test_a_fix_must_be_shown() -> None:
    assert "does not say in `fixed`" in problems(BAD.partition("    fixed:")[0])


def test_a_promised_fix_must_be_there() -> None:
    assert "the fix gives another text" in problems(fix=None)


def test_a_fix_must_content_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BadWordCheck, "replacement", "bad good")
    assert "after the fix the rule still finds:\n  d1.txt:1:5" in problems(BAD.replace("one good", "one bad good"))


def test_a_value_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no value for {expected} in: Word {expected}." in problems(message="Word {expected}.")


def test_a_safe_fix_must_change_no_word() -> None:
    assert problems(fix="safe").startswith(
        "The fix of NOTE001 was not made here: it would make ‘good word’ of ‘bad word’."
    )
