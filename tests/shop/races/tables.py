"""The tables that the races need, straight from the models: quicker than every migration one after the other."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections


def create() -> None:
    settings.MIGRATION_MODULES = dict.fromkeys([app.label for app in apps.get_app_configs()])
    call_command("migrate", run_syncdb=True, verbosity=0)
    connections.close_all()  # who is forked from here opens a connection of its own
