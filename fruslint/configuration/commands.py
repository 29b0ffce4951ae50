"""What the command line says of rules, as a layer over configurations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fruslint.configuration.layers import COMMAND_LINE, Action, Layer
from fruslint.errors import ConfigurationError
from fruslint.rules import Rule, matching


class Commands:
    """What the command line says of rules; it may name the house rules of one of several configurations.

    The words are selectors of rules to be ``used`` and ``ignored``; ``only`` those that it names are used, if it says so.
    """

    def __init__(self, used: Iterable[str], ignored: Iterable[str], *, only: bool) -> None:
        self._words = (*((word, True) for word in used), *((word, False) for word in ignored))
        self._only = only
        self._unknown: dict[str, ConfigurationError] = {}
        self._known: set[str] = set()

    def layer(self, rules: Sequence[Rule]) -> Layer:
        """The words of the command line, for these rules."""
        actions = []
        for word, on in self._words:
            try:
                rank, ids = matching(rules, word)
            except ConfigurationError as error:
                self._unknown[word] = error
                continue
            self._known.add(word)
            actions.append(Action(rank, tuple(ids), COMMAND_LINE, on))
        return Layer(tuple(actions), COMMAND_LINE if self._only else None)

    def refuse_unknown(self) -> None:
        """Raise the ConfigurationError of the first word that no rule of any configuration goes by."""
        for word, error in self._unknown.items():
            if word not in self._known:
                raise error
