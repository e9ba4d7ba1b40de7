"""The folder of the files of days: their names, and how they go. A file of another version than its day is never read.

Whatever is wrong with a disk is nobody's error: then there is no file.
"""

import os
import time
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

ENDING, DRAFT = ".columns", ".draft"
DRAFTS_KEPT = 3_600  # seconds: whoever writes takes less


def folder() -> Path:
    return Path(settings.COLUMNS_DIR)


def named(day: date, version: int, layout: str) -> str:
    return f"{day}.{version}.{layout}{ENDING}"


def is_there(name: str) -> bool:
    return (folder() / name).exists()


def remove(days: Iterable[date]) -> None:
    """Every file of these days, of whatever version."""
    gone = {str(day) for day in days}
    _unlink(name for name in _names() if name.split(".")[0] in gone)


def sweep(kept: Collection[str]) -> None:
    """Every file but these, and what a writer left that died."""
    old = time.time() - DRAFTS_KEPT
    _unlink(name for name in _names() if name.endswith(ENDING) and name not in kept)
    _unlink(name for name in _names() if name.endswith(DRAFT) and _written(name) < old)


def _names() -> list[str]:
    try:
        return [name for name in os.listdir(folder()) if name.endswith((ENDING, DRAFT))]
    except OSError:
        return []


def _written(name: str) -> float:
    try:
        return (folder() / name).stat().st_mtime
    except OSError:
        return 0.0


def _unlink(names: Iterable[str]) -> None:
    for name in names:
        try:
            (folder() / name).unlink(missing_ok=True)
        except OSError:
            continue
