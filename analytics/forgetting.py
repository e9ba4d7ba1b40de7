"""The journeys of a person: what is kept of them, and that they are gone when somebody is forgotten."""

from collections.abc import Iterator

from django.conf import settings

from analytics.counting import touch_days
from analytics.models import Journey
from journey.models.participant import code_of
from journey.privacy import Kept, Person, Row, forgetting, telling
from journey.remembered import days, moment
from journey.steps import Step


@telling
def kept(person: Person) -> list[Kept]:
    journeys = Journey.objects.filter(participant__in=person.participants).order_by("start")
    how_long = days(settings.RETENTION_PARTICIPANT_DAYS)
    return [Kept("journeys", "Walks through the shop", journeys.count(), how_long, lambda: _rows(journeys.iterator()))]


@forgetting
def forget(person: Person) -> None:
    journeys = Journey.objects.filter(participant__in=person.participants)
    walked = set(journeys.values_list("day", flat=True))
    journeys.delete()
    touch_days(walked)


def _rows(journeys: Iterator[Journey]) -> Iterator[Row]:
    for journey in journeys:
        yield {
            "participant": code_of(journey.participant),
            "from": moment(journey.start),
            "to": moment(journey.stop),
            "furthest_stage": journey.get_stage_display(),
            "steps": [Step.of_letter(letter).value for letter in journey.path],
            "revenue_cents": journey.revenue_cents,
        } | {name: getattr(journey, name) for name in ("device", "browser", "source", "arms", "video", "product")}
