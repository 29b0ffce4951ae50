"""Rules in XPath: what they find and where, what is said of a wrong expression, and what no file can do to them."""

from __future__ import annotations

import builtins
import contextlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers_cli import ROOT
from helpers_tei import NAMESPACES, document, tei
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fruslint.checks import xpath as kind
from fruslint.engine import Engine
from fruslint.errors import ConfigurationError
from fruslint.findings import UNCHECKED, Finding, Severity
from fruslint.markup.elements import Markup
from fruslint.readers import read_bytes
from fruslint.rules import Rule, read_rule
from fruslint.source import Source
from fruslint.xpath.expression import Expression, ExpressionError
from fruslint.xpath.tree import Tree

LETTER = document("<head>7. Letter</head><p>I agree.</p>")


def rule(message: str = "Found.", **check: Any) -> Rule:
    """A house rule of the kind, validated as the file of a user is."""
    value = {
        "id": "HOUSE001",
        "name": "of-the-house",
        "family": "HOUSE",
        "severity": "warning",
        "media": ["tei"],
        "since": "1.0.0",
        "summary": "A rule of the house.",
        "message": message,
        "why": "The style guide says so.",
        "check": {"kind": "xpath", **check},
    }
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return read_rule(Source("house.yaml", text), Path("house.yaml"))


def find(one: Rule, text: str) -> list[Finding]:
    return list(Engine([one]).check(read_bytes("v.xml", text.encode())).findings)


def marked(one: Rule, content: str) -> list[str]:
    """What is marked in a volume with one document."""
    text = tei(document(content))
    return [text[slice(*finding.place.span)] for finding in find(one, text)]


class TestPlaces:
    CONTENT = (
        "<head>7. Letter</head><p rend=' center ' xml:lang='fr'\n  frus:kind='x'>Words &amp;<hi/> more<!-- a --> and"
        " <![CDATA[others]]> here.<?stop it?></p>"
    )

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            (".", "p"),
            ("@rend", " center "),
            ("@xml:lang", "fr"),
            ("@frus:kind", "x"),
            ("@missing", "p"),
            ("hi", "hi"),
            ("text()[1]", "Words &amp;"),
            ("text()[2]", "more"),
            ("text()[3]", "and <![CDATA[others]]> here."),
            ("comment()", "<!-- a -->"),
            ("processing-instruction('stop')", "<?stop it?>"),
            ("ancestor::div", "div"),
            ("ancestor::div/@xml:id", "d7"),
        ],
    )
    def test_any_node_can_be_marked(self, at: str, expected: str) -> None:
        assert marked(rule(context="//p", test="false()", at=at), self.CONTENT) == [expected]

    def test_several_nodes_are_one_finding(self) -> None:
        (finding,) = find(rule(context="//p", test="false()", at="lb"), tei(document("<p>a<lb/>b<lb/>c</p>")))
        assert [finding.place.start.column, *(one.place.start.column for one in finding.related)] == [6, 12]

    def test_a_finding_is_in_its_document(self) -> None:
        (finding,) = find(rule(context="//p", test="false()"), tei(LETTER + document("", 'n="8" xml:id="d8"')))
        assert finding.document == "d7"

    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.sampled_from(["<p>", "</p>", "<lb/>", "x", "<!--c-->", "<?p q?>", "<![CDATA[<p>]]>", "\n"])))
    def test_the_elements_of_lxml_are_the_start_tags_of_the_text(self, words: list[str]) -> None:
        content, depth = "", 0
        for word in words:
            depth += {"<p>": 1, "</p>": -1}.get(word, 0)
            content, depth = (content + word, depth) if depth >= 0 else (content, 0)
        text = f"<?first?><p>{content}{'</p>' * depth}</p><!--last-->"
        markup = Markup(text)
        tree = Tree(markup)
        assert [tree.number(tree.element(number)) for number in range(len(markup))] == list(range(len(markup)))
        for node in tree.root.xpath("//comment() | //processing-instruction()"):
            assert text[slice(*tree.span(markup, node))] == etree.tostring(node, with_tail=False).decode()


