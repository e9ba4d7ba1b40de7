"""The programs of a demo, in the order they are started."""

import os
import sys
from pathlib import Path

from django.conf import settings

from config.broker import broker_command
from config.demo.child import Program
from config.demo.greeting import ANY, lan_address

WEB_WORKERS = 2


def broker(data_dir: Path) -> Program:
    return Program("broker", broker_command(data_dir), dict(os.environ))


def worker(env: dict[str, str]) -> Program:
    """Celery with its clock inside: fine for one worker, and a demo has one."""
    options = ["--beat", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    return Program(
        "worker", [*_python("celery"), "--quiet", "--skip-checks", "--app=config", "worker", *options], env, 10
    )


def web(host: str, port: int, env: dict[str, str]) -> Program:
    """One thread a process: threads of one process only queue for each other's lock, and for SQLite's."""
    where = ["--host", host, "--port", str(port)]
    size = [
        "--workers",
        str(WEB_WORKERS),
        "--blocking-threads",
        "1",
        "--respawn-failed-workers",
        "--respawn-interval=0.5",
    ]
    rest = ["--interface", "wsgi", "--no-ws", "--log-level", "warning", "--workers-kill-timeout", "3"]
    return Program("web", [*_python("granian"), *where, *size, *rest, "config.wsgi:application"], env)


def environment(host: str) -> dict[str, str]:
    """What the programs read: the names this shop is asked by are added to those that are allowed anyway."""
    names = dict.fromkeys([*settings.ALLOWED_HOSTS, *_names(host)])
    return os.environ | {
        "DATA_DIR": str(settings.DATA_DIR),
        "ALLOWED_HOSTS": ",".join(names),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
        # Celery warns about root at every start, but a demo in a container has no one else.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }


def _names(host: str) -> list[str]:
    if host in ANY:
        address = lan_address()
        return [address] if address else []
    return [f"[{host}]" if ":" in host else host]


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]
