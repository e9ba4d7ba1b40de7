"""What must be true before a demo starts; whatever is not is said in one sentence."""

import errno
import fcntl
import os
import shutil
import socket
import time
from pathlib import Path

from django.db import DatabaseError, connection

NEEDED_MB = 300
REMAINS_SECONDS = 20.0


class Refused(Exception):
    """Why the demo cannot start, in words."""


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refused(f"Port {port} is only for the administrator: choose another one with PORT=8000.") from None
        except OSError as error:
            raise Refused(_port_trouble(host, port, error)) from None


def _port_trouble(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use: stop what uses it, or choose another one with PORT={port + 1}."
    return f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another HOST."


def check_disk(data_dir: Path) -> None:
    free = shutil.disk_usage(data_dir).free // 1_000_000
    if free < NEEDED_MB:
        raise Refused(
            f"The demo needs {NEEDED_MB} MB in {data_dir}, but only {free} MB are free: make room, or choose DATA_DIR=…"
        )


def check_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise Refused(f"The database does not answer ({error}): start it, or correct DATABASE_URL.") from None


def lock_data_dir(data_dir: Path, url: str) -> int:
    """A lock on the folder, held until its file descriptor is closed everywhere it was handed to."""
    try:
        lock = os.open(data_dir / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Refused(f"{data_dir} cannot be written to ({error.strerror}): choose another DATA_DIR.") from None
    patience = time.monotonic() + REMAINS_SECONDS
    while not _locked(lock):
        pid, _, address = os.pread(lock, 300, 0).decode().partition(" ")
        if _alive(pid):
            running = f"A demo is running on {data_dir} already, at {address} (process {pid})"
            raise Refused(f"{running}: stop it, or choose another DATA_DIR.")
        # Its supervisor was killed, and the programs it ran are on their way out.
        if time.monotonic() > patience:
            raise Refused(f"Programs of a killed demo still run on {data_dir}: end them, or choose another DATA_DIR.")
        time.sleep(0.2)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {url}".encode(), 0)
    return lock


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
