"""What only the events of a stay say of it: which block was read, which sheet was opened, what an error was."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from analytics.answers.features import DETAILS, Feature, details_of
from journey.models import Event
from journey.steps import Step

Stay = tuple[int, ...]  # participant; start, arrival at the step before and end, in microseconds since 1970


def details_between(stays: Sequence[Stay]) -> list[set[Feature]]:
    events: dict[int, list[tuple[int, Step, dict[str, Any]]]] = defaultdict(list)
    asked = Event.objects.filter(
        participant_id__in={stay[0] for stay in stays},
        at__range=(min(stay[1] for stay in stays), max(stay[3] for stay in stays)),
        step__in=[step.letter for step in DETAILS],
    )
    for participant, at, letter, props in asked.values_list("participant_id", "at", "step", "props"):
        events[participant].append((at, Step.of_letter(letter), props or {}))
    return [details_of(events[participant], start, arrived, until) for participant, start, arrived, until in stays]
