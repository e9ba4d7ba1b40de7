"""Run the whole shop in the foreground: broker, worker, web; set up first where that is needed."""

import os
import sys
from functools import partial

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from config.broker import NoBroker
from config.demo import door, programs, ready
from config.demo.admin_user import ensure_admin
from config.demo.child import die_with_parent
from config.demo.first_start import prepare
from config.demo.greeting import greet, local_url
from config.demo.log import Log
from config.demo.static_files import collect_static
from config.demo.supervisor import Interrupted, Supervisor
from config.env import env_int, env_str


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options):
        if "MAKELEVEL" in os.environ:
            die_with_parent()
        try:
            host, port = env_str("HOST", "127.0.0.1"), env_int("PORT", 8000, within=range(1, 65_536))
            self._run(host, port, env_int("DEMO_JOURNEYS", 20_000))
        except (door.Refused, NoBroker, ImproperlyConfigured) as reason:
            sys.exit(str(reason))

    def _run(self, host: str, port: int, journeys: int) -> None:
        lock = door.lock_data_dir(settings.DATA_DIR, local_url(host, port))
        door.check_port(host, port)
        door.check_disk(settings.DATA_DIR)
        door.check_database()
        log = Log(sys.stdout)
        supervisor = Supervisor(log.line_of, keep_fds=(lock,))
        try:
            _set_up(supervisor, journeys, log)
            _serve(supervisor, host, port, log)
        except Interrupted:
            log.say("Stopping …")
        finally:
            supervisor.stop()


def _set_up(supervisor: Supervisor, journeys: int, log: Log) -> None:
    if not env_str("REDIS_URL", ""):
        supervisor.start(programs.broker(settings.DATA_DIR))
    supervisor.run_until(ready.in_time("broker", ready.broker_answers))
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    prepare(journeys, log.say)


def _serve(supervisor: Supervisor, host: str, port: int, log: Log) -> None:
    env = programs.environment(host)
    env.setdefault("SITE_URL", local_url(host, port))
    supervisor.start(programs.worker(env))
    supervisor.start(programs.web(host, port, env))
    password = ensure_admin()
    connections.close_all()
    supervisor.run_until(ready.in_time("web", partial(ready.web_answers, local_url(host, port))))
    supervisor.run_until(ready.in_time("worker", ready.worker_answers))
    greet(host, port, password, log.say, draw=sys.stdout.isatty())
    supervisor.run_until(lambda: False)
