"""Coupons in a cart and in an order: which of those a buyer has fit, which code may be typed, used once, given back."""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shop.errors import ClaimRefused, CouponGone, TooManyCodes
from shop.models import Cart, CodeGuess, Coupon, CouponClaim, Order
from shop.services.claims import claim_coupon, has_bought
from shop.services.limits import refuse_more
from shop.services.quotes import Offer, Quote

GUESSES, MINUTE = 10, timedelta(minutes=1)  # wrong codes that may be typed within it


def with_coupons(quote: Quote, buyer: str | None, wanted: str = "") -> Quote:
    """The quote with what the buyer's coupons take off it: the best first, then those nearest to be of use.

    Of two that are as good the one that ends first.
    """
    offers = [quote.offered(coupon) for coupon in _coupons_of(buyer)]
    offers.sort(key=lambda offer: (-offer.cents, offer.missing_cents, offer.coupon.ends_at, offer.coupon.pk))
    return replace(quote, offers=offers, wanted=wanted)


def _coupons_of(buyer: str | None) -> list[Coupon]:
    coupons = [claim.coupon for claim in CouponClaim.objects.to_use(buyer) if claim.coupon.is_open]
    if any(coupon.audience == Coupon.Audience.NEW for coupon in coupons) and has_bought(buyer):
        coupons = [coupon for coupon in coupons if coupon.audience != Coupon.Audience.NEW]
    return coupons


def claim_code(cart: Cart, code: str) -> tuple[Coupon, bool]:
    """Claim the coupon of a typed code, and have the best one count again; says whether it is newly claimed.

    Raises ClaimRefused, or TooManyCodes after ten wrong ones within a minute.
    """
    with transaction.atomic():
        Cart.objects.select_for_update().get(pk=cart.pk)  # two guesses at once are two
        refuse_more(GUESSES, MINUTE, CodeGuess.objects.filter(buyer=cart.buyer), "guessed_at", TooManyCodes)
        coupon = Coupon.objects.select_related("creator").filter(code=code.upper()).first()
        if not coupon:
            CodeGuess.objects.filter(guessed_at__lte=timezone.now() - MINUTE).delete()
            CodeGuess.objects.create(buyer=cart.buyer)
    if not coupon:
        raise ClaimRefused(f"We do not know the code {code}. Please look at it once more.")
    new = claim_coupon(cart.buyer, coupon)
    cart.keep(coupon="")
    return coupon, new


def use_coupon(offer: Offer, buyer: str, order: str) -> None:
    """Mark it as used by this order. Raises CouponGone when it was used up or has ended. Wants a transaction."""
    # First the buyer's own row, then the one that all share: giving back locks them in the same order.
    mine = CouponClaim.objects.filter(coupon=offer.coupon, buyer=buyer, order="").update(order=order)
    if not mine or not Coupon.objects.open().filter(pk=offer.coupon.pk).update(used=F("used") + 1):
        raise CouponGone(offer.coupon.code)


def release_coupon(order: Order) -> None:
    """A cancelled order gives its coupon back, once. Wants the transaction of the cancellation."""
    claims = CouponClaim.objects.filter(coupon__code=order.coupon, buyer=order.buyer, order=order.code)
    if order.coupon and claims.update(order=""):
        Coupon.objects.filter(code=order.coupon, used__gt=0).update(used=F("used") - 1)
