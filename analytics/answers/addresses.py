"""A question as the parameters of an address: what asked.py and questions.py read, written."""

from dataclasses import replace

from analytics import saved
from analytics.answers.questions import Question, default_kinds
from analytics.saved import written
from analytics.semantics.funnels import WEEK_US, Attempt, Funnel, Order
from journey.models import Participant


def params_of(question: Question) -> dict[str, str]:
    """Days stand as days, never as a period: the same address means the same journeys tomorrow."""
    days = {"from": question.first, "to": question.last}
    params = _funnel(question.funnel) | {name: str(day) for name, day in days.items() if day}
    if not (question.first or question.last):
        params["period"] = "all"
    if question.kinds != default_kinds():
        params["kind"] = kind_of(question.kinds)
    params |= {"by": question.split} if question.by else {}
    params |= {"attribute": question.attribute} if question.attribute else {}
    params |= {"unit": question.unit} if question.unit != "journey" else {}
    return params | dict(question.only)


def kind_of(kinds: frozenset[str]) -> str:
    return "all" if kinds == frozenset(Participant.Kind.values) else ",".join(sorted(kinds))


def _funnel(funnel: Funnel) -> dict[str, str]:
    """By its name, when it has one, with what is asked otherwise of it; else by its steps."""
    known = saved.find(funnel.slug)
    if known and replace(known, window_us=funnel.window_us, attempt=funnel.attempt) == funnel:
        return {"funnel": funnel.slug} | _otherwise(funnel, known.window_us, known.order, known.attempt)
    return {"steps": written.line(funnel)} | _otherwise(funnel, WEEK_US, Order.ORDERED, Attempt.BEST)


def _otherwise(funnel: Funnel, window_us: int, order: Order, attempt: Attempt) -> dict[str, str]:
    params = {"window": written.window(funnel.window_us)} if funnel.window_us != window_us else {}
    params |= {"order": str(funnel.order)} if funnel.order is not order else {}
    return params | ({"attempt": str(funnel.attempt)} if funnel.attempt is not attempt else {})
