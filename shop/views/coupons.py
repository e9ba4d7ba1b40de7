"""Claiming a coupon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journey.steps import Step, act
from shop.errors import ShopError
from shop.models import Coupon
from shop.services.claims import claim_coupon
from shop.views.answers import refused, said


@act(Step.CLAIM_COUPON)
@require_POST
def claim(request: HttpRequest, coupon: str) -> HttpResponse:
    wanted = get_object_or_404(Coupon.objects.select_related("creator"), code=coupon.upper())
    try:
        new = claim_coupon(request.buyer.code, wanted)
    except ShopError as error:
        return refused(request, error, "shop:cart")
    if new:
        store = {"creator": wanted.creator.slug} if wanted.creator else {}
        request.journey.record(Step.CLAIM_COUPON, code=wanted.code, **store)
    sentence = "It is yours. It comes off at the checkout." if new else "You have this coupon already."
    return said(request, sentence, "shop:cart", on=True)
