"""Small races in great numbers: what each is about, set up in a few statements, and the attempts of its rivals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

from django.utils import timezone

from journey import facts
from journey.models.participant import new_participant
from journey.steps import Step
from shop.errors import ShopError
from shop.models import Cart, CartLine, Category, Coupon, CouponClaim, Creator, Order, Product, Sku, StockMovement
from shop.services.checkout import checkout_key, place_order
from shop.services.orders import cancel_order
from shop.services.quotes import quote
from shop.services.transactions import in_one_transaction
from tests.shop.buying import ANSWERS

RIVALS = 4
numbers = count(1)
FORM = ANSWERS | {"unit": "", "coupon": ""}


@dataclass(frozen=True)
class Attempt:
    """What one rival does: plain values, to be sent to its process."""

    does: str
    about: int | str = 0
    key: str = ""

    def __call__(self) -> str:
        try:
            in_one_transaction(lambda: globals()[self.does](self.about, self.key))
        except ShopError as error:
            return error.code
        return "done"


def order(cart: int, key: str) -> None:
    participant = new_participant()
    placed = place_order(Cart.objects.get(pk=cart), key, FORM, participant)
    facts.commit(Step.PURCHASE, placed.code, participant=participant, order=placed.code, value=placed.total_cents)


def cancel(order: str, _: str) -> None:
    mine = Order.objects.get(code=order)
    cancel_order(mine)
    facts.commit(Step.CANCEL, order, participant=mine.participant, order=order)


def ship(order: str, _: str) -> None:
    Order.objects.get(code=order).move(Order.Status.SHIPPED)


@dataclass
class Ground:
    """A shop to race in."""

    store: Creator = field(default_factory=lambda: Creator.objects.create(slug="store", handle="store", store_name="S"))
    shelf: Category = field(default_factory=lambda: Category.objects.create(slug="shelf", name="Shelf"))

    def sku(self, stock: int, **deal: object) -> Sku:
        n = next(numbers)
        told = {"title": "Thing", "link_title": "Thing", "summary": "A thing.", "description": "A thing."}
        mine = {"slug": f"thing-{n}", "creator": self.store, "category": self.shelf}
        return self.other(Product.objects.create(**mine, **told, **deal), stock)

    def other(self, product: Product, stock: int) -> Sku:
        sku = Sku.objects.create(
            code=f"S{next(numbers)}", product=product, option="One", price_cents=1_000, stock=stock
        )
        StockMovement.objects.create(sku=sku, change=stock, reason=StockMovement.Reason.OPENING)
        return sku

    def cart(self, *skus: Sku, coupon: Coupon | None = None) -> Callable[[], Attempt]:
        """A buyer's cart; every call is the checkout opened once more."""
        cart = Cart.objects.create(buyer=f"b{next(numbers)}")
        lines = [CartLine(cart=cart, sku=sku, quantity=1, seen_cents=sku.now_cents) for sku in skus]
        CartLine.objects.bulk_create(lines)
        shown = quote(lines)
        if coupon:
            CouponClaim.objects.create(coupon=coupon, buyer=cart.buyer)
            shown = replace(shown, offers=[shown.offered(coupon)])
        return lambda: Attempt("order", cart.pk, checkout_key(cart, shown))

    def last_pieces(self) -> list[Attempt]:
        sku = self.sku(stock=2)
        return [self.cart(sku)() for _ in range(RIVALS)]

    def one_key(self) -> list[Attempt]:
        return [self.cart(self.sku(stock=9))()] * RIVALS

    def two_tabs(self) -> list[Attempt]:
        opened = self.cart(self.sku(stock=9))
        return [opened() for _ in range(RIVALS)]

    def crossed_carts(self) -> list[Attempt]:
        skus = [self.sku(stock=3), self.sku(stock=2)]
        return [self.cart(*skus[:: (-1) ** n])() for n in range(RIVALS)]

    def one_coupon(self) -> list[Attempt]:
        ends = timezone.now() + timedelta(days=1)
        terms = {"kind": "amount", "amount_cents": 300, "limit": 1, "ends_at": ends}
        coupon = Coupon.objects.create(code=f"C{next(numbers)}", **terms)
        # Of a SKU each: the lock of a shared one would make them wait before they come to the coupon.
        return [self.cart(self.sku(stock=1), coupon=coupon)() for _ in range(RIVALS)]

    def one_deal(self) -> list[Attempt]:
        now = timezone.now()
        hour = {"deal_starts_at": now - timedelta(hours=1), "deal_ends_at": now + timedelta(hours=1)}
        first = self.sku(stock=9, deal_percent=50, deal_pieces=1, **hour)
        skus = [first, *(self.other(first.product, stock=9) for _ in range(RIVALS - 1))]
        return [self.cart(sku)() for sku in skus]

    def cancel_or_ship(self) -> list[Attempt]:
        """The order of a buyer who pressed twice is called off twice, and shipped twice."""
        placing = self.cart(self.sku(stock=2))()
        placing()
        code = Order.objects.get(cart=placing.about).code
        return [Attempt("cancel", code), Attempt("ship", code)] * (RIVALS // 2)

    KINDS = ["last_pieces", "one_key", "two_tabs", "crossed_carts", "one_coupon", "one_deal", "cancel_or_ship"]

    def races(self, how_many: int) -> Iterator[list[Attempt]]:
        """One kind after the other, round and round."""
        for n in range(how_many):
            yield getattr(self, self.KINDS[n % len(self.KINDS)])()
