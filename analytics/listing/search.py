"""What the search box of the list finds: codes and labels of people, codes of orders and tickets, slugs."""

from django.db.models import Q

from analytics.listing.values import known_values
from journey.models import Event, Fact, Participant
from journey.models.participant import number_of
from journey.steps import Step

HELP = "Code or label of a participant, code of an order or a ticket, or part of a slug"
# Facts that carry the code they are about; every one of them is found by its key.
TOLD_BY_CODE = (Step.PURCHASE, Step.CANCEL, Step.REFUND, Step.SUPPORT_OPEN, Step.SUPPORT_RESOLVED)
MOST_LABELS = 500  # people whose label has the term in it
SLUGS = ("video", "product", "creator")


def matching(term: str) -> Q:
    """Journeys that a term finds: each way of finding asks an index, or a table that grows with the catalogue."""
    people = [*_by_code(term), *_by_label(term)]
    found = Q(participant__in=people) if people else Q(pk__in=())
    for participant, at in _facts(term):
        found |= Q(participant=participant, start__lte=at, stop__gte=at)
    for column in SLUGS:
        slugs = [value for value in known_values().get(column, ()) if term.lower() in value.lower()]
        found |= Q(**{f"{column}__in": slugs}) if slugs else Q(pk__in=())
    return found


def _by_code(term: str) -> list[int]:
    try:
        number = number_of(term)
    except ValueError:
        return []
    return [number] if 0 < number < 2**63 else []


def _by_label(term: str) -> list[int]:
    labelled = Participant.objects.filter(label__icontains=term).order_by("pk")
    return list(labelled.values_list("pk", flat=True)[:MOST_LABELS])


def _facts(term: str) -> list[tuple[int, int]]:
    """(participant, time) of every fact with this code. Codes are spelled in small letters, or in capitals by hand."""
    keys = [f"{step}:{code}" for step in TOLD_BY_CODE for code in {term, term.lower(), term.upper()}]
    told = list(Fact.objects.filter(key__in=keys).values_list("participant", "trail", "n"))
    events = [Event.objects.filter(participant=who, trail=trail, n=n).values_list("at") for who, trail, n in told]
    return [(who, at) for (who, _, _), found in zip(told, events, strict=True) for (at,) in found]
