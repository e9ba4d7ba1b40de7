"""What a buyer saved for later: products, with what has become of them, and videos."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journey.steps import Step, page
from shop.models import Engagement, Video, Wish

SHOWN = 100
TABS = {"products": "Products", "videos": "Saved videos", "liked": "Liked"}
KINDS = {"videos": Engagement.Kind.SAVE, "liked": Engagement.Kind.LIKE}


@page(Step.VIEW_SHOP)
@never_cache
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    buyer, tab = request.buyer.known, request.GET.get("tab", "")
    context = {"tab": tab if tab in KINDS else "products", "tabs": TABS}
    if tab in KINDS:
        mine = Video.objects.published().filter(engagements__buyer=buyer or "", engagements__kind=KINDS[tab])
        context["videos"] = mine.order_by("-engagements__pk")[:SHOWN]
    else:
        mine = Wish.objects.of(buyer).select_related("product__creator")
        context["wishes"] = mine.prefetch_related("product__skus", "product__images")[:SHOWN]
    return render(request, "shop/saved/saved.html", context)
