"""What is closed for good: journeys whose events are gone, days whose journeys are gone. Neither is counted again."""

from datetime import date

from analytics.counts.journeys import QUIET_US, day_of
from journey.models import Horizon


def frozen_before() -> int:
    """Journeys that stopped before this moment stay as they were counted.

    Half an hour before the last event that may still be taken: no new one can ever make such a journey longer.
    """
    return Horizon.of(Horizon.Name.EVENTS) - QUIET_US


def first_open_day() -> date:
    """The counts of the days before stay: their journeys are gone."""
    return day_of(Horizon.of(Horizon.Name.JOURNEYS))
