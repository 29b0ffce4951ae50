"""Instructions in TEI files: which finding each of them holds for, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fruslint.filereport import FileReport
from fruslint.findings import Edit, Finding, Place, Silence
from fruslint.paths import whole
from fruslint.silencing.coverage import Coverage
from fruslint.silencing.lint import Decision, Lint

if TYPE_CHECKING:  # a run over memoranda needs no markup
    from fruslint.silencing.instruction_text import Instruction, Word


class Instructions:
    """The instructions in the files of a run, and which of their words were good for something."""

    def __init__(self, reports: Iterable[FileReport], run: Coverage) -> None:
        self._run = run
        self._by_path = {report.path: report.instructions for report in reports if report.instructions}
        self._used: set[Place] = set()

    def silences(self, findings: Sequence[Finding]) -> dict[int, Silence]:
        """The silence on each finding that an instruction holds for, by its place among ``findings``."""
        by_path: dict[str, list[int]] = {}
        for number, finding in enumerate(findings):
            if finding.place.path in self._by_path:
                by_path.setdefault(finding.place.path, []).append(number)
        found: dict[int, Silence] = {}
        for path, numbers in by_path.items():
            numbers.sort(key=lambda number: findings[number].place.span.start)
            for number, around in _enclosing(self._by_path[path], findings, numbers):
                word = self._word_for(findings[number].rule, around)
                if word is not None:
                    self._used.add(word[1].place)
                    found[number] = Silence("inSource", word[0].reason)
        return found

    def _word_for(self, rule: str, around: Sequence[Instruction]) -> tuple[Instruction, Word] | None:
        """The innermost instruction that names a rule, and the word that does."""
        for instruction in reversed(around):
            for word in instruction.words:
                if rule in self._run.ids(word.text):
                    return instruction, word
        return None

    def problems(self, lint: Lint) -> Iterator[Finding]:
        """What is wrong with the instructions."""
        for path, instructions in self._by_path.items():
            absolute = whole(path)
            for one in instructions:
                about = Decision("This instruction", one.place, one.document, path)
                if one.problem:
                    yield from lint.finding("malformed", about, detail=one.problem)
                    continue
                yield from self._of_words(one, absolute, about, lint)
                if not one.reason:
                    yield from lint.finding("no-reason", about)

    def _of_words(self, one: Instruction, path: str, about: Decision, lint: Lint) -> Iterator[Finding]:
        unknown = [word for word in one.words if not self._run.ids(word.text)]
        unused = [
            word
            for word in one.words
            if word not in unknown and word.place not in self._used and self._run.judges(path, word.text)
        ]
        # What is good for nothing is taken out together: the edits of neighbours would overlap.
        edit = _removal(one, {*unknown, *unused})
        for report, words in (("unknown-rule", unknown), ("unused", unused)):
            for word in words:
                hint = self._run.hint(word.text) if report == "unknown-rule" else ""
                yield from lint.finding(report, about._replace(place=word.place), word.text, hint, edit)


def _removal(one: Instruction, words: set[Word]) -> Edit:
    """The edit that takes words out of an instruction, or the instruction out of the file."""
    rest = [word.text for word in one.words if word not in words]
    return one.listed._replace(replacement=", ".join(rest)) if rest else one.removal


def _enclosing(
    instructions: Iterable[Instruction], findings: Sequence[Finding], numbers: Iterable[int]
) -> Iterator[tuple[int, list[Instruction]]]:
    """For each finding (``numbers``, in the order of the file) the instructions that hold there, the innermost last.

    Elements are nested and never overlap, so those that have ended are always the last ones.
    """
    sound = (one for one in instructions if not one.problem)
    coming = sorted(sound, key=lambda one: (one.scope.start, -one.scope.end), reverse=True)
    opened: list[Instruction] = []
    for number in numbers:
        start = findings[number].place.span.start
        while coming and coming[-1].scope.start <= start:
            following = coming.pop()
            while opened and opened[-1].scope.end <= following.scope.start:
                opened.pop()
            opened.append(following)
        while opened and opened[-1].scope.end <= start:
            opened.pop()
        yield number, opened
