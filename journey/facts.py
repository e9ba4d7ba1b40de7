"""A fact that no request brings about: a periodic task has found that it is so."""

from typing import Any

from journey.models import Participant
from journey.steps import Step
from journey.store import commit_fact
from journey.trails import Context, Trail, now_us, trail_number
from journey.variants import design_for

VISITOR = Participant.Kind.VISITOR.value


def commit(step: Step, fact: str, *, participant: int, **props: Any) -> bool:
    """Like `request.journey.commit`: part of the transaction around it, once for a step and code."""
    started = now_us()
    context = Context(arms=design_for(participant).arms)
    return commit_fact(Trail(participant, VISITOR, trail_number(started), started, context), step, fact, props)
