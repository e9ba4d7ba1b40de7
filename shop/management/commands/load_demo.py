"""Fill the shop with its demo catalogue; running it again changes nothing."""

from django.core.management.base import BaseCommand

from shop import catalogue


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        new = catalogue.load()
        self.stdout.write("New: " + ", ".join(f"{count} {name}" for name, count in new.items()) + ".")
