"""Claiming a coupon: who may have which, once each, with a sentence for everyone who may not."""

from django.utils import timezone
from django.utils.formats import date_format

from shop.errors import ClaimRefused
from shop.models import Coupon, CouponClaim, Engagement, Order


def claim_coupon(buyer: str, coupon: Coupon) -> bool:
    """Give the coupon to the buyer; False when they have it already. Raises ClaimRefused."""
    if CouponClaim.objects.filter(coupon=coupon, buyer=buyer).exists():
        return False
    if not coupon.is_open:
        raise ClaimRefused(_why_closed(coupon))
    if why := _why_not_for(coupon, buyer):
        raise ClaimRefused(why)
    return CouponClaim.objects.get_or_create(coupon=coupon, buyer=buyer)[1]


def _why_closed(coupon: Coupon) -> str:
    now = timezone.now()
    if coupon.is_active and now < coupon.starts_at:
        return f"This coupon can be claimed from {_day(coupon.starts_at)} on."
    if coupon.ends_at <= now:
        return f"This coupon ended on {_day(coupon.ends_at)}."
    return "All of these coupons are gone." if coupon.is_active else "This coupon is no longer offered."


def _why_not_for(coupon: Coupon, buyer: str) -> str:
    if coupon.audience == Coupon.Audience.NEW and has_bought(buyer):
        return "This coupon is for a first order, and you have ordered before."
    if coupon.audience == Coupon.Audience.FOLLOWERS and not _follows(buyer, coupon):
        store = coupon.creator.store_name if coupon.creator else "a store"
        return f"This coupon is for followers. Follow {store}, then claim it."
    return ""


def has_bought(buyer: str | None) -> bool:
    """An order that was cancelled is none."""
    return Order.objects.of(buyer).exclude(status=Order.Status.CANCELLED).exists()


def _follows(buyer: str, coupon: Coupon) -> bool:
    follows = Engagement.objects.filter(buyer=buyer, kind=Engagement.Kind.FOLLOW)
    return (follows.filter(creator=coupon.creator) if coupon.creator else follows).exists()


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "M j")