class TestExpressions:
    def test_names_without_a_prefix_are_those_of_tei(self) -> None:
        for context in ("//p[hi]", "//tei:p[tei:hi]", "//tei:p[child::hi]", "//*[self::p][descendant::hi]"):
            assert marked(rule(context=context, test="false()"), "<p>a<hi>b</hi></p><p>c</p>") == ["p"], context

    def test_operators_are_no_names(self) -> None:
        content = "<p n='6'>a</p><div><p n='4'>b</p></div>"
        assert marked(rule(context="//div/div[count(p) div 1 = 1 and p/@n mod 2 = 0]", test="false()"), content) == [
            "div"
        ]

    @pytest.mark.parametrize("uri", ["http://history.state.gov/ns/1.0", "http://history.state.gov/frus/ns/1.0"])
    def test_the_prefix_of_the_edition_is_what_the_file_binds_it_to(self, uri: str) -> None:
        text = tei(document("<frus:attachment/>")).replace("http://history.state.gov/ns/1.0", uri)
        assert len(find(rule(context="//frus:attachment", test="false()"), text)) == 1

    def test_other_prefixes_are_bound_in_the_rule(self) -> None:
        one = rule(context="//m:math", test="false()", namespaces={"m": "http://www.w3.org/1998/Math/MathML"})
        assert marked(one, '<p><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/></p>') == ["m:math"]

    def test_values_are_texts_for_messages_and_tests(self) -> None:
        one = rule(
            "{element} {n} says {rows}, and has {count}: {found}.",
            context="//table",
            values={"rows": "@rows", "count": "count(row)", "n": "concat('no. ', $rows + 0)"},
            test="$rows = $count",
            at="@rows",
        )
        text = tei(document('<table rows="3"><row><cell>A\n  b</cell></row></table><table rows="1"><row/></table>'))
        (finding,) = find(one, text)
        assert finding.message == "table no. 3 says 3, and has 1: A b."

    def test_matches_looks_for_a_pattern_in_a_text_or_in_any_of_some_nodes(self) -> None:
        assert marked(rule(context="//p", test=r"matches(., '^\d+\.$')"), "<p>12.</p><p>12</p>") == ["p"]
        assert marked(rule(context="//head", test="not(matches(../p, 'x'))"), "<head>a</head><p>b</p><p>x</p>") == [
            "head"
        ]

    def test_when_is_asked_once_of_the_root(self) -> None:
        one = rule(context="//p", when="//idno[@type='frus'] = 'frus1955-57v99'", test="false()")
        assert len(find(one, tei(LETTER))) == 1
        assert find(one, tei(LETTER).replace("57v99", "57v98")) == []

    def test_several_assertions_have_their_own_words_and_severity(self) -> None:
        one = rule(
            "{detail}.",
            asserts=[
                {"context": "//head", "test": "false()", "detail": "‘{found}’ of {id}", "values": {"id": "../@xml:id"}},
                {"context": "//p", "test": "false()", "detail": "A paragraph", "severity": "info"},
            ],
        )
        found = find(one, tei(LETTER))
        assert [finding.message for finding in found] == ["‘7. Letter’ of d7.", "A paragraph."]
        assert [finding.severity for finding in found] == [Severity.WARNING, Severity.INFO]

    def test_an_assertion_holds_in_some_versions_of_the_schema(self) -> None:
        one = rule(asserts=[{"context": "//p", "test": "false()", "versions": ["2018"]}])
        assert find(one, tei(LETTER)) == []
        assert len(find(one, tei(LETTER.replace("<div ", '<div subtype="historical-document" ')))) == 1

    @pytest.mark.parametrize(
        ("check", "message"),
        [
            ({"context": "//p["}, "house.yaml:14:12: this is not XPath: Invalid expression"),
            (
                {"context": "//p", "test": "cuont(p) = 1"},
                "`cuont` is not a function of XPath 1.0; did you mean `count`?",
            ),
            ({"context": "//p", "test": "foo:p"}, "`foo` is not a known prefix; known are frus, tei, xml"),
            ({"context": "//p", "test": "ancestors::p"}, "`ancestors` is not an axis; did you mean `ancestor`?"),
            ({"context": "//p", "test": "p adn p"}, "`adn` is not an operator; did you mean `and`?"),
            ({"context": "//p", "test": "$row = 1", "values": {"rows": "@rows"}}, "did you mean `rows`?"),
            ({"context": "//p", "test": "'a"}, "this is not XPath, from `'a` on"),
            ({"context": "//p", "test": "count(1) = 1"}, "cannot be evaluated: Invalid type"),
            ({"context": "//p", "test": "matches(., '(')"}, "`(` is not a regular expression"),
            ({"context": "//p", "test": "matches(., '(a+)+$')"}, "`(a+)+$` is not a regular expression"),
            ({"context": "//p", "test": "matches(., @n)"}, "the pattern of matches must be written in the rule"),
            ({"context": "//p/@rend"}, "the context must select elements; say in `at` which attribute or text to mark"),
            ({"context": "//p/text()"}, "the context must select elements"),
            ({"context": "count(//p)"}, "selects no nodes"),
            ({"context": "//p", "at": "'x'"}, "selects no nodes"),
            ({"context": "//p", "values": {"found": "."}}, "is not valid"),
            ({"context": "//p", "namespaces": {"str": "http://exslt.org/strings"}}, "does not match"),
            ({"asserts": [{"context": "//p"}]}, "the key `test` is missing in entry 1 of `asserts`"),
            (
                {"asserts": [{"context": "//p", "test": "p", "versions": ["2014"]}]},
                "`2014` is not a version of the schema",
            ),
        ],
    )
    def test_a_wrong_expression_is_refused_where_it_stands(self, check: dict[str, Any], message: str) -> None:
        given = check if "asserts" in check else {"test": "p", **check}
        with pytest.raises(ConfigurationError) as caught:
            rule(**given)
        assert message in str(caught.value)
        assert caught.value.place is not None

    def test_messages_use_the_values_of_the_rule(self) -> None:
        with pytest.raises(ConfigurationError, match="gives no value `row`; did you mean `rows`"):
            rule("{row}", context="//table", test="row", values={"rows": "@rows"})

    @settings(deadline=None)
    @given(st.text(alphabet="abc:/@[]()'\"$*.,|=<>!- \n1é", max_size=30))
    def test_any_text_is_an_expression_or_says_why_not(self, text: str) -> None:
        with contextlib.suppress(ExpressionError):
            assert Expression(text, {"tei"}, {"a"}).written == text


