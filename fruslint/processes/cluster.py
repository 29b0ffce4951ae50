"""The workers of a cluster as an executor; what is asked for by name on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from fruslint.errors import ConfigurationError
from fruslint.record import Record

_SCHEME = "dask://"
_PATIENCE = 10  # seconds to wait for a scheduler
_INSTALL = "install it with `pip install fruslint[dask]`"


class Crew(Record):
    """An executor and how many workers it has."""

    executor: Executor
    size: int


@contextmanager
def open_crew(address: str) -> Iterator[Crew]:
    """The workers at an address such as ``dask://10.0.0.7:8786``; raises ConfigurationError if they cannot be had.

    They need fruslint in the same version, and the same files at the same paths.
    """
    if not address.startswith(_SCHEME) or not address.removeprefix(_SCHEME):
        raise ConfigurationError(f"`{address}` is no executor", hint="write it like dask://HOST:PORT")
    try:
        from distributed import Client
    except ImportError:
        raise ConfigurationError("--executor dask:// needs the package distributed", hint=_INSTALL) from None
    try:
        client = Client(f"tcp://{address.removeprefix(_SCHEME)}", timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"there is no scheduler at {address}: {error}") from None
    with client:
        yield Crew(client.get_executor(), sum(client.nthreads().values()))
