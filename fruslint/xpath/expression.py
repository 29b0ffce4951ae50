"""Expressions of XPath 1.0: read as far as is needed to say what is wrong with one before it meets a document.

A name without a prefix is that of an element of TEI: XPath itself would take it for an element without a namespace,
which no volume has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from fruslint.near import did_you_mean
from fruslint.patterns import late
from fruslint.record import Record

TEI_PREFIX = "tei"

_NAME = r"[^\W\d][\w.-]*"
_TOKEN = late(
    rf"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<variable>\${_NAME})"""
    rf"""|(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)|(?P<sign>::|//|\.\.|!=|<=|>=|[-()\[\].@,/|+=<>*]))"""
)
_TYPES = frozenset({"comment", "node", "processing-instruction", "text"})
_AXES = frozenset(
    {"ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following"}
    | {"following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"}
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_ENDS = frozenset({")", "]", ".", "..", "*"})
MATCHES = "matches"
"""The one function that is not of XPath 1.0: whether a regular expression, written in the rule, is found in a text."""

FUNCTIONS = frozenset(
    {"boolean", "ceiling", "concat", "contains", "count", "false", "floor", "id", "lang", "last", "local-name", "name"}
    | {
        "namespace-uri",
        "normalize-space",
        "not",
        "number",
        "position",
        "round",
        "starts-with",
        "string",
        "string-length",
    }
    | {"substring", "substring-after", "substring-before", "sum", "translate", "true", MATCHES}
)


class ExpressionError(ValueError):
    """An expression that cannot be used: what is wrong with it, what to do about it, and the expression as it is written."""

    def __init__(self, message: str, expression: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.expression = expression


class Token(Record):
    """A word of an expression: ``text``, ``number``, ``variable``, ``name`` or ``sign``, and where it ends."""

    kind: str
    word: str
    start: int


class Expression:
    """An expression, taken apart.

    ``path`` is what lxml is given, with a prefix at each name that needs one. Raises ExpressionError for words that are
    not of XPath, for prefixes that are not among ``prefixes``, and for variables that are not among ``variables``.
    """

    def __init__(self, written: str, prefixes: Collection[str], variables: Collection[str]) -> None:
        self.written = written
        self._prefixes = prefixes
        self._known_variables = variables
        self._tokens = list(_tokens(written))
        self.variables = {token.word[1:] for token in self._tokens if token.kind == "variable"}
        self.path = "".join(self._words())

    @property
    def patterns(self) -> Iterator[str]:
        """The regular expressions that ``matches`` is given: the last text before the bracket that ends it."""
        depths: list[bool] = []
        for before, token in zip([None, *self._tokens], self._tokens, strict=False):
            if token.word == "(":
                depths.append(before is not None and before.word == MATCHES)
            elif token.word == ")" and depths and depths.pop() and before is not None and before.kind == "text":
                yield before.word[1:-1]

    def selects_no_elements(self) -> bool:
        """Whether its last steps are attributes or texts, as far as can be told from how it is written."""
        depth = 0
        for place, token in enumerate(self._tokens):
            depth += (token.word in ("(", "[")) - (token.word in (")", "]"))
            called = self._word(place + 1) == "("
            if not depth and (token.word in ("@", "attribute", "namespace") and not called):
                return True
            if depth == 0 and token.word == "text" and called:
                return True
        return False

    def error(self, message: str, hint: str = "") -> ExpressionError:
        """An error about this expression."""
        return ExpressionError(message, self.written, hint)

    def _word(self, place: int) -> str:
        return self._tokens[place].word if 0 <= place < len(self._tokens) else ""

    def _words(self) -> Iterator[str]:
        """The words with what is between them; names as lxml must be given them."""
        end, after_operand = 0, False
        for place, token in enumerate(self._tokens):
            yield self.written[end : token.start]
            end = token.start + len(token.word)
            operator = after_operand and (token.kind == "name" or token.word == "*")
            yield self._name(place, operator) if token.kind == "name" else token.word
            after_operand = not operator and (token.kind != "sign" or token.word in _ENDS)
            if token.kind == "variable" and token.word[1:] not in self._known_variables:
                hint = did_you_mean(token.word[1:], self._known_variables) or "it must be one of the `values`"
                raise self.error(f"there is no variable `{token.word}`", hint)
        yield self.written[end:]

    def _name(self, place: int, operator: bool) -> str:
        """A name as lxml must be given it; raises ExpressionError for one that means nothing."""
        word, before, behind = self._word(place), self._word(place - 1), self._word(place + 1)
        if operator:
            return self._among(word, _OPERATORS, "an operator")
        if behind == "::":
            return self._among(word, _AXES, "an axis")
        if behind == "(":
            return word if word in _TYPES else self._among(word, FUNCTIONS, "a function of XPath 1.0")
        prefix, colon, _ = word.partition(":")
        if colon:
            self._among(prefix, self._prefixes, "a known prefix")
            return word
        is_attribute = before == "@" or (before == "::" and self._word(place - 2) in ("attribute", "namespace"))
        return word if is_attribute else f"{TEI_PREFIX}:{word}"

    def _among(self, word: str, known: Collection[str], what: str) -> str:
        if word not in known:
            hint = did_you_mean(word, known) or "known are " + ", ".join(sorted(known))
            raise self.error(f"`{word}` is not {what}", hint)
        return word


def _tokens(written: str) -> Iterator[Token]:
    end = 0
    while end < len(written.rstrip()):
        found = _TOKEN.match(written, end)
        if found is None or found.lastgroup is None:
            rest = written[end:].lstrip()
            raise ExpressionError(f"this is not XPath, from `{rest[:20]}` on", written)
        yield Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
        end = found.end()


def prefixes_of(namespaces: Mapping[str, str]) -> frozenset[str]:
    """The prefixes that an expression may use, with ``xml``, which is always bound."""
    return frozenset({*namespaces, "xml"})
