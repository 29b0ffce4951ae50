"""Elements by what they are written as: by name, by the value of an attribute, by their words."""

from __future__ import annotations

from fruslint.markup.elements import Markup

TEXT = '<list><item n="1">Smith</item><item n="2">Smith</item><item n="1">Jones</item><item>Smith <hi>Jr.</hi></item></list>'


def test_elements_by_the_value_of_an_attribute() -> None:
    assert Markup(TEXT).by_value("item", "n") == {"1": [1, 3], "2": [2], None: [4]}


def test_elements_by_a_value_and_their_words() -> None:
    assert Markup(TEXT).by_words("item", "n") == {
        "1": {"Smith": [1], "Jones": [3]},
        "2": {"Smith": [2]},
        None: {"Smith Jr.": [4]},
    }


def test_what_has_hundreds_of_tags_in_it_has_no_words() -> None:
    nested = "<item>" * 300 + "Smith" + "</item>" * 300
    (words,) = Markup(nested).by_words("item", "n").values()
    assert list(words) == ["Smith"]
    assert 0 not in words["Smith"]
    assert 299 in words["Smith"]
