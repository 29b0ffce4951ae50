"""Regular expressions of others: those that may never end are refused, those that are slow are interrupted."""

from __future__ import annotations

import re
import time
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.checks import check_class
from fruslint.engine import Engine
from fruslint.findings import Severity
from fruslint.model import Medium
from fruslint.patterns import compiled_at_once
from fruslint.patterns.explosive import ExplosivePatternError, refuse_explosive
from fruslint.patterns.patience import Patience, TooSlowError
from fruslint.readers import read_bytes
from fruslint.rules import Rule, builtin_rules

EXPLOSIVE = [
    r"(a+)+b",
    r"(a*)*b",
    r"(a|aa)+$",
    r"(a|b|ab)*c",
    r"(a*b*)*c",
    r"(x+x+)+y",
    r"(.+)+x",
    r"(?:\s*\w+)*$",
    r"(\w+\s?)+$",
    r"(?:[^,]+,?)*;",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"([a-zA-Z]+)*\d",
    r"((a{1,3}){1,100})+b",
    r'([^"]|\\.)*"',
    r"(?=(a+)+b)c",
    r"(?>(a+)+b)",
]
HARMLESS = [
    r"(?:[A-Z][a-z]*,? ?)+\.",
    r"\bViet[- ][Nn]am\b",
    r"“[^”]*”",
    r"(?:\w+\s)+end",
    r"(?:,\s*\w+)*",
    r"(?:\d{1,3},)+\d{3}",
    r"(?:[A-Z][a-z]+ )+",
    r"(?:a|b)*",
    r"(?:(?!x).)+",
    r'"(?:[^"\\]|\\.)*"',
    r"(?:\w{1,20} ){1,5}",
    r"(?:a++)+b",
    r"(?>a+)+b",
    r"^(?:(?:ab)+c)+$",
    r"(a)\1+",
    r"(\d|\w)+!",
    r"(x)?(?(1)a|b)*",
    r"\s+$",
]


@pytest.mark.parametrize("pattern", EXPLOSIVE)
def test_what_may_never_end_is_refused(pattern: str) -> None:
    with pytest.raises(ExplosivePatternError) as caught:
        refuse_explosive(pattern)
    assert caught.value.pattern == pattern


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_only_looks_so_is_not(pattern: str) -> None:
    refuse_explosive(pattern)


def test_letters_are_alike_where_their_case_is_ignored() -> None:
    refuse_explosive("(?:[A-Z][a-z]*)+!")
    with pytest.raises(ExplosivePatternError):
        refuse_explosive("(?:[A-Z][a-z]*)+!", re.IGNORECASE)


def test_a_thousand_words_take_no_time() -> None:
    began = time.process_time()
    refuse_explosive("(?:" + "|".join(f"word{number}" for number in range(1000)) + r")(?:, \w+)*")
    assert time.process_time() - began < 5


@given(st.text("ab(|)*+?[].", max_size=12))
def test_any_expression_gets_an_answer(pattern: str) -> None:
    with suppress(re.error), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        re.compile(pattern)
        with suppress(ExplosivePatternError):
            refuse_explosive(pattern)


@given(st.sampled_from(["a+", "a*", "(?:a|b)+", "a?", "ab", "[ab]", "b+a?"]), st.sampled_from(["+", "*"]))
def test_what_is_accepted_fails_in_a_moment(inner: str, repeat: str) -> None:
    pattern = f"(?:{inner}){repeat}c"
    try:
        refuse_explosive(pattern)
    except ExplosivePatternError:
        return
    began = time.process_time()
    assert re.match(pattern, "ab" * 12 + "a" * 24) is None
    assert time.process_time() - began < 1


def test_no_built_in_rule_is_refused() -> None:
    for rule in builtin_rules():
        with compiled_at_once():
            check_class(rule.kind)(rule.parameters)


def _rule(id_: str, pattern: str, foreign: bool = True) -> Rule:
    return Rule(
        id_, id_.lower(), "HOUSE", Severity.WARNING, frozenset(Medium), "It.", "Found {found}.", "So.", "pattern", "1.0.0",
        Path("x.yaml"), {"in": ["source"], "patterns": [pattern]}, foreign=foreign,
    )  # fmt: skip


def test_a_slow_rule_is_interrupted_and_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fruslint.patterns.patience.Patience.__init__.__defaults__", (0.2,))
    engine = Engine([_rule("HOUSE001", "(?:x?){30}x{30}y"), _rule("HOUSE002", "Memorandum")])
    text = b"7. Memorandum of Conversation\n\n" + b"x" * 300 + b"\n"
    first, second = (engine.check(read_bytes(name, text)).findings for name in ("d7.txt", "d8.txt"))
    assert [finding.rule for finding in first] == ["LINT002", "HOUSE002"]
    assert first[0].message == (
        "Rule HOUSE001 (house001) was not checked here: it took more than 0.2 seconds on this file, and is not used "
        "any more in this run."
    )
    assert [finding.rule for finding in second] == ["HOUSE002"]


class _Thing:
    def __init__(self, source: str) -> None:
        self.source = source


def test_time_is_counted_over_the_documents_of_a_file_and_anew_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("fruslint.patterns.patience.time.process_time", lambda: now[0])

    def work(thing: object) -> list[int]:
        now[0] += 3.0
        return [1]

    call = Patience(5.0).listed(work)
    assert call(_Thing("a")) == [1]
    assert call(_Thing("b")) == [1]
    with pytest.raises(TooSlowError, match="more than 5 seconds"):
        call(_Thing("b"))
    assert call(_Thing("c")) == []


def test_a_slow_rule_is_told_where_nothing_can_interrupt_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.setitimer")
    clock = iter([0.0, 9.0])
    monkeypatch.setattr("fruslint.patterns.patience.time.process_time", lambda: next(clock))
    call = Patience(5.0).single(lambda thing: 1)
    with pytest.raises(TooSlowError):
        call(_Thing("a"))
    assert call(_Thing("a")) is None
