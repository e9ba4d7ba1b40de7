"""Say what is wrong with this installation, and what to do about it."""

import sys

from django.core.management.base import BaseCommand

from config.doctor import examine


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options):
        well = True
        for name, is_well, sentence in examine():
            mark = self.style.SUCCESS("✓") if is_well else self.style.ERROR("✗")
            self.stdout.write(f"{mark} {name:<12} {sentence}")
            well = well and is_well
        if not well:
            sys.exit(1)
