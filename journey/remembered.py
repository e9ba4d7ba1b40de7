"""What the instrument itself keeps of a person, as rows they can read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from journey.models import Consent, DeadEvent, Event, Participant
from journey.models.participant import code_of
from journey.privacy import Kept, Person, Row, dead_of, telling
from journey.steps import Step

STEPS_A_PAGE = 50
TOLD = ("video", "product", "creator", "order", "ticket", "term", "block", "list")  # what a step was about, if anything


class Taken(NamedTuple):
    """A step in words."""

    at: datetime
    meaning: str
    about: str


@telling
def kept(person: Person) -> list[Kept]:
    people = Participant.objects.filter(pk__in=person.participants).order_by("first_seen")
    answers = Consent.objects.filter(participant__in=person.participants).order_by("pk")
    dead = dead_of(person).order_by("pk")
    return [
        Kept("steps", "Steps", steps(person).count(), days(settings.RETENTION_EVENTS_DAYS), lambda: _steps(person)),
        Kept(
            "participants", "Numbers instead of a name", people.count(),
            days(settings.RETENTION_PARTICIPANT_DAYS), lambda: map(_participant, people),
        ),
        Kept(
            "consents", "Answers about being counted", answers.count(),
            days(settings.RETENTION_PARTICIPANT_DAYS), lambda: map(_consent, answers),
        ),
        Kept(
            "dead_events", "Steps that arrived broken", dead.count(), days(settings.RETENTION_DEAD_DAYS),
            lambda: map(_dead, dead),
        ),
    ]  # fmt: skip


def steps(person: Person) -> "QuerySet[Event]":
    return Event.objects.filter(participant__in=person.participants)


def page_of_steps(person: Person, page: int) -> tuple[list[Taken], bool]:
    """The latest first, and whether there are more behind this page."""
    start = (page - 1) * STEPS_A_PAGE
    some = list(steps(person).order_by("-at", "-trail", "-n")[start : start + STEPS_A_PAGE + 1])
    return [_taken(event) for event in some[:STEPS_A_PAGE]], len(some) > STEPS_A_PAGE


def since(person: Person) -> datetime | None:
    """When they were first seen."""
    first = Participant.objects.filter(pk__in=person.participants).order_by("first_seen").first()
    return moment(first.first_seen) if first else None


def days(number: int) -> str:
    return f"{number} days" if number else "until you delete it"


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def _taken(event: Event) -> Taken:
    told = event.props or {}
    about = next((str(told[name]) for name in TOLD if told.get(name)), "")
    return Taken(moment(event.at), Step.of_letter(event.step).meaning, about)


def _steps(person: Person) -> Iterator[Row]:
    for event in steps(person).select_related("context").order_by("at", "trail", "n").iterator(chunk_size=1_000):
        about = event.context
        yield {
            "participant": code_of(event.participant_id),
            "trail": str(event.trail),
            "n": event.n,
            "at": moment(event.at),
            "step": Step.of_letter(event.step).value,
            "props": event.props or {},
            "device": about.device,
            "browser": about.browser,
            "source": about.source,
            "campaign": about.campaign,
            "arms": about.arms,
        }


def _participant(person: Participant) -> Row:
    first = moment(person.first_seen)
    return {"code": person.code, "kind": person.kind, "label": person.label, "study": person.study, "first_seen": first}


def _consent(answer: Consent) -> Row:
    who = code_of(answer.participant_id)
    return {"participant": who, "given": answer.given, "version": answer.version, "at": moment(answer.at)}


def _dead(event: DeadEvent) -> Row:
    return {"raw": event.raw, "reason": event.reason, "seen_at": event.seen_at}
