"""manage.py columns: what ad-hoc reports are quick with, made before anybody asks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from analytics.columns import days, measuring
from analytics.management.readiness import require_tables


class Command(BaseCommand):
    help = "Compile the walkers of reports, and write the journeys of every day as columns. A periodic task does both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only-compile", action="store_true", help="needs no database")

    def handle(self, *args: Any, **options: Any) -> None:
        measuring.warm_up()
        if options["only_compile"]:
            return
        require_tables()
        self.stdout.write(f"Built {days.build_changed(settled_us=0):,} days.")
