"""What a production web server runs: the pages, and beside them the beacon's own door."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

pages = get_wsgi_application()

from django.urls import reverse  # noqa: E402 - only now Django is set up

from journey.door import Door  # noqa: E402

BEACON = reverse("journey:beacon")
door = Door()


def application(environ, start_response):
    return (door if environ.get("PATH_INFO") == BEACON else pages)(environ, start_response)
