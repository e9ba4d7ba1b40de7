"""One page: a product with its shop, ten reviews, eight neighbours."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from tests.bench.floor.models import Product, Review


def page(request):
    product = Product.objects.select_related("shop").get(pk=34)
    reviews = list(Review.objects.filter(product=product).order_by("-id")[:10])
    related = list(Product.objects.filter(shop_id=product.shop_id).exclude(pk=product.pk).order_by("id")[:8])
    return render(request, "page.html", {"product": product, "reviews": reviews, "related": related})


urlpatterns = [
    path("page", page),
    path("hello", lambda request: HttpResponse(b"hello", headers={"Content-Length": "5"})),
    path("healthz/live", lambda request: HttpResponse(b"ok")),
]
