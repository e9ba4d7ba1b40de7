"""What a command needs before it may begin."""

from django.core.management.base import CommandError
from django.db import connection

from analytics.models import Journey


def require_tables() -> None:
    if Journey._meta.db_table not in connection.introspection.table_names():
        raise CommandError("The database is not set up: run manage.py migrate.")
