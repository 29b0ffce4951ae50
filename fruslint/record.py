"""Small records with names: the same as ``typing.NamedTuple``, made ten times faster.

A run on one memorandum loads a hundred kinds of records and makes things of a third of them. ``NamedTuple`` compiles a
constructor for each when its module is loaded, which was a sixth of the whole run. Here that waits for the first time one
is called. To a type checker a ``Record`` is a ``NamedTuple``; a test holds it to all that one does.
"""

from __future__ import annotations

from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING

__all__ = ["Record", "record_of"]

record_of = tuple.__new__
"""A record of this kind with these values, all of them: twice as quick as to call its class, where thousands are made."""

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    try:
        from _collections import _tuplegetter as _field
    except ImportError:  # other Pythons than CPython
        from operator import itemgetter

        def _field(index, doc):
            return property(itemgetter(index), doc=doc)

    @cache
    def _template(length):
        """The constructor of a record of so many fields: to name these is quicker than to compile another one."""
        names = "".join(f"_{number}, " for number in range(length))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))", {"_new": tuple.__new__})  # noqa: S307

    class _RecordType(type):
        """Makes a class of the annotations and defaults in its body; one derived from a record is a class like any other."""

        def __new__(cls, name, bases, namespace):
            if bases[0].__base__ is not tuple:  # it is not derived from Record itself
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if fields[len(fields) - len(defaults) :] != tuple(defaults):
                raise TypeError(f"{name}: a field without a default stands behind one that has it")
            namespace.update((field, _field(index, None)) for index, field in enumerate(fields))
            namespace.update(__slots__=(), _fields=fields, __match_args__=fields, _field_defaults=defaults)
            return super().__new__(cls, name, bases, namespace)

    class Record(tuple, metaclass=_RecordType):
        """The base of records; what begins with ``_`` is what a ``NamedTuple`` has."""

        __slots__ = ()
        _fields = ()

        def __new__(cls, /, *values, **named):
            """Make the constructor of this kind of record, and go on with that."""
            own = next(one for one in cls.__mro__ if one.__base__ is Record)
            template = _template(len(own._fields))
            code = template.__code__.replace(co_varnames=("_cls", *own._fields))
            defaults = tuple(own._field_defaults.values())
            constructor = FunctionType(code, template.__globals__, "__new__", defaults)
            constructor.__qualname__ = f"{own.__qualname__}.__new__"
            own.__new__ = staticmethod(constructor)
            return constructor(cls, *values, **named)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__}: {len(cls._fields)} values are expected, not {len(made)}")
            return made

        def _replace(self, /, **named):
            made = self._make(map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"{type(self).__name__} has no {', '.join(named)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            values = (f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({', '.join(values)})"
