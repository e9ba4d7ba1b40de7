"""What is known of one journey: its events, or, where they are not kept any more, its path."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from analytics.models import Journey, offsets
from journey.models import Event
from journey.steps import Step

MOST = 5_000  # events of one journey that are read; a person takes some hundred


class Told(NamedTuple):
    """An event, with its time in microseconds since the journey began."""

    at: int
    trail: int
    n: int
    step: Step
    props: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    events: list[Told]
    from_path: bool = False  # nothing but the steps and their times is known
    unknown: int = 0  # events with a letter that no step has
    left_out: int = 0  # events beyond MOST


def known_of(journey: Journey) -> Known:
    """Without the events the path is read: it says when which step was taken, and nothing about what."""
    rows = list(
        Event.objects.filter(participant_id=journey.participant, at__range=(journey.start, journey.stop))
        .order_by("at", "trail", "n")
        .values_list("at", "trail", "n", "step", "props")[:MOST]
    )
    if not rows:
        return _of_path(journey)
    events = [
        Told(at - journey.start, trail, n, Step.of_letter(letter), props or {})
        for at, trail, n, letter, props in rows
        if is_known(letter)
    ]
    left_out = max(0, len(journey.path) - MOST) if len(rows) == MOST else 0
    return Known(events, unknown=len(rows) - len(events), left_out=left_out)


def _of_path(journey: Journey) -> Known:
    times = offsets(bytes(journey.pauses))
    events = [
        Told(at, 0, n, Step.of_letter(letter), {})
        for n, (letter, at) in enumerate(zip(journey.path[:MOST], times, strict=False))
        if is_known(letter)
    ]
    unknown = min(MOST, len(journey.path)) - len(events)
    return Known(events, True, unknown, max(0, len(journey.path) - MOST))


def is_known(letter: str) -> bool:
    try:
        return bool(Step.of_letter(letter))
    except KeyError:
        return False
