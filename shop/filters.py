"""What a buyer narrows a shelf down to, read from the address, and the addresses of one step more or less."""

from dataclasses import asdict, dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict

from shop.asking import number, slug
from shop.models import Product
from shop.models.shelves import deal_runs, in_stock, with_price, with_stars
from shop.templatetags.shop import money

BEST, SALES, NEWEST, CHEAPEST, DEAREST = "best", "sales", "new", "low", "high"
SORTS = {
    BEST: "Best match",
    SALES: "Top sales",
    NEWEST: "Newest",
    CHEAPEST: "Price, low first",
    DEAREST: "Price, high first",
}
ORDERS = {SALES: ["-sold"], NEWEST: [], CHEAPEST: ["from_cents"], DEAREST: ["-from_cents"]}
SWITCHES = {
    "free": "Free shipping",
    "deal": "On deal",
    "rated": "4 stars and up",
    "stock": "In stock",
}
DEAREST_UNITS = 1_000_000


class Link(NamedTuple):
    title: str
    query: str
    is_on: bool = True


class Switch(NamedTuple):
    name: str
    title: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """`low` and `high` are whole units of the currency; an empty field narrows nothing."""

    q: str = ""
    category: str = ""
    low: int | None = None
    high: int | None = None
    free: bool = False
    deal: bool = False
    rated: bool = False
    stock: bool = False
    sort: str = ""
    is_category_page: bool = False

    @classmethod
    def of(cls, asked: QueryDict, q: str = "", page_of: str = "") -> "Filters":
        """What cannot be understood is left out; `page_of` is the category whose page it is."""
        sort = asked.get("sort", "")
        return cls(
            q=q,
            category=page_of or slug(asked, "category"),
            is_category_page=bool(page_of),
            low=number(asked.get("low", "").strip(), DEAREST_UNITS),
            high=number(asked.get("high", "").strip(), DEAREST_UNITS),
            sort=sort if sort in SORTS and (sort != BEST or q) else "",
            **{name: asked.get(name) == "1" for name in SWITCHES},
        )

    @property
    def order(self) -> str:
        """How it is sorted when nothing else was asked for."""
        return self.sort or (BEST if self.q else SALES)

    def narrow(self, products: models.QuerySet[Product]) -> models.QuerySet[Product]:
        """The products that are left, with what sorting needs."""
        if self.category:
            products = products.filter(category__slug=self.category)
        if self.free:
            products = products.filter(shipping_cents=0)
        if self.deal:
            products = products.filter(deal_runs())
        if self.stock:
            products = products.filter(in_stock())
        if self.rated:
            products = with_stars(products).filter(average__gte=4)
        return self._priced(products)

    def _priced(self, products: models.QuerySet[Product]) -> models.QuerySet[Product]:
        if self.low is None and self.high is None and self.sort not in (CHEAPEST, DEAREST):
            return products
        products = with_price(products)
        if self.low is not None:
            products = products.filter(from_cents__gte=self.low * 100)
        if self.high is not None:
            products = products.filter(from_cents__lte=self.high * 100)
        return products

    def query(self, **changes: object) -> str:
        """The address's question with these changes, without the category that the path says already."""
        told = asdict(replace(self, **changes))
        if told.pop("is_category_page"):
            del told["category"]
        return urlencode({name: "1" if value is True else value for name, value in told.items() if _is_said(value)})

    @property
    def full_query(self) -> str:
        """The same for an address whose path says nothing."""
        return self.query(is_category_page=False)

    @property
    def chips(self) -> list[Link]:
        """What is narrowed down now; each leads to the same without it."""
        links = []
        if self.low is not None or self.high is not None:
            links.append(Link(self._range(), self.query(low=None, high=None)))
        links += [Link(SWITCHES[name], self.query(**{name: False})) for name in SWITCHES if getattr(self, name)]
        if self.category and not self.is_category_page:
            links.append(Link(self.category.replace("-", " ").capitalize(), self.query(category="")))
        return links

    @property
    def cleared(self) -> str:
        """The question without any filter."""
        nothing = dict.fromkeys(SWITCHES, False) | {"low": None, "high": None}
        return self.query(**nothing, category=self.category if self.is_category_page else "")

    @property
    def sorts(self) -> list[Link]:
        offered = SORTS if self.q else {name: title for name, title in SORTS.items() if name != BEST}
        first = next(iter(offered))
        return [
            Link(title, self.query(sort="" if name == first else name), name == self.order)
            for name, title in offered.items()
        ]

    @property
    def switches(self) -> list[Switch]:
        return [Switch(name, title, getattr(self, name)) for name, title in SWITCHES.items()]

    def _range(self) -> str:
        low, high = (
            None if units is None else money(units * 100).removesuffix(".00") for units in (self.low, self.high)
        )
        if low and high:
            return f"{low} to {high}"
        return f"From {low}" if low else f"Up to {high}"


def _is_said(value: object) -> bool:
    return value is not None and value is not False and value != ""
