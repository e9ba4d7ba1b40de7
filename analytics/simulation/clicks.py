"""A simulated walk, done for real: every trail of it becomes the request that a browser would make."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from analytics.simulation.browser import Browser, NoSuchForm
from analytics.simulation.walk import Walk
from journey.steps import Step
from journey.trails import Trail

ADDRESS = {
    "full_name": "Sam Simulated",
    "street": "1 Model Street",
    "city": "Springfield",
    "state": "IL",
    "zip": "62701",
}
# (field, code) of a checkout error → what to answer to get it
MISTAKES = {
    ("payment", "declined"): {"payment": "card_declined"},
    ("payment", "timeout"): {"payment": "card_silent"},
    ("zip", "fields"): {"zip": ""},
}
Props = dict[str, Any]


class Clicks:
    """Codes of orders and tickets differ between the story and the shop; the shop's are learnt on the way."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.orders: dict[str, str] = {}
        self.tickets: dict[str, str] = {}
        self._arrived = ""  # by a redirect, at a page whose trail comes next
        self._says = dict[Step, Callable[[Props], None]](
            {
                Step.VIEW_FEED: lambda props: self._visit("feed"),
                Step.VIEW_PROFILE: lambda props: self._visit("profile", props["creator"]),
                Step.VIEW_ITEM: self._view_item,
                Step.VIEW_CART: lambda props: self._visit("cart"),
                Step.BEGIN_CHECKOUT: lambda props: self._visit("checkout"),
                Step.VIEW_ORDER: lambda props: self._visit("order", self._order(props)),
                Step.VIEW_SUPPORT: self._view_support,
                Step.VIDEO_ENGAGE: self._engage,
                Step.ADD_TO_CART: self._add_to_cart,
                Step.CHECKOUT_ERROR: self._fail,
                Step.PURCHASE: self._place,
                Step.CANCEL: lambda props: self._submit("cancel", self._order(props)),
                Step.SUPPORT_OPEN: self._open_ticket,
                Step.SUPPORT_REPLY: self._reply,
                Step.SUPPORT_RESOLVED: lambda props: self._submit("resolve", self._ticket(props)),
            }
        )

    def follow(self, walk: Walk) -> None:
        """Raises NoSuchForm where the shop does not let the story go on: something is sold out, say."""
        self.browser.path = ""
        for trail in walk.trails:
            self._follow(trail)

    def _follow(self, trail: Trail) -> None:
        (_, _, step, props), *seen = trail.events
        self._source = trail.context.source
        # What staff does (a refund), and what the shop has no page for, is left out.
        if act := self._says.get(Step.named(step)):
            act(props)
            self.browser.say([(dt // 1000, name, self._as_drawn(name, told)) for _, dt, name, told in seen])
