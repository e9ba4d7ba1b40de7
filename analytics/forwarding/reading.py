"""The events of what waits, read when they are sent: who left or turned out to be a robot has none any more."""

from collections import defaultdict
from collections.abc import Sequence

from analytics.counts.journeys import QUIET_US
from analytics.forwarding.models import Outgoing
from analytics.forwarding.outbox import COUNTED
from analytics.forwarding.telling import Told
from journey.models import Event
from journey.steps import Step
from journey.trails import DAY_US

CONTEXT = ("device", "browser", "source", "arms")
Identity = tuple[int, int, int]


def told_of(rows: Sequence[Outgoing]) -> dict[int, Told]:
    """What each row says, by the key of the row."""
    if not rows:
        return {}
    events = _events({row.participant for row in rows}, min(row.at for row in rows))
    return {row.pk: events[identity] for row in rows if (identity := (row.participant, row.trail, row.n)) in events}


def _events(participants: set[int], first: int) -> dict[Identity, Told]:
    """Events of participants who count, from a day before `first` on: their journeys began before."""
    found = Event.objects.filter(
        participant__in=sorted(participants), participant__kind__in=COUNTED, at__gte=first - DAY_US
    ).order_by("at", "trail", "n")
    context = [f"context__{name}" for name in CONTEXT]
    last: dict[int, int] = {}
    began: defaultdict[int, int] = defaultdict(int)
    told = {}
    for number, trail, n, at, letter, props, *about in found.values_list(
        "participant_id", "trail", "n", "at", "step", "props", *context
    ):
        if at - last.get(number, -QUIET_US - 1) > QUIET_US:
            began[number] = at
        last[number] = at
        told[number, trail, n] = Told(
            number, trail, n, at, Step.of_letter(letter), props or {}, dict(zip(CONTEXT, about, strict=True)),
            began[number],
        )  # fmt: skip
    return told
