"""Summaries that are told more than once: of a showing of a video, of a block that was read. The last one counts."""

from collections.abc import Iterable
from typing import Any

from journey.steps import Step

# Step → the property that tells one summary of a page from another.
TOLD_AGAIN = {Step.WATCH: "showing", Step.VIEW_BLOCK: "block"}

Told = tuple[int, int, Step, dict[str, Any]]  # trail, n, step, props


def superseded(events: Iterable[Told]) -> set[tuple[int, int]]:
    """The (trail, n) of every summary that a later one of the same page has taken the place of.

    The later one has the larger number, whenever it arrives. One that names no showing stands for itself.
    """
    last: dict[tuple[int, Step, Any], int] = {}
    earlier = set()
    for trail, n, step, props in events:
        name = props.get(TOLD_AGAIN[step]) if step in TOLD_AGAIN else None
        if name is None:
            continue
        key = (trail, step, name)
        before = last.get(key, -1)
        if before >= 0:
            earlier.add((trail, min(before, n)))
        last[key] = max(before, n)
    return earlier
