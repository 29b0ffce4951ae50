"""Follows the references of a TEI volume: to an id in the same file, to another volume, or to an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from fruslint.checks.base import TEXTS, Edits, Hit, Parameters, RelatedSpan
from fruslint.checks.elements.pointers import FROM, Pointer, Wanted, place_of_value, pointers
from fruslint.language.spelling import only_slip
from fruslint.markup.elements import Markup
from fruslint.markup.grouping import by_words
from fruslint.model import Volume
from fruslint.patterns import late
from fruslint.source import Span

_UNLIKE = late(r"[\W_]+")
# Each guess looks at all ids; a file with thousands of dead references has another trouble than slips.
_GUESSES, _MANY = 100, 100_000
_ROW = late(r"(?:[a-z]{1,4}[0-9]+[a-z]?)+")
# What an id of another volume may be; one that ends as the name of a file does is none.
_INSIDE = late(r"[^\W\d][\w.-]*(?<!\.xml)")
_SHOWN = 60
# So many ids that are missing are no slips any more where no other is there.
_SEVERAL = 5
# Where more elements than this share have no target, that is the way of the volume.
_SHARE = 0.05
_RELATED = 3


class PointersCheck:
    """Looks at what the elements ``from`` refer to with their attributes.

    ``report``: ``dead`` references to an id that the file has not (more than ``together`` to the same id are said once,
    and so are all of a kind of which none leads anywhere); those ``without`` a target, those ``emptied`` elements whose
    target is empty, and of those that ``mostly`` have one the few that have neither it nor a type (once for the same
    words); those of another ``form``, which have blanks around them or are neither ``#id`` nor a volume of the edition
    (``volumes``, behind ``volume_prefix``) nor an address (``schemes``). ``judged``: elements in which an id without its
    # may stand for another slip, so that to put the # is no safe fix.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report", "from"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["dead", "without", "form"]},
            "from": FROM,
            "emptied": FROM,
            "mostly": FROM,
            "together": {"type": "integer", "minimum": 1},
            "judged": TEXTS,
            "volume_prefix": {"type": "string", "minLength": 1},
            "volumes": TEXTS,
            "schemes": TEXTS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "element", "attribute", "detail", "count"})

    def __init__(self, parameters: Parameters) -> None:
        self._from: Mapping[str, str] = parameters["from"]
        self._emptied: Mapping[str, str] = parameters.get("emptied", {})
        self._mostly: Mapping[str, str] = parameters.get("mostly", {})
        self._together: int = parameters.get("together", 50)
        self._judged = frozenset(parameters.get("judged", ()))
        self._prefix: str = parameters.get("volume_prefix", "")
        self._volume = late(f"{re.escape(self._prefix)}(?:{'|'.join(parameters.get('volumes', ['.+']))})")
        self._signs: tuple[str, ...] = ("#", *parameters.get("schemes", ()))
        looks: dict[str, Callable[[Volume, Markup], Iterator[Hit]]] = {
            "dead": self._dead,
            "without": self._without,
            "form": self._form,
        }
        self._look = looks[parameters["report"]]

    def check_file(self, volume: Volume) -> Iterable[Hit]:
        """One hit for each reference that is wrong."""
        return self._look(volume, volume.markup) if volume.markup is not None else ()

    def _without(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        for pointer in self._pointers(markup, lambda value: value is None or not value.strip()):
            yield Hit(markup.name_span(pointer.number), _values(pointer, ""))
        for element, attribute in self._emptied.items():
            for pointer in pointers(markup, element, attribute, lambda value: value is not None and not value.strip()):
                yield Hit(markup.name_span(pointer.number), _values(pointer, ""))
        for element, attribute in self._mostly.items():
            yield from _few_without(markup, element, attribute)

    def _dead(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        ids = _Ids(markup)
        dead = self._by_missing(markup, ids)
        counts = Counter(key[:2] for key in dead)
        lost = {kind for kind, count in counts.items() if count >= _SEVERAL and _is_lost(markup, ids, kind)}
        for kind in sorted(lost):
            every = [pointer for key, found in dead.items() if key[:2] == kind for pointer in found]
            yield _together(markup, sorted(every, key=attrgetter("number")))
        for (element, attribute, missing), found in dead.items():
            if (element, attribute) not in lost:
                yield from self._said(markup, found, missing, ids.meant(missing))

    def _by_missing(self, markup: Markup, ids: _Ids) -> dict[tuple[str, str, str], list[Pointer]]:
        """The references to what is not there, by element, attribute and the id that is missing."""
        dead: dict[tuple[str, str, str], list[Pointer]] = {}
        for pointer in self._pointers(markup, lambda value: value is not None and ids.missing(value) != ""):
            missing = ids.missing(pointer.value or "")
            dead.setdefault((pointer.element, pointer.attribute, missing), []).append(pointer)
        return dead

    def _said(self, markup: Markup, found: Sequence[Pointer], missing: str, meant: str) -> Iterator[Hit]:
        """A hit for each of the references to one id, or a single one that counts them."""
        count = len(found)
        hint = f" (perhaps #{meant} is meant)" if meant else ""
        if count > self._together:
            detail = f"{hint}; {count - 1} other references point there too"
            related = tuple(
                RelatedSpan(place_of_value(markup, one), "another of them") for one in found[1 : 1 + _RELATED]
            )
            yield Hit(place_of_value(markup, found[0]), _values(found[0], missing, detail, count), related)
            return
        for pointer in found:
            span = place_of_value(markup, pointer)
            alone = meant and markup.text[span.start : span.end] == missing
            edits: Edits = ((Span(span.start + 1, span.end), meant),) if alone else ()
            yield Hit(span, _values(pointer, missing, hint, count), (), edits)

    def _form(self, volume: Volume, markup: Markup) -> Iterator[Hit]:
        def fault(value: str | None) -> str:
            return self._fault(value, markup.ids, volume.id) if value else ""

        for pointer in self._pointers(markup, lambda value: fault(value) != ""):
            span, value = place_of_value(markup, pointer), pointer.value or ""
            unsafe = pointer.element in self._judged
            edits = _edits(markup, pointer, span, value)
            yield Hit(span, _values(pointer, value.strip(), fault(value)), edits=edits, unsafe=unsafe)

    def _pointers(self, markup: Markup, wanted: Wanted) -> Iterator[Pointer]:
        for element, attribute in self._from.items():
            yield from pointers(markup, element, attribute, wanted)

    def _fault(self, value: str, ids: Mapping[str, list[int]], own: str) -> str:
        """What is wrong with the form of a reference; empty if nothing is."""
        stripped = value.strip()
        if stripped != value:
            return "there are blanks around it" if stripped else ""
        if not value or value.startswith(self._signs):
            return ""
        if value in ids:
            return "a reference to an id of this volume begins with #"
        if self._prefix and value.startswith(self._prefix):
            return self._fault_into_volume(value, own)
        return "it is neither an id of this volume, nor a volume of the edition, nor an address"

    def _fault_into_volume(self, value: str, own: str) -> str:
        """What is wrong with a reference to a volume of the edition, or to an id in it."""
        volume, sign, inside = value.partition("#")
        if volume != own and self._volume.fullmatch(volume) is None:
            return f"no volume of the edition is called {volume[:_SHOWN]}"
        return f"{inside[:_SHOWN] or 'nothing'} behind the # is no id" if sign and not _INSIDE.fullmatch(inside) else ""


def _is_lost(markup: Markup, ids: _Ids, kind: tuple[str, str]) -> bool:
    """Whether none of the references of a kind leads anywhere: what they refer to is lost as a whole."""
    values = markup.by_value(*kind)
    return all(ids.missing(value) for value in values if value is not None and value.startswith("#"))


def _together(markup: Markup, dead: Sequence[Pointer]) -> Hit:
    """One hit for all dead references of a kind."""
    first, count = dead[0], len(dead)
    detail = (
        f"; none of the {count} references of <{first.element}> leads anywhere: the list that they refer to is missing"
    )
    missing = (first.value or "").strip()
    return Hit(place_of_value(markup, first), _values(first, missing, detail, count))


class _Ids:
    """The ids of a volume, and what may be meant by one that it has not."""

    def __init__(self, markup: Markup) -> None:
        self._ids = markup.ids
        self._guesses = _GUESSES if len(self._ids) < _MANY else 0

    def missing(self, value: str) -> str:
        """The reference that leads nowhere; empty if all is well. A value may hold several, with blanks between them."""
        value = value.strip()
        if not value.startswith("#") or value[1:] in self._ids:
            return ""
        several = value.split()
        if len(several) > 1 and all(one.startswith("#") for one in several):
            return next((one for one in several if one[1:] not in self._ids), "")
        return value

    def meant(self, missing: str) -> str:
        """An id that differs by capitals and signs only, or the only one that is a slip away; empty if there is none.

        Numbers are one slip apart by the dozen: an id that is one of a row (d314, pg_7) is not guessed at.
        """
        plain = _UNLIKE.sub("", missing).casefold()
        if plain in self._alike or _ROW.fullmatch(plain) or len(missing) > _SHOWN or not self._guesses:
            return self._alike.get(plain, "")
        self._guesses -= 1
        return self._alike.get(only_slip(plain, self._alone), "")

    @cached_property
    def _alike(self) -> dict[str, str]:
        """The ids by their letters and digits."""
        return {_UNLIKE.sub("", one).casefold(): one for one in self._ids}

    @cached_property
    def _alone(self) -> list[str]:
        """Those of them that are none of a row."""
        return [one for one in self._alike if not _ROW.fullmatch(one)]


def _few_without(markup: Markup, element: str, attribute: str) -> Iterator[Hit]:
    """A hit for each text that elements without the attribute and without a type have; none where many have neither."""
    lacking = [number for number in markup.by_value(element, attribute).get(None, ()) if _has_no_type(markup, number)]
    if len(lacking) > max(1, _SHARE * len(markup.named(element))):
        return
    for same in by_words(markup, lacking).values():
        count = len(same)
        others = f"; {count - 1} others have the same words" if count > 1 else ""
        related = tuple(RelatedSpan(markup.name_span(one), "another of them") for one in same[1 : 1 + _RELATED])
        values = _values(Pointer(same[0], element, attribute, None), "", others, count)
        yield Hit(markup.name_span(same[0]), values, related)


def _has_no_type(markup: Markup, number: int) -> bool:
    return markup.value(number, "type") is None


def _edits(markup: Markup, pointer: Pointer, span: Span, value: str) -> Edits:
    """What puts the form of a reference right where that is certain: no blanks around it, the # of an id."""
    if value.strip() != value:
        located = markup.located(pointer.number, pointer.attribute)
        return ((located[1], markup.text[span.start : span.end]),) if located is not None else ()
    return ((Span(span.start, span.start), "#"),) if value in markup.ids else ()


def _values(pointer: Pointer, found: str, detail: str = "", count: int = 1) -> dict[str, str]:
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    return {
        "found": shown,
        "element": pointer.element,
        "attribute": pointer.attribute,
        "detail": detail,
        "count": str(count),
    }
