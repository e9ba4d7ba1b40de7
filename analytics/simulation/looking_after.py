"""After the sale: tracking, cancelling, asking for help, reviewing; in the same walk or in one of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from analytics.simulation.buying import Order
from analytics.simulation.dice import pick
from analytics.simulation.rhythm import MINUTE
from analytics.simulation.traits import product_traits
from analytics.simulation.walk import Walk
from journey.steps import Step

TRACK = 0.45
CANCEL = 0.035
HELP = 0.09
HELP_AT_ONCE = 0.04
REVIEW = 0.14
WRITES_AGAIN = 0.5
RESOLVED = 0.8
REFUND = 0.6
AT_ONCE = {"cancel": 3, "payment": 3, "product": 2}  # topics minutes after the order
TOPICS = {"where": 45, "return": 22, "damaged": 16, "wrong": 10, "other": 7}
PAID_BACK = {"return", "damaged", "wrong"}


@dataclass(frozen=True, slots=True)
class Return:
    """A reason to come back: so many days after, with this in mind."""

    days: int
    errand: Callable[[Walk], None]


def reasons_to_return(walk: Walk, order: Order) -> list[Return]:
    """What an order leads to, decided when it is placed. Second thoughts and questions come in the same walk."""
    quality, rng = product_traits(order.product.slug).quality, walk.rng
    if walk.chance(CANCEL / quality):
        walk.wait(40)
        _cancel(walk, order)
        return []
    if walk.chance(HELP_AT_ONCE / quality):
        walk.wait(60)
        _ask(walk, order, AT_ONCE)
    returns = []
    if walk.chance(TRACK):
        returns.append(Return(rng.randint(1, 3), partial(_track, order=order)))
    if walk.chance(HELP / quality):
        returns.append(Return(rng.randint(3, 6), partial(_ask, order=order, topics=TOPICS)))
    if walk.chance(REVIEW):
        returns.append(Return(rng.randint(7, 12), partial(_review, order=order)))
    return returns


def _cancel(walk: Walk, order: Order) -> None:
    walk.act(Step.CANCEL, {"order": order.code, "value": order.cents})
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(4)


def _track(walk: Walk, order: Order) -> None:
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(12)


def _ask(walk: Walk, order: Order, topics: Mapping[str, float]) -> None:
    topic = pick(walk.rng, topics)
    ticket = walk.code()
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(15)
    walk.page(Step.VIEW_SUPPORT)
    walk.wait(45)
    walk.act(Step.SUPPORT_OPEN, {"ticket": ticket, "order": order.code, "kind": topic})
    walk.page(Step.VIEW_SUPPORT, ticket=ticket)
    walk.wait(30)
    if walk.chance(WRITES_AGAIN):
        walk.pass_by(walk.rng.randint(3, 12) * MINUTE / 1_000_000)
        walk.act(Step.SUPPORT_REPLY, {"ticket": ticket})
        walk.wait(60)
    if topic in PAID_BACK and walk.chance(REFUND):
        walk.act(Step.REFUND, {"order": order.code, "value": order.cents, "currency": walk.world.currency})
        walk.wait(20)
    if walk.chance(RESOLVED):
        walk.act(Step.SUPPORT_RESOLVED, {"ticket": ticket})


def _review(walk: Walk, order: Order) -> None:
    quality = product_traits(order.product.slug).quality
    stars = max(1, min(5, round(walk.rng.gauss(3.9 + quality / 2, 0.9))))
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(40)
    walk.act(Step.SUBMIT_REVIEW, {"product": order.product.slug, "order": order.code, "stars": stars})
