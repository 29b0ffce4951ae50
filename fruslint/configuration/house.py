"""The configurations of a run: which one holds for a file, what it leaves out, and the engine for all of them.

Nothing but the search for files is loaded until a configuration is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fruslint.configuration.find import Finder, Located
from fruslint.paths import is_edition_file, lies_in, slashed
from fruslint.record import Record

if TYPE_CHECKING:
    from fruslint.configuration.commands import Commands
    from fruslint.configuration.load import Loaded
    from fruslint.configuration.plan import Active, Recipe
    from fruslint.configuration.settings import Said, Settings, Values
    from fruslint.configuration.unused import Pattern
    from fruslint.data.yamlfile import YamlDocument
    from fruslint.engine import Engine
    from fruslint.globs import Glob
    from fruslint.repository.gitignore import GitIgnore
    from fruslint.rules import Rule

_STRICTNESS = ("info", "warning", "error", "never")

MAX_PER_RULE = 10
FAIL_ON = "warning"
"""What holds for a run where neither the command line nor a configuration says something else."""


class Asked(Record):
    """What the command line asks for. ``config`` is a file, or empty to look for one; words are selectors of rules.

    ``rules`` are folders with house rules; ``use`` is False where no configuration is wanted.
    """

    config: str = ""
    use: bool = True
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    gitignore: bool = True


class _Reach(Record):
    """Which files a configuration lets through."""

    include: tuple[Glob, ...] | None
    exclude: tuple[Glob, ...]
    gitignore: bool


_EVERYTHING = _Reach(None, (), True)


class House:
    """All configurations of a run, each read when the first file asks for it. Raises ConfigurationError when it is."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._finder = Finder()
        self._named = Located(os.path.abspath(asked.config), "") if asked.config else None
        self._chains: dict[str, tuple[Loaded, ...]] = {}
        self._reaches: dict[str, _Reach] = {}
        self._asked_for: list[Located] = []
        self._rules: dict[tuple[str, ...], tuple[Rule, ...]] = {}
        self._settings: dict[str, Settings] = {}
        self._git: GitIgnore | None = None
        self._fitting: set[Glob] = set()
        self.outside: set[str] = set()

    # ---- which files

    def leaves_out(self, path: str) -> bool:
        """Whether the configuration that holds for an absolute path leaves it out."""
        exclude = self._reach(path).exclude
        if not exclude:
            return False
        from fruslint.globs import matches

        found = next((glob for glob in exclude if matches(glob, slashed(path))), None)
        if found is not None:
            self._fitting.add(found)
        return found is not None

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether git ignores an absolute path, and the configuration follows it."""
        if not self._asked.gitignore or not self._reach(path).gitignore:
            return False
        if self._git is None:
            from fruslint.repository.gitignore import GitIgnore

            self._git = GitIgnore()
        return self._git.ignores(slashed(path), is_folder)

    def takes(self, path: str) -> bool:
        """Whether a file that lies in a folder to check, at this absolute path, is an edition file by its name."""
        include = self._reach(path).include
        if include is None:
            return is_edition_file(path)
        from fruslint.globs import matches

        return any(matches(glob, slashed(path)) for glob in include)

    def _reach(self, path: str) -> _Reach:
        located = self.located(path)
        if located is None:
            return _EVERYTHING
        if located.file not in self._reaches:
            self._asked_for.append(located)
            from fruslint.configuration.settings import read_globs, read_values

            chain = self.chain(located)
            git = read_values(chain).get("gitignore")
            self._reaches[located.file] = _Reach(*read_globs(chain, self._base()), git is None or git.value)
        return self._reaches[located.file]

    # ---- which configuration

    def located(self, path: str) -> Located | None:
        """The configuration that holds for the file or folder at an absolute path, None if none does."""
        if not self._asked.use:
            return None
        if self._named is not None:
            return self._named
        found = self._finder.nearest(os.path.dirname(path))
        if found is not None and found.outside:
            self.outside.add(found.file)
            return None
        return found

    def chain(self, located: Located) -> tuple[Loaded, ...]:
        """A configuration and those it extends, what is overruled first."""
        if located.file not in self._chains:
            from fruslint.configuration.load import load

            self._chains[located.file] = load(located, trusted=located is self._named)
        return self._chains[located.file]

    def rules(self, located: Located | None) -> tuple[Rule, ...]:
        """The built-in rules and the house rules that a configuration and the command line name, by id."""
        from fruslint.configuration.settings import house_rules

        named = [] if located is None else house_rules(self.chain(located))
        key = (*dict.fromkeys(path for path, _, _ in named),)
        if key not in self._rules:
            from fruslint.configuration.houserules import load_house_rules

            self._rules[key] = load_house_rules(named, self._asked.rules)
        return self._rules[key]

    def known(self, paths: Iterable[str]) -> tuple[Rule, ...]:
        """All rules there are for files at absolute paths, used or not."""
        located = {found.file if found else "": found for found in map(self.located, paths)}
        return tuple({rule.id: rule for found in located.values() for rule in self.rules(found)}.values())

    def settings(self, located: Located) -> Settings:
        """All that a configuration says."""
        if located.file not in self._settings:
            from fruslint.configuration.settings import settings

            self._settings[located.file] = settings(self.chain(located), self.rules(located), self._base())
        return self._settings[located.file]

    def _base(self) -> str | None:
        # What was written for another folder is meant for this one when it is named here.
        return slashed(os.getcwd()) if self._named is not None else None

    def including(self) -> list[str]:
        """The files of the configurations of this run that say which files are checked."""
        return [one.file for one in self._asked_for if self._reaches[one.file].include is not None]

    def whole(self, folders: Sequence[str]) -> list[Located]:
        """The configurations of this run whose own folder lies in one of the ``folders`` (absolute paths).

        One that was named counts its patterns from the current folder, and must lie there.
        """
        named = self._named is not None
        found = [(one, os.path.dirname(one.file)) for one in self._asked_for]
        here = [(one, folder) for one, folder in found if not named or folder == os.getcwd()]
        return [one for one, folder in here if any(lies_in(folder, root) for root in folders)]

    def unused(self, located: Located, files: Iterable[str]) -> tuple[YamlDocument, list[Pattern]]:
        """What a configuration says, and those of its own patterns that fit nothing in its folder.

        ``files`` are the absolute paths of those that were found to check, with slashes.
        """
        from fruslint.configuration.unused import unused

        one = self.chain(located)[-1]
        return one.document, unused(one, self._fitting, tuple(files))

    # ---- what runs

    def values(self, path: str) -> Values:
        """The values that hold for the file at an absolute path, those of overrides too."""
        located = self.located(path)
        if located is None:
            return {}
        found = self.settings(located)
        values: dict[str, Said] = dict(found.values)
        for override in found.overrides:
            if override.values and override.scope.has_file(slashed(path)):
                values.update(override.values)
        return values

    def limits(self, paths: Iterable[str]) -> dict[str, Any]:
        """The limits of a run over these files: where configurations differ the strictest, and the most to show."""
        located = {found.file: found for found in map(self.located, paths) if found is not None}
        all_values = [self.settings(one).values for one in located.values()]
        fails = [values["fail-on"].value for values in all_values if "fail-on" in values]
        shown = [values["max-per-rule"].value for values in all_values if "max-per-rule" in values]
        limits: dict[str, Any] = {"fail-on": min(fails, key=_STRICTNESS.index)} if fails else {}
        return {**limits, "max-per-rule": 0 if 0 in shown else max(shown)} if shown else limits

    def engine(self, files: Iterable[tuple[str, str]]) -> Engine:
        """The engine for files, each given by the name it is reported by and its absolute path."""
        from fruslint.configuration.engine import ConfiguredEngine
        from fruslint.configuration.plan import Plan

        folders: dict[str, list[tuple[str, str]]] = {}
        for name, path in files:
            folders.setdefault(os.path.dirname(path), []).append((name, slashed(path)))
        commands = self._commands()
        numbers: dict[Recipe, int] = {}
        planned: dict[str, tuple[int, Active]] = {}
        for members in folders.values():
            recipe = self._recipe([path for _, path in members], commands)
            number = numbers.setdefault(recipe, len(numbers))
            planned.update((name, (number, recipe.holding(path))) for name, path in members)
        commands.refuse_unknown()
        return ConfiguredEngine([Plan(recipe) for recipe in numbers], planned)

    def recipe_of(self, path: str) -> Recipe:
        """What holds for the file at one absolute path, as if it were alone in its folder."""
        commands = self._commands()
        recipe = self._recipe([slashed(path)], commands)
        commands.refuse_unknown()
        return recipe

    def _commands(self) -> Commands:
        from fruslint.configuration.commands import Commands

        asked = self._asked
        return Commands((*asked.select, *asked.extend_select), asked.ignore, only=bool(asked.select))

    def _recipe(self, paths: Sequence[str], commands: Commands) -> Recipe:
        """What the files of one folder have in common."""
        from fruslint.configuration.plan import Recipe

        located = self.located(paths[0])
        rules = self.rules(located)
        last = (commands.layer(rules),)
        if located is None:
            return Recipe(rules, (), (), last, frozenset())
        found = self.settings(located)
        concerned = tuple(one for one in found.overrides if any(map(one.scope.has_file, paths)))
        always = (
            index
            for index, one in enumerate(concerned)
            if not one.scope.by_document and all(map(one.scope.has_file, paths))
        )
        return Recipe(rules, found.layers, concerned, last, frozenset(always))
