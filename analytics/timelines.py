"""One journey as a line of time: its steps with their seconds, properties and pauses, read from its events."""

from dataclasses import dataclass
from math import log2
from typing import Any

from analytics.charts import duration
from analytics.funnels import SECOND_US
from analytics.models import Journey
from analytics.summaries import superseded
from journey.models import Event
from journey.steps import Step

LONG_PAUSE = 10 * SECOND_US  # from here on a pause is worth its own words


@dataclass(frozen=True, slots=True)
class Moment:
    at: str  # minutes and seconds since the start
    step: Step
    props: dict[str, Any]
    space: int  # pixels above it: grows with the logarithm of the pause before, so that minutes fit beside seconds
    pause: str  # in words when it was long


def timeline(journey: Journey) -> list[Moment]:
    """What was said of a showing or a block while it went on is left out: its last word tells it all."""
    events = (
        Event.objects.filter(participant_id=journey.participant, at__range=(journey.start, journey.stop))
        .order_by("at", "trail", "n")
        .values_list("at", "trail", "n", "step", "props")
    )
    taken = [(at, trail, n, Step.of_letter(letter), props or {}) for at, trail, n, letter, props in events]
    left_out = superseded((trail, n, step, props) for _, trail, n, step, props in taken)
    moments, before = [], journey.start
    for at, trail, n, step, props in taken:
        if (trail, n) in left_out:
            continue
        pause, before = at - before, at
        moments.append(
            Moment(
                _clock(at - journey.start),
                step,
                props,
                round(4 + 7 * log2(1 + pause / SECOND_US)),
                duration(pause) if pause >= LONG_PAUSE else "",
            )
        )
    return moments


def _clock(us: int) -> str:
    seconds = us / SECOND_US
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"
