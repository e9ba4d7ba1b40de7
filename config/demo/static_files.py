"""Static files are collected when they changed, as squeezing them takes longer than all the rest of a start."""

import json
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> None:
    mark = settings.STATIC_ROOT / "collected-from"
    wanted = _fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted)


def _fingerprint() -> str:
    """Every file by name, size and time, and what handles them."""
    files = [
        [path, file.stat().st_size, file.stat().st_mtime_ns]
        for finder in get_finders()
        for path, storage in finder.list([])
        if (file := Path(storage.path(path)))
    ]
    handled_by = [settings.STORAGES["staticfiles"], version("django"), version("whitenoise")]
    return blake2b(json.dumps([files, handled_by]).encode(), digest_size=16).hexdigest()
