"""When each of the six stages was reached, as reports count it. Pure."""

from bisect import bisect_left
from collections.abc import Sequence

from analytics.semantics.funnels import SIX_STAGES
from analytics.semantics.walking import walk
from analytics.timelines.told import Told


def stages_since(events: Sequence[Told]) -> list[int | None]:
    """For stages 1 to 6: the time of the event with which so much was reached; None when it never was."""
    path = "".join(event.step.letter for event in events)
    times = [event.at for event in events]

    def furthest(many: int) -> int:
        """Of the first so many events. It never falls, so it can be searched by halves."""
        return walk(SIX_STAGES, path[:many], times[:many]).reached.bit_length()

    counts = range(len(events) + 1)
    first = [bisect_left(counts, stage, key=furthest) for stage in range(1, len(SIX_STAGES.steps) + 1)]
    return [times[many - 1] if many <= len(events) else None for many in first]