class TestEvilInput:
    def test_elements_that_are_nested_without_end(self) -> None:
        text = f"<TEI {NAMESPACES}>{'<p>' * 100_000}{'</p>' * 100_000}</TEI>"
        (finding,) = find(rule(context="//p", test="false()"), text)
        assert finding.rule == UNCHECKED
        assert "Excessive depth" in finding.message

    def test_a_file_that_is_not_well_formed_is_not_asked(self) -> None:
        assert find(rule(context="//p", test="false()"), f"<TEI {NAMESPACES}><p></TEI>") == []

    def test_an_expression_that_takes_too_long_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kind, "SECONDS", 0.001)
        engine = Engine([rule(context="//p[count(//p) > 6000]", test="false()")])
        text = tei(document("<p/>" * 6_000))
        first, second = (engine.check(read_bytes(name, text.encode())).findings for name in ("v1.xml", "v2.xml"))
        assert [one.rule for one in (*first, *second)] == [UNCHECKED, UNCHECKED]
        assert "took more than" in first[0].message
        assert "too long in another file" in second[0].message

    def test_a_context_that_turns_out_to_be_something_else(self) -> None:
        (finding,) = find(rule(context="(//p/@rend)[1]", test="false()"), tei(document('<p rend="center"/>')))
        assert finding.rule == UNCHECKED
        assert "no element" in finding.message


@pytest.mark.parametrize(("words", "loaded"), [(["--quiet"], 0), (["--quiet", "--select", "TEI024"], 1)])
def test_lxml_is_loaded_for_rules_in_xpath_only(words: list[str], loaded: int, tmp_path: Path) -> None:
    (tmp_path / "v.xml").write_text(tei(LETTER), encoding="utf-8")
    script = "import sys; from fruslint.cli import main; main(sys.argv[1:]); sys.exit('lxml.etree' in sys.modules)"
    command = [sys.executable, "-c", script, "check", str(tmp_path / "v.xml"), *words]
    done = subprocess.run(command, capture_output=True, timeout=60, cwd=ROOT, check=False)
    assert done.returncode == loaded, done.stderr


def test_without_lxml_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "lxml":
            raise ImportError("No module named 'lxml'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ConfigurationError, match=r"needs the library lxml.*pip install lxml"):
        rule(context="//p", test="p")
