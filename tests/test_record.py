"""A record does all that a NamedTuple does."""

from __future__ import annotations

import copy
import pickle
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.record import Record


class Named(NamedTuple):
    """What records are held to."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    def doubled(self) -> int:
        return 2 * self.first


class Kept(Record):
    """The same as a record."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    def doubled(self) -> int:
        return 2 * self.first


class Narrowed(Kept):
    """A kind of another."""

    __slots__ = ()

    def doubled(self) -> int:
        return -super().doubled()


class Empty(Record):
    """Without fields."""


WHAT_IT_DOES = {
    "values": lambda kind: tuple(kind(1, "b")),
    "names": lambda kind: kind(third=(3,), first=1),
    "defaults": lambda kind: kind(1),
    "too few": lambda kind: kind(),
    "too many": lambda kind: kind(1, 2, 3, 4),
    "another name": lambda kind: kind(1, fourth=4),
    "a field": lambda kind: (kind(1).first, kind(1).second, kind(1)[0], kind(1)[-1]),
    "written to": lambda kind: setattr(kind(1), "first", 2),
    "a new name": lambda kind: setattr(kind(1), "fourth", 2),
    "replaced": lambda kind: kind(1)._replace(second="b"),
    "replaced by another name": lambda kind: kind(1)._replace(fourth=4),
    "made": lambda kind: kind._make([1, "b", ()]),
    "made of too few": lambda kind: kind._make([1]),
    "as a dictionary": lambda kind: kind(1)._asdict(),
    "fields": lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
    "methods": lambda kind: kind(4).doubled(),
    "equality": lambda kind: (kind(1) == kind(1), kind(1) == (1, "two", ()), hash(kind(1)), kind(1) < kind(2)),
    "parts": lambda kind: [*kind(1)],
    "copied": lambda kind: copy.deepcopy(kind(1)),
    "pickled": lambda kind: [pickle.loads(pickle.dumps(kind(1), protocol)) for protocol in range(6)],
    "documentation": lambda kind: bool(kind.__doc__),
    "a dictionary of its own": lambda kind: kind(1).__dict__,
}


def outcome(kind: Any, does: Any) -> tuple[str, str]:
    """What comes of it, as text: the value, or the kind of error."""
    try:
        return "value", repr(does(kind)).replace(kind.__name__, "Kind")
    except Exception as error:
        return "error", type(error).__name__.replace("ValueError", "TypeError")  # as Python has it from 3.13 on


@pytest.mark.parametrize("what", WHAT_IT_DOES)
def test_it_does_what_a_named_tuple_does(what: str) -> None:
    assert outcome(Kept, WHAT_IT_DOES[what]) == outcome(Named, WHAT_IT_DOES[what])


@given(st.integers(), st.text(), st.lists(st.integers()).map(tuple))
def test_it_holds_what_a_named_tuple_holds(first: int, second: str, third: tuple[int, ...]) -> None:
    kept, named = Kept(first, second, third), Named(first, second, third)
    assert tuple(kept) == tuple(named)
    assert hash(kept) == hash(named)
    assert repr(kept) == repr(named).replace("Named", "Kept")


def test_a_kind_of_a_record_is_one_before_and_after_the_first_call() -> None:
    """Whichever of the two is called first, it is what was called that is made."""

    class Early(Record):
        one: int

    class Late(Early):
        __slots__ = ()

    assert type(Late(1)) is Late
    assert type(Early(1)) is Early
    assert type(Late(one=1)) is Late
    assert Narrowed(2).doubled() == -4
    assert type(Narrowed(2)._replace(first=1)) is Narrowed


def test_a_record_without_fields() -> None:
    assert Empty() == ()
    assert repr(Empty()) == "Empty()"


def test_a_default_before_a_field_without_one_is_refused() -> None:
    kind: Any = type(Record)
    with pytest.raises(TypeError, match="Wrong"):
        kind("Wrong", (Record,), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})


def test_it_can_be_matched() -> None:
    match Kept(1, "b"):
        case Kept(first, second="b"):
            assert first == 1
        case _:
            pytest.fail("it did not match")
