"""Every screen and state worth looking at: tests/screenshots.py photographs them, test_accessibility.py has axe read them.

A scene brings a buyer of its own to one state. What only staff or time can change is arranged in the database of the demo
that runs, by `ARRANGED` before and `Showroom.tell` in between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.buyer import Buyer
from tests.stack.demo import Demo

# Sold out, off the shelf, nearly gone, moved in price while it lay in a cart: one product each.
ARRANGED = """
from shop.models import Product, Sku
Product.objects.filter(slug="paw-balm").update(is_listed=False)
Sku.objects.filter(code="PROJ-GREY").update(stock=3)
"""


@dataclass
class Showroom:
    """A demo to walk in, and a way to change what lies in its database."""

    demo: Demo

    def arrange(self) -> "Showroom":
        self.tell(ARRANGED)
        return self

    def tell(self, code: str) -> None:
        status, said = self.demo.run("shell", "-c", code)
        assert status == 0, said


Way = Callable[[Buyer, Showroom], None]


@dataclass
class Scene:
    name: str
    go: Way
    tags: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name


SCENES: list[Scene] = []


def scene(name: str, *tags: str) -> Callable[[Way], Way]:
    def keep(go: Way) -> Way:
        SCENES.append(Scene(name, go, frozenset(tags)))
        return go

    return keep


def page(name: str, path: str) -> None:
    """A scene that is an address and nothing more."""
    SCENES.append(Scene(name, lambda buyer, room: buyer.page.goto(path) and None))


def settled(page: Page) -> None:
    """Pictures have come, sheets have slid in."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)


def last_order(buyer: Buyer) -> str:
    return re.search(r"/orders/(\w+)", buyer.page.url)[1]
