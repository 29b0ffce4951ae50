"""The nearest right word to a wrong one, for error messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fruslint.patterns import late

_MIN_RATIO = 0.6
_LONGEST = 100
_RULE = late(r"([A-Za-z]+)[ _-]?([0-9]{1,6})")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like ``word``, whatever its case; None where none comes close."""
    from difflib import get_close_matches

    by_folded = {item.casefold(): item for item in sorted(known, reverse=True)}
    found = get_close_matches(word[:_LONGEST].casefold(), sorted(by_folded), 1, _MIN_RATIO)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean `x`?`` for the nearest known word, or an empty string."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""


def did_you_mean_rule(word: str, known: Collection[str]) -> str:
    """The same for the id or name of a rule; NOTE1 and note-01 are meant for NOTE001, and HOUSE001 for no built-in rule."""
    found = _RULE.fullmatch(word.strip())
    if found is None:
        return did_you_mean(word, known)
    full = f"{found[1]}{int(found[2]):03}".upper()
    if full in known:
        return f"did you mean `{full}`?"
    families = {one[1] for one in map(_RULE.fullmatch, known) if one is not None}
    return did_you_mean(word, known) if nearest(found[1], families) else ""
