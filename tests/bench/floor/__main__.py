"""Makes the floor's database."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.floor.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench.floor.models import fill  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
fill()
