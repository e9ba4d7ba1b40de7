"""The journeys of a person and what goes to other services: what is kept of them, and that it goes with them."""

from collections.abc import Iterator

import orjson
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from analytics.counts.counting import touch_days
from analytics.exporting import jobs as event_files
from analytics.forwarding import outbox
from analytics.forwarding.models import Outgoing
from analytics.models import Journey, Unit
from journey.models import Participant
from journey.models.participant import code_of
from journey.privacy import Kept, Person, Row, forgetting, telling
from journey.remembered import days, moment
from journey.steps import Step
from journey.trails import DAY_US

KEPT = days(outbox.KEPT // DAY_US)


@telling
def kept(person: Person) -> list[Kept]:
    journeys = Journey.objects.filter(participant__in=person.participants).order_by("start")
    outgoing = Outgoing.objects.filter(participant__in=person.participants).order_by("pk")
    how_long = days(settings.RETENTION_PARTICIPANT_DAYS)
    return [
        Kept("journeys", "Walks through the shop", journeys.count(), how_long, lambda: _rows(journeys.iterator())),
        Kept("forwarded", "Steps for other services", outgoing.count(), KEPT, lambda: _told(outgoing.iterator())),
    ]


@forgetting
def forget(person: Person) -> None:
    """Who of the staff named or forgot them stays written down, and no longer whom."""
    journeys = Journey.objects.filter(participant__in=person.participants)
    walked = set(journeys.values_list("day", flat=True))
    journeys.delete()
    Unit.objects.filter(participant__in=person.participants).delete()
    outbox.forget(person.participants)
    event_files.forget()
    touch_days(walked)
    written_about(person).update(object_id="", object_repr="forgotten", change_message="")


def written_about(person: Person) -> "QuerySet[LogEntry]":
    """What the admin has noted about these participants, label and all."""
    kind = ContentType.objects.get_for_model(Participant)
    return LogEntry.objects.filter(content_type=kind, object_id__in=[str(number) for number in person.participants])


def _told(outgoing: Iterator[Outgoing]) -> Iterator[Row]:
    for row in outgoing:
        yield {
            "participant": code_of(row.participant),
            "trail": str(row.trail),
            "n": row.n,
            "to": row.destination,
            "at": moment(row.at),
            "state": row.state,
            "sent_at": moment(row.sent_at) if row.sent_at else None,
        }


def _rows(journeys: Iterator[Journey]) -> Iterator[Row]:
    for journey in journeys:
        yield {
            "participant": code_of(journey.participant),
            "from": moment(journey.start),
            "to": moment(journey.stop),
            "furthest_stage": journey.get_stage_display(),
            "steps": [Step.of_letter(letter).value for letter in journey.path],
            "revenue_cents": journey.revenue_cents,
            "sights": orjson.loads(journey.sights or "null"),
        } | {name: getattr(journey, name) for name in ("device", "browser", "source", "arms", "video", "product")}
