"""manage.py forget: everything of one participant is deleted, in the shop as well."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journey.models import Participant
from journey.models.participant import number_of
from journey.privacy import Person, forget, kept_about, recognised


class Command(BaseCommand):
    help = "Delete everything that is kept of a participant: steps, journeys, orders, tickets, reviews, files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the participant's code, as reports show it")
        parser.add_argument("--yes", action="store_true", help="delete; without it, only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        person = recognised(Person(frozenset({_number(options["code"])})))
        for kept in kept_about(person):
            if kept.count:
                self.stdout.write(f"{kept.count:>8,}  {kept.title}")
        if not options["yes"]:
            self.stdout.write("Nothing was deleted; add --yes to delete all of this.")
            return
        forget(person)
        self.stdout.write("Forgotten. What still waits of them is dropped when it is read.")


def _number(code: str) -> int:
    try:
        number = number_of(code)
    except ValueError:
        raise CommandError(f"“{code}” is no participant's code.") from None
    if not 0 < number < 2**63 or not Participant.objects.filter(pk=number).exists():
        raise CommandError(f"There is no participant {code}.")
    return number
