"""Values in bytes that show whether they are still the same, for a cache that may be damaged or tampered with."""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any

from fruslint.text import Text

_PROTOCOL = 5
_SIZE_OF_DIGEST = 20


def new_digest() -> hashlib.blake2b:
    """An empty digest, to add to."""
    return hashlib.blake2b(digest_size=_SIZE_OF_DIGEST)


def digest(*parts: bytes) -> bytes:
    """The digest of parts: others have another one, and so have the same bytes parted elsewhere."""
    whole = new_digest()
    for part in parts:
        add(whole, part)
    return whole.digest()


def add(whole: hashlib.blake2b, part: bytes) -> None:
    """Add a part to a digest."""
    whole.update(len(part).to_bytes(8, "big"))  # a copy of both together would take longer than their digest
    whole.update(part)


def dumped(value: Any) -> bytes:
    """A value in bytes that show whether they are still the same."""
    return _sealed(pickle.dumps(value, _PROTOCOL))


def packed(value: Any) -> bytes:
    """The same in about a fifth of the room, for what is large and seldom asked for."""
    return _sealed(zlib.compress(pickle.dumps(value, _PROTOCOL), 1))


def _sealed(content: bytes) -> bytes:
    return digest(content) + content


def _opened(stored: bytes | None) -> bytes | None:
    """What was sealed; None for nothing, and for what was damaged."""
    if stored is None or digest(stored[_SIZE_OF_DIGEST:]) != stored[:_SIZE_OF_DIGEST]:
        return None
    return stored[_SIZE_OF_DIGEST:]


def loaded(stored: bytes | None) -> Any:
    """What was dumped; None for nothing, and for what was damaged or is not ours."""
    return _unpickled(_opened(stored))


def unpacked(stored: bytes | None) -> Any:
    """What was packed; None for nothing, and for what was damaged or is not ours."""
    content = _opened(stored)
    try:
        return None if content is None else _unpickled(zlib.decompress(content))
    except zlib.error:
        return None


def _unpickled(content: bytes | None) -> Any:
    if content is None:
        return None
    try:
        return _Unpickler(io.BytesIO(content)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError, EOFError):
        return None


class _Unpickler(pickle.Unpickler):
    """Makes records of this program and nothing else: a cache that someone tampered with cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        return _record(module, name)


@lru_cache(256)
def _record(module: str, name: str) -> Any:
    """A kind of record by its name; raises UnpicklingError for anything else, and what an import raises."""
    if module.startswith("fruslint.") and "." not in name:
        found = getattr(import_module(module), name)
        if isinstance(found, type) and issubclass(found, (tuple, Enum, Text)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} does not belong into a cache")
