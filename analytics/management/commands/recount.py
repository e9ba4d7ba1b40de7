"""manage.py recount: all of it again, or only compared."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from analytics.counts.collecting import settle
from analytics.counts.recounting import drift, recount_all
from analytics.management.readiness import require_tables
from analytics.models import FunnelCount, Journey
from journey.models import Participant


class Command(BaseCommand):
    help = "Count every event again, replacing journeys and counts; with --check only compare, and print the drift."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        require_tables()
        with tqdm(total=Participant.objects.count(), unit=" participants", disable=None, leave=False) as bar:
            if options["check"]:
                found = drift(bar.update)
            else:
                settle()
                recount_all(bar.update)
        if not options["check"]:
            self.stdout.write(
                f"Counted {Journey.objects.count():,} journeys and {FunnelCount.objects.count():,} counts."
            )
            return
        for difference in found.differences:
            self.stdout.write(difference)
        said = f"drift {len(found.differences):,} in {found.journeys:,} journeys and {found.counts:,} counts"
        if found.differences:
            raise CommandError(said)
        self.stdout.write(said)
