"""What the shop tab shows above its shelf: categories, deals and coupons, drawn once for everyone."""

from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Case, Q, When

from shop.models import Category, Coupon, Product, sights
from shop.models.live import Rows, Standing, columns, filled, now, of, room_for
from shop.models.shelves import deal_comes, deal_runs
from shop.services.drawings import Drawing

DEALS = 12
REMEMBERED_S = 5  # which deals there are; whether one runs, and at which price, is always asked


class Shelf(NamedTuple):
    """A category, as pages that are drawn for everyone are told of it."""

    slug: str
    name: str
    icon: str


_categories = Standing(lambda: Category.objects.values_list("slug", "name", "icon"))
_front = Standing(lambda: _categories_and_coupons())


def categories() -> list[Shelf]:
    return [Shelf(*row) for row in _categories()]


def storefront() -> Drawing:
    """Its context is `categories`, `deals` and `coupons`."""

    def read() -> tuple:
        ids = _dealt()
        return _front(), sorted(sights.shelf(room_for(len(ids)))(**filled(id=ids), now=now()))

    def load() -> dict:
        return {"categories": categories(), "coupons": list(_for_everyone()), "deals": _deals()}

    return Drawing(read(), read, load)


def _categories_and_coupons():
    """In one query: every category, with all coupons beside it."""
    coupons = of(_for_everyone(), "is_active", Rows(*columns(Coupon)))
    return Category.objects.annotate(coupons=coupons).values_list("slug", "name", "icon", "coupons")


def _for_everyone():
    return Coupon.objects.open().filter(creator=None, audience=Coupon.Audience.ALL)


def _dealt() -> list[int]:
    """What runs, the first to end first; then what comes, the first to start first."""
    return cache.get_or_set("deals", lambda: list(_in_order().values_list("pk", flat=True)[:DEALS]), REMEMBERED_S)


def _in_order():
    comes = Case(When(deal_comes(), then=1), default=0)
    dealt = Product.objects.for_cards().filter(Q(deal_runs()) | Q(deal_comes()))
    return dealt.annotate(comes=comes).order_by("comes", "deal_ends_at", "pk")


def _deals() -> list[Product]:
    products = {product.pk: product for product in Product.objects.for_cards().filter(pk__in=_dealt())}
    told = [products[pk] for pk in _dealt() if pk in products]
    return [product for product in told if product.deal_runs or product.deal_is_coming]
