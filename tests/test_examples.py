"""Every built-in rule is sound, says what it must say, and does on its examples exactly what they promise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fruslint.data import rules_folder
from fruslint.rules import Rule, load_rule, load_rules, rule_files
from fruslint.rules.examples import Example, load_examples
from fruslint.trial import try_example

FILES = list(rule_files(rules_folder()))
RULES = [load_rule(path, validate=False) for path in FILES]


def examples() -> Iterator[object]:
    for rule in RULES:
        for number, example in enumerate(load_examples(rule), start=1):
            yield pytest.param(rule, example, id=f"{rule.id}-{'good' if example.is_good else 'bad'}-{number}")


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_an_example_gives_what_it_promises(rule: Rule, example: Example) -> None:
    problems = try_example(rule, example)
    if problems:
        where = f"{rule.path}:{example.line}: {example.title}"
        pytest.fail("\n".join([where, *problems]), pytrace=False)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestRule:
    def test_is_valid(self, rule: Rule) -> None:
        assert load_rule(rule.path) == rule

    def test_has_bad_and_good_examples(self, rule: Rule) -> None:
        kinds = {example.is_good for example in load_examples(rule)}
        assert kinds == {True, False}, f"{rule.path} needs at least one bad and one good example"

    def test_says_what_and_why_in_sentences(self, rule: Rule) -> None:
        for name, text in (("summary", rule.summary), ("message", rule.message), ("why", rule.why)):
            assert text.endswith("."), f"`{name}` ends without a full stop: {text!r}"
        for text in rule.exits:
            assert text.endswith("."), f"an exit ends without a full stop: {text!r}"

    def test_is_filed_by_family_and_id(self, rule: Rule) -> None:
        assert rule.path.relative_to(rules_folder()).as_posix() == f"{rule.family.lower()}/{rule.id}.yaml"


def test_no_two_rules_share_an_id_or_a_name() -> None:
    assert len(load_rules([rules_folder()], validate=False)) == len(FILES)
