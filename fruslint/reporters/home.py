"""The address of the project, which reports name for those who want to know more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fruslint.data import rules_folder

if TYPE_CHECKING:
    from fruslint.rules import Rule

HOME = "https://github.com/fruslint/fruslint"


def rule_page(rule: Rule) -> str | None:
    """The address of the page about a rule; a house rule has none."""
    builtin = rule.path.is_relative_to(rules_folder())
    return f"{HOME}/blob/main/docs/rules/{rule.id}.md" if builtin else None
