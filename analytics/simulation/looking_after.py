"""After the sale: tracking, cancelling, sending back, asking for help, reviewing; in the same walk or in another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from analytics.simulation.dice import pick
from analytics.simulation.paying import Order
from analytics.simulation.rhythm import MINUTE
from analytics.simulation.troubles import Trouble
from analytics.simulation.walk import Walk
from journey.steps import Step

TRACK = 0.45
CANCEL = 0.035
RETURN = 0.03
HELP = 0.09
HELP_AT_ONCE = 0.04
REVIEW = 0.14
WRITES_AGAIN = 0.5
RESOLVED = 0.8
ESCALATED = 0.03
RATED = 0.4
REFUND = 0.6
AT_ONCE = {"cancel": 3, "payment": 3, "product": 2}  # topics minutes after the order
TOPICS = {"where": 45, "return": 22, "damaged": 16, "wrong": 10, "other": 7}
REASONS = {"not_as_described": 4, "damaged": 3, "changed_mind": 3, "late": 1}
PAID_BACK = {"return", "damaged", "wrong"}


@dataclass(frozen=True, slots=True)
class Return:
    """A reason to come back: so many days after, with this in mind."""

    days: int
    errand: Callable[[Walk], None]


def reasons_to_return(walk: Walk, order: Order) -> list[Return]:
    """What an order leads to, decided when it is placed. Second thoughts and questions come in the same walk."""
    quality, rng, trouble = walk.world.product_traits(order.product.slug).quality, walk.rng, _trouble(walk, order)
    if walk.goes_on(Step.CANCEL, CANCEL * trouble.returned / quality):
        walk.wait(40)
        _cancel(walk, order)
        return []
    if walk.goes_on(Step.SUPPORT_OPEN, HELP_AT_ONCE / quality):
        walk.wait(60)
        _ask(walk, order, AT_ONCE)
    returns = []
    if walk.chance(TRACK):
        returns.append(Return(rng.randint(1, 3), partial(_track, order=order)))
    if walk.goes_on(Step.SUPPORT_OPEN, HELP * trouble.help / quality):
        returns.append(Return(rng.randint(3, 6), partial(_ask, order=order, topics=TOPICS)))
    if walk.goes_on(Step.REQUEST_RETURN, RETURN * trouble.returned / quality):
        returns.append(Return(rng.randint(4, 7), partial(_send_back, order=order)))
    if walk.chance(REVIEW):
        returns.append(Return(rng.randint(7, 12), partial(_review, order=order)))
    return returns


def _trouble(walk: Walk, order: Order) -> Trouble:
    return walk.world.trouble(order.video, order.product.slug)


def _cancel(walk: Walk, order: Order) -> None:
    walk.act(Step.CANCEL, {"order": order.code, "value": order.cents})
    walk.act(Step.REFUND, {"order": order.code, "value": order.cents, "currency": walk.world.currency})
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(4)


def _track(walk: Walk, order: Order) -> None:
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(12)


def _send_back(walk: Walk, order: Order) -> None:
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(30)
    wanted = {"order": order.code, "value": order.cents, "kind": "return", "reason": pick(walk.rng, REASONS)}
    walk.act(Step.REQUEST_RETURN, wanted)
    walk.page(Step.VIEW_ORDER, kind="return", order=order.code)
    walk.wait(8)
    if walk.chance(REFUND):
        walk.act(Step.REFUND, {"order": order.code, "value": order.cents, "currency": walk.world.currency})


def _ask(walk: Walk, order: Order, topics: Mapping[str, float]) -> None:
    topic = pick(walk.rng, topics)
    ticket, trouble = walk.code(), _trouble(walk, order)
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(15)
    walk.page(Step.VIEW_SUPPORT)
    walk.wait(45)
    about = {"order": order.code, "kind": topic, "product": order.product.slug}
    walk.act(Step.SUPPORT_OPEN, {"ticket": ticket, **about})
    walk.page(Step.VIEW_SUPPORT, ticket=ticket)
    walk.wait(30)
    if walk.chance(WRITES_AGAIN):
        walk.pass_by(walk.rng.randint(3, 12) * MINUTE / 1_000_000)
        walk.act(Step.SUPPORT_REPLY, {"ticket": ticket})
        walk.wait(60)
    if topic in PAID_BACK and walk.chance(REFUND / trouble.help):
        walk.act(Step.REFUND, {"order": order.code, "value": order.cents, "currency": walk.world.currency})
        walk.wait(20)
    _end(walk, ticket, trouble)


def _end(walk: Walk, ticket: str, trouble: Trouble) -> None:
    """Solved or not, and what the buyer makes of it."""
    solved = walk.chance(RESOLVED / trouble.help)
    if solved:
        walk.act(Step.SUPPORT_RESOLVED, {"ticket": ticket})
    elif walk.chance(ESCALATED * trouble.help):
        walk.act(Step.SUPPORT_REPLY, {"ticket": ticket, "kind": "escalate"})
    if walk.chance(RATED):
        happy = 4.4 if solved else 3.2
        stars = max(1, min(5, round(walk.rng.gauss(happy - (1.8 if trouble.help > 1 else 0), 0.8))))
        walk.act(Step.SUPPORT_REPLY, {"ticket": ticket, "kind": "csat", "stars": stars})


def _review(walk: Walk, order: Order) -> None:
    quality = walk.world.product_traits(order.product.slug).quality
    wish = 3.9 + quality / 2 - (1.9 if _trouble(walk, order).help > 1 else 0)
    stars = max(1, min(5, round(walk.rng.gauss(wish, 0.9))))
    walk.page(Step.VIEW_ORDER, order=order.code)
    walk.wait(40)
    walk.act(Step.SUBMIT_REVIEW, {"product": order.product.slug, "order": order.code, "stars": stars})
