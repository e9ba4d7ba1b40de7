"""The embedded broker on a folder of its own, as the demo runs it."""

import subprocess
import time
from pathlib import Path

from config.broker import broker_command
from config.env import embedded_socket


def start_broker(folder: Path, *more: str) -> subprocess.Popen:
    """Returns once it listens; to be ended by who started it. `more` are flags that win over the usual ones."""
    # With the test run's own streams it would keep whoever reads those waiting, should the run be killed.
    with (folder / "broker.log").open("ab") as log:
        server = subprocess.Popen([*broker_command(folder), *more], stdout=log, stderr=log)
    while not Path(embedded_socket(folder)).exists():
        time.sleep(0.02)
    return server
