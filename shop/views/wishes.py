"""Saving a product for later, and no longer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journey.steps import Step, act
from shop.models import Product
from shop.services.wishes import wish as turn
from shop.views.answers import said


@act(Step.ADD_TO_WISHLIST)
@require_POST
def wish(request: HttpRequest, product: str) -> HttpResponse:
    """`on` says which way; a form without a script can only save, the page of saved things takes back."""
    wanted = get_object_or_404(Product.objects.select_related("category"), slug=product)
    on = request.POST.get("on", "1") == "1"
    if turn(request.buyer.code, wanted, on) and on:
        request.journey.record(Step.ADD_TO_WISHLIST, product=product, category=wanted.category.slug)
    sentence = "Saved. You find it under Saved in the shop." if on else "No longer saved."
    return said(request, sentence, "shop:product", product, on=on)
