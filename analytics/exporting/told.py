"""A question in words: what a file says of itself, since it has no address."""

from analytics.answers.questions import Question, default_kinds
from analytics.saved.written import window
from analytics.semantics.funnels import Attempt, Order

ORDERS = {Order.ORDERED: "in this order", Order.STRICT: "in this order, nothing between", Order.ANY: "in any order"}


def told(question: Question) -> dict[str, str]:
    """Title → what was asked, in the order in which one reads it."""
    funnel = question.funnel
    said = {"Days": _days(question), "Who": _who(question.kinds), "Counted": f"each {question.unit}"}
    said["Steps"] = f"{ORDERS[funnel.order]}, within {window(funnel.window_us)}"
    if funnel.attempt is Attempt.FIRST:
        said["Attempt"] = "the one that began first"
    if question.only:
        said["Only"] = ", ".join(f"{field} {value}" for field, value in question.only)
    if question.by:
        said["Split by"] = ", ".join(question.by)
    return said


def _days(question: Question) -> str:
    first, last = question.first, question.last
    if first and first == last:
        return f"{first}"
    return f"{first or 'the first one'} to {last or 'now'}"


def _who(kinds: frozenset[str]) -> str:
    who = ", ".join(sorted(kinds))
    return f"{who} (as usual)" if kinds == default_kinds() else who
