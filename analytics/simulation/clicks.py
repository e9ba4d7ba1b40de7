"""A simulated walk, done for real: every trail of it becomes the request that a browser would make."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import resolve, reverse

from analytics.simulation.browser import Browser, NoSuchForm
from analytics.simulation.walk import Walk
from journey.steps import Step

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
        self._arrived = ""  # by a redirect, on the page that the story opens next
        self._source = self._campaign = ""
        self._doings: dict[Step, Callable[[Props], None]] = {
            Step.VIEW_FEED: lambda props: self._visit(reverse("shop:feed")),
            Step.VIEW_PROFILE: lambda props: self._visit(reverse("shop:profile", args=[props["creator"]])),
            Step.VIEW_ITEM: self._view_item,
            Step.VIEW_CART: lambda props: self._visit(reverse("shop:cart")),
            Step.SEARCH: lambda props: self._visit(reverse("shop:search"), q=props["term"]),
            Step.BEGIN_CHECKOUT: lambda props: self._visit(reverse("shop:checkout")),
            Step.VIEW_ORDER: lambda props: self._visit(self._of_order("order", props)),
            Step.VIEW_SUPPORT: self._view_support,
            Step.VIDEO_ENGAGE: self._engage,
            Step.ADD_TO_CART: self._add_to_cart,
            Step.REMOVE_FROM_CART: self._remove,
            Step.CHECKOUT_ERROR: self._fail,
            Step.PURCHASE: self._place,
            Step.CANCEL: lambda props: self._submit(self._of_order("cancel", props)),
            Step.SUPPORT_OPEN: self._open_ticket,
            Step.SUPPORT_REPLY: lambda props: self._submit(self._of_ticket("reply", props), text="Any news?"),
            Step.SUPPORT_RESOLVED: lambda props: self._submit(self._of_ticket("resolve", props)),
        }

    def follow(self, walk: Walk) -> None:
        """Raises NoSuchForm where the shop does not let the story go on: something is sold out, say."""
        self.browser.path = self._arrived = ""
        for trail in walk.trails:
            (_, _, step, props), *seen = trail.events
            self._source, self._campaign = trail.context.source, trail.context.campaign
            # What staff does (a refund), and what the shop has no page for, is left out.
            if doing := self._doings.get(Step.named(step)):
                doing(props)
                self._say(seen)

    def _say(self, seen: list[tuple[int, int, str, Props]]) -> None:
        """The browser sees the blocks that this page drew, whatever the story thought they were."""
        blocks = iter(self.browser.page.blocks)
        told: list[tuple[int, str, Props]] = []
        for _, dt, step, props in seen:
            if step == Step.TRAIL_END:
                props = self.browser.before
            elif step == Step.VIEW_BLOCK:
                props = props | {"block": next(blocks, "")}
            if props.get("block") != "" and props.get("trail") != "":
                told.append((dt // 1000, step, props))
        self.browser.say(told)

    def _visit(self, path: str, **query: str) -> None:
        arrived, self._arrived = self._arrived, ""
        if path == arrived:
            return
        is_campaign = self._source not in ("", "direct") and "." not in self._source
        query |= {"utm_source": self._source} if is_campaign else {}
        query |= {"utm_campaign": self._campaign} if self._campaign else {}
        referrer = f"https://{self._source}/" if "." in self._source else ""
        self.browser.get(f"{path}?{urlencode(query)}" if query else path, referrer)

    def _submit(self, action: str, **answers: str) -> None:
        self.browser.submit(action, **answers)
        self._arrived = self.browser.path

    def _view_item(self, props: Props) -> None:
        path = reverse("shop:product", args=[props["product"]])
        self._visit(path, **({"video": props["video"]} if "video" in props else {}))

    def _view_support(self, props: Props) -> None:
        """Without a ticket yet, this is the form for one."""
        self._visit(self._of_ticket("ticket", props) if "ticket" in props else reverse("shop:open-ticket"))

    def _engage(self, props: Props) -> None:
        self.browser.fetch(reverse("shop:engage"), props | {"on": "1"})

    def _add_to_cart(self, props: Props) -> None:
        action = reverse("shop:add-to-cart", args=[props["product"]])
        self._submit(action, **{name: str(props[name]) for name in ("sku", "quantity", "method", "video")})

    def _remove(self, props: Props) -> None:
        self._submit(reverse("shop:update-line", args=[props["sku"]]), quantity="0")

    def _fail(self, props: Props) -> None:
        self._submit(reverse("shop:place"), **ADDRESS | MISTAKES[props["field"], props["code"]])

    def _place(self, props: Props) -> None:
        self._submit(reverse("shop:place"), **ADDRESS | {"payment": props["payment"]})
        self.orders[props["order"]] = self._learnt("order")

    def _open_ticket(self, props: Props) -> None:
        order = self.orders.get(props["order"], "")
        self._submit(
            reverse("shop:open-ticket"), topic=props["kind"], order=order, text="Could you look at this order?"
        )
        self.tickets[props["ticket"]] = self._learnt("ticket")

    def _learnt(self, name: str) -> str:
        """The code in the address we were sent to. Raises NoSuchForm when that is another page: it did not work."""
        match = resolve(self._arrived)
        if match.view_name != f"shop:{name}":
            raise NoSuchForm(f"no {name} after all")
        return str(match.kwargs[name])

    def _of_order(self, name: str, props: Props) -> str:
        return self._known(name, self.orders.get(props["order"]))

    def _of_ticket(self, name: str, props: Props) -> str:
        return self._known(name, self.tickets.get(props["ticket"]))

    @staticmethod
    def _known(name: str, code: str | None) -> str:
        if not code:
            raise NoSuchForm(f"{name} of what never came to be")
        return reverse(f"shop:{name}", args=[code])
