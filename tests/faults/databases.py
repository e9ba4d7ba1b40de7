"""Databases with the demo catalogue in them, made once by each test process and copied for each house."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.postgres import start_postgres

FURNISH = """
import django, json, sys; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_demo", verbosity=0)
from shop.models import Sku
Sku.objects.update(stock=10_000_000)
with open(sys.argv[1], "w") as goods:
    json.dump(list(Sku.objects.filter(product__is_listed=True).values_list("product__slug", "code")), goods)
"""


def _furnish(folder: Path, url: str) -> None:
    env = os.environ | {"DATA_DIR": str(folder), "REDIS_URL": "", "DATABASE_URL": url, "SECRET_KEY": "faults"}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", FURNISH, str(folder / "goods.json")], env=env, check=True)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fault-furnished-"))
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _sqlite() -> Path:
    folder = _folder()
    _furnish(folder, "")
    return folder


class Sqlite:
    url = ""

    def __init__(self, folder: Path) -> None:
        for name in ("scrollshop.sqlite3", "goods.json"):
            shutil.copy(_sqlite() / name, folder / name)
        self.file = folder / "scrollshop.sqlite3"

    def close(self) -> None:
        """It goes with its folder."""


@cache
def _postgres() -> Path:
    """An idle data folder of PostgreSQL with the catalogue in its database `shop`."""
    folder = _folder()
    server = start_postgres(folder / "postgres")
    server.psql("CREATE DATABASE shop")
    server.psql("ALTER SYSTEM SET deadlock_timeout = '100ms'")
    _furnish(folder, server.get_uri("shop"))
    server.cleanup()
    return folder


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "postgres"
        furnished = _postgres()
        subprocess.run(["cp", "-a", str(furnished / "postgres"), str(self.folder)], check=True)
        shutil.copy(furnished / "goods.json", folder / "goods.json")
        self.server = start_postgres(self.folder)
        self.url = self.server.get_uri("shop")

    def down(self, number: int = signal.SIGINT) -> None:
        """SIGINT stops it in order, SIGQUIT as after a crash."""
        os.kill(self.server.get_pid(), number)
        while _lives(self.server.get_pid()):
            time.sleep(0.05)

    def up(self) -> None:
        self.server.ensure_postgres_running()

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.server.cleanup()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def goods(folder: Path) -> list[list[str]]:
    return json.loads((folder / "goods.json").read_text())
