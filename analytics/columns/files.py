"""The files of days: written whole under another name and then renamed, so that any number of processes may do it."""

import mmap
import os
import tempfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from analytics.columns.folder import DRAFT, folder

Arrays = Mapping[str, npt.NDArray[Any]]
LINE = 64  # bytes; what is read begins at a multiple of it


def read(name: str) -> dict[str, npt.NDArray[Any]] | None:
    """Read-only arrays that lie in the file; None when it is not there, or not whole."""
    try:
        with (folder() / name).open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size, length = np.frombuffer(content, np.int64, 2)
        if size != len(content):
            return None
        places = orjson.loads(content[16 : 16 + length])
        return {key: np.frombuffer(content, *place) for key, place in places.items()}
    except (OSError, ValueError):
        return None


def write(name: str, arrays: Arrays) -> bool:
    """Whether it could be."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(DRAFT, name, folder())
        try:
            with os.fdopen(handle, "wb") as file:
                _fill(file, arrays)
            os.replace(draft, folder() / name)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError:
        return False
    return True


def _fill(file: Any, arrays: Arrays) -> None:
    """The size of it all, the length of the list of arrays, that list, and the arrays."""
    sizes = {key: _lines(array.nbytes) for key, array in arrays.items()}
    begin = _lines(16 + 100 * len(arrays))
    places: dict[str, tuple[str, int, int]] = {}
    end = begin
    for key, array in arrays.items():
        places[key] = (array.dtype.str, len(array), end)
        end += sizes[key]
    index = orjson.dumps(places)
    file.write(np.array([end, len(index)], np.int64).tobytes() + index)
    for key, array in arrays.items():
        file.seek(places[key][2])
        file.write(array.data if array.nbytes else b"")
    file.truncate(end)


def _lines(size: int) -> int:
    return -(-size // LINE) * LINE
