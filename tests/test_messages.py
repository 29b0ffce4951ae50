"""The words of a message: what is filled in, and how things are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.messages import Template, counted


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("Plain.", {}, "Plain."),
        ("{a}{b}", {"a": "1", "b": "2"}, "12"),
        ("{{{a}}}", {"a": "1"}, "{1}"),
        ("{{a}}", {"a": "1"}, "{a}"),
        ("{a} and {b}", {"a": "{b}", "b": "x"}, "{b} and x"),
        ("{a}", {}, "{a}"),
        ("{a}", {"a": "\x1b[31m%s\\1"}, "\x1b[31m%s\\1"),
    ],
)
def test_a_template_fills_names_and_nothing_else(text: str, values: dict[str, str], message: str) -> None:
    assert Template(text).fill(values) == message


@pytest.mark.parametrize("text", ["{", "}", "{a.b}", "{a!r}", "{a:>9}", "{0}", "{}", "{a[0]}", "{{}"])
def test_a_template_refuses_what_is_no_name(text: str) -> None:
    with pytest.raises(ValueError, match="belongs to no"):
        Template(text)


@given(st.text())
def test_a_doubled_brace_is_a_brace(text: str) -> None:
    template = Template(text.replace("{", "{{").replace("}", "}}"))
    assert (template.fill({}), template.names) == (text, frozenset())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0, "finding"), "0 findings"),
        ((1, "finding"), "1 finding"),
        ((2537, "finding"), "2,537 findings"),
        ((1, "entry", "entries"), "1 entry"),
        ((2, "entry", "entries"), "2 entries"),
    ],
)
def test_a_number_has_the_noun_that_goes_with_it(words: tuple[int, str], said: str) -> None:
    assert counted(*words) == said
