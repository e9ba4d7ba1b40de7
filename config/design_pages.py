"""Where each page of a design can be looked at, as the shop is now, and what a cart needs to be looked at."""

from django.urls import reverse

from shop.models import Creator, Product, Sku


def addresses() -> dict[str, str]:
    """Page of a slot → an address that draws it; pages that need an order or a ticket of somebody have none."""
    found = {name: reverse(f"shop:{name}") for name in ("feed", "shop", "cart", "checkout", "support")}
    seen = Product.objects.filter(videos__isnull=False).order_by("-pk")
    # What is sold out has no button to buy it with.
    product = seen.filter(skus__stock__gt=0, is_listed=True).first() or seen.first() or Product.objects.first()
    creator = Creator.objects.order_by("pk").first()
    if product:
        found["product"] = reverse("shop:product", args=[product.slug])
    if creator:
        found["profile"] = reverse("shop:profile", args=[creator.slug])
    return found


def something_to_buy() -> dict[str, str]:
    """Where to put a SKU into the cart of who looks, and its code; nothing when nothing is for sale."""
    sku = Sku.objects.filter(stock__gt=0, product__is_listed=True).select_related("product").order_by("-pk").first()
    return {"address": reverse("shop:add-to-cart", args=[sku.product.slug]), "sku": sku.code} if sku else {}
