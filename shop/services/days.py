"""How long a day is for parcels and the clocks of returns: a real one, or a short one for a demo."""

from datetime import timedelta

from django.conf import settings


def days(count: int) -> timedelta:
    return timedelta(seconds=count * settings.ORDER_DAY_SECONDS)
