"""A fact that no request brings about: a periodic task has found that it is so."""

from typing import Any

from django.db.models import OuterRef, Subquery

from journey.models import Consent, Participant
from journey.nobody import ANONYMOUS, trail_of_nobody
from journey.steps import Step
from journey.store import commit_fact
from journey.trails import Context, Trail, now_us, trail_number
from journey.variants import design_for

VISITOR = Participant.Kind.VISITOR.value


def commit(step: Step, fact: str, *, participant: int, **props: Any) -> bool:
    """Like `request.journey.commit`: part of the transaction around it, once for a step and code."""
    return commit_fact(_trail(participant, now_us()), step, fact, props)


def _trail(participant: int, started: int) -> Trail:
    if _is_not_recorded(participant):
        return trail_of_nobody(started)
    context = Context(arms=design_for(participant).arms)
    return Trail(participant, VISITOR, trail_number(started), started, context)


def _is_not_recorded(participant: int) -> bool:
    """Never was, or does not want to be any more."""
    answers = Consent.objects.filter(participant=OuterRef("pk")).order_by("-pk").values("given")[:1]
    known = Participant.objects.filter(pk=participant).annotate(given=Subquery(answers))
    kind, given = known.values_list("kind", "given").first() or (VISITOR, None)
    return kind == ANONYMOUS or given is False
