"""What the events of journeys say: read only where a question puts conditions on events, or splits by their values."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from analytics.models import TEXT
from analytics.semantics.conditions import as_text
from journey.models import Context, Event

OF_CONTEXT = ("device", "browser", "source", "campaign", "arms")
Walk = tuple[int, int, str, list[int]]  # participant, start, path, microseconds since the start
Heard = defaultdict[tuple[int, int, str], deque["Told"]]  # (participant, at, letter) → in the order of events


class Told(NamedTuple):
    props: Mapping[str, Any]
    context: Mapping[str, str]

    def value(self, column: str) -> str:
        """What the event says of a column of journeys; empty where it says nothing."""
        return self.context.get(column, "") if column in OF_CONTEXT else as_text(self.props.get(column))[:TEXT]


NOTHING = Told({}, {})


def told_of(walks: Sequence[Walk], letters: frozenset[str]) -> list[list[Told]]:
    """For each walk, what each of its events says; nothing for other letters, and for events that are gone."""
    heard = _heard([walk for walk in walks if letters.intersection(walk[2])], letters)
    return [
        [_next(heard, participant, start + offset, letter) for offset, letter in zip(at, path, strict=True)]
        for participant, start, path, at in walks
    ]


def _heard(walks: Sequence[Walk], letters: frozenset[str]) -> Heard:
    heard: Heard = defaultdict(deque)
    if not walks:
        return heard
    rows = list(
        Event.objects.filter(
            participant_id__in={walk[0] for walk in walks},
            step__in=sorted(letters),
            at__gte=min(start for _, start, _, _ in walks),
            at__lte=max(start + at[-1] for _, start, _, at in walks),
        )
        .order_by("participant_id", "at", "trail", "n")
        .annotate(text=Cast("props", TextField()))
        .values_list("participant_id", "at", "step", "context_id", "text")
    )
    contexts = {
        row["pk"]: row for row in Context.objects.filter(pk__in={row[3] for row in rows}).values("pk", *OF_CONTEXT)
    }
    for participant, at, letter, context, text in rows:
        heard[participant, at, letter].append(Told(orjson.loads(text) if text else {}, contexts[context]))
    return heard


def _next(heard: Heard, participant: int, at: int, letter: str) -> Told:
    waiting = heard.get((participant, at, letter))
    return waiting.popleft() if waiting else NOTHING
