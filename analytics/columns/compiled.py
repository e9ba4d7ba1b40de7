"""The one place that knows numba, which is untyped: functions of numbers and arrays become machine code.

What was compiled is kept on disk, so that only the first process ever waits for it. Its folder is named after the
sources: numba looks for changes in the file of a function, and not in those of the functions it calls.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from django.conf import settings

Function = TypeVar("Function", bound=Callable[..., Any])
KERNELS = Path(__file__).with_name("kernels")
READY = "ready"  # the file that says so


def compiled(function: Function) -> Function:
    """Compiled when it is first called, and without the lock that lets one thread run at a time."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder()))
    import numba

    try:
        return cast(Function, numba.njit(function, cache=True, nogil=True))
    except RuntimeError:  # nowhere to keep it: compiled by every process anew
        return cast(Function, numba.njit(function, nogil=True))


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time compiles: of two at once, one may be given the code the other wrote for other types.

    Where nothing can be written, nothing is kept either, and nobody waits.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context((folder() / "lock").open("w"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_ready() -> bool:
    """Whether somebody has compiled all of it for the files there are."""
    return (folder() / READY).exists()


def is_done() -> None:
    with suppress(OSError):
        (folder() / READY).touch()


@cache
def folder() -> Path:
    sources = b"".join(path.read_bytes() for path in sorted(KERNELS.glob("*.py")))
    name = hashlib.sha256(sources).hexdigest()[:12]
    for place in (Path(settings.COMPILED_DIR), Path(tempfile.gettempdir()) / f"scrollshop-{os.getuid()}"):
        with suppress(OSError):
            (place / name).mkdir(parents=True, exist_ok=True)
            break
    return place / name
