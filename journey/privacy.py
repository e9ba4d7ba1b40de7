"""What is kept about somebody, and forgetting them. Neighbours who keep something too are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from journey import tombstones
from journey.models import Consent, DeadEvent, Event, Fact, Participant, Touched
from journey.models.participant import code_of
from journey.steps import Step

Row = Mapping[str, Any]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Person:
    """Somebody, by all they are known as: our numbers, and the codes a neighbour gave them and their things."""

    participants: frozenset[int] = frozenset()
    buyers: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()  # codes of what facts are about

    def __or__(self, other: "Person") -> "Person":
        return Person(self.participants | other.participants, self.buyers | other.buyers, self.things | other.things)


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept: how many of them, for how long, and the rows themselves when asked for."""

    name: str
    title: str
    count: int
    how_long: str
    rows: Callable[[], Iterable[Row]]


class Asked(list[Callable[[Person], Answer]]):
    """Functions of whoever keeps something: `@telling` adds one."""

    def __call__(self, answers: Callable[[Person], Answer]) -> Callable[[Person], Answer]:
        self.append(answers)
        return answers


recognising: Asked[Person] = Asked()  # what else they are known as
telling: Asked[Iterable[Kept]] = Asked()
forgetting: Asked[None] = Asked()  # deletes, in the transaction around it


def recognised(person: Person) -> Person:
    """All the names of a person: whoever bought under a number, and whatever numbers that buyer's things carry."""
    while True:
        wider = person | Person(frozenset(_of_facts(person).values_list("participant_id", flat=True)))
        for more in recognising:
            wider |= more(person)
        if wider == person:
            return person
        person = wider


def kept_about(person: Person) -> list[Kept]:
    """Everything that anybody keeps of them."""
    return [kept for told in telling for kept in told(person)]


def forget(person: Person) -> Person:
    """Forget them everywhere, in one transaction; returns who that was. What still waits is dropped when it is read.

    Files go after the commit. A database that stops it for the sake of somebody else raises OperationalError.
    """
    with transaction.atomic():
        # Before anything is read: who stores something of theirs has done so, or will meet the tombstone.
        tombstones.hold(alone=True)
        person = recognised(person)
        tombstones.set_up(person.participants)
        # First the marks: a worker that counts them finishes before what it wrote is deleted.
        Touched.objects.filter(participant__in=person.participants).delete()
        for deleted in forgetting:
            deleted(person)
        _delete(person)
    return person


def _delete(person: Person) -> None:
    dead_of(person).delete()
    for model in (Event, Fact, Consent):
        model._default_manager.filter(participant__in=person.participants).delete()
    Participant.objects.filter(pk__in=person.participants).delete()


def _of_facts(person: Person) -> "QuerySet[Fact]":
    """Facts about their things, under whatever number. An order can be paid back more than once: `refund:code-more`."""
    about = Q(key__in=[f"{step}:{code}" for code in person.things for step in Step])
    for code in sorted(person.things):
        about |= Q(key__startswith=f"{Step.REFUND}:{code}-")
    return Fact.objects.filter(about)


def dead_of(person: Person) -> "QuerySet[DeadEvent]":
    """What arrived broken and is theirs, or names them: by number, by code, or by the name a researcher gave them."""
    labels = Participant.objects.filter(pk__in=person.participants).exclude(label="").values_list("label", flat=True)
    names = [name for number in person.participants for name in (str(number), code_of(number))]
    naming = Q(participant__in=person.participants)
    for name in [*names, *(f'"{label}"' for label in labels)]:
        naming |= Q(raw__contains=name)
    return DeadEvent.objects.filter(naming)
