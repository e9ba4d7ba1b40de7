"""What one in ten fewer losses before a step would be worth: arithmetic on what was counted, no forecast. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.answers.reports import Line
from analytics.semantics.funnels import Funnel
from analytics.shares import FEW

SAVED = 10  # one in so many of the lost is imagined to have gone on


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Had one in ten of the lost gone on, and then come to the goal as often as those who did."""

    label: str
    lost: int
    onward: float  # the share of those who took the step that came to the goal
    more: float  # at the goal
    share: float  # of those who are there


def what_if(funnel: Funnel, lines: Sequence[Line]) -> list[WhatIf]:
    """The most first; nothing where too few came to the goal to reckon with their share."""
    goal = lines[funnel.goal].count
    if goal < FEW:
        return []
    found = [
        WhatIf(line.label, line.lost, goal / line.count, more := line.lost / SAVED * goal / line.count, more / goal)
        for line in lines
        if line.lost and line.count
    ]
    return sorted(found, key=lambda one: -one.more)
