"""Reports patterns of a configuration that fit nothing."""

from __future__ import annotations

from typing import ClassVar

from fruslint.checks.base import Parameterless


class UnusedPatternCheck(Parameterless):
    """Path patterns, and folders with house rules, of a configuration.

    They are looked at once in a run over the folder of the configuration (`fruslint.configuration.unused`), so that this
    check has nothing to do while files are read. Values: the ``pattern``, the ``key`` it stands under, and ``what`` is wrong.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"pattern", "key", "what"})
