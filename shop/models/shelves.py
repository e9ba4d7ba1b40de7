"""What products are narrowed down and ordered by, in the words of SQL."""

from django.db import models
from django.db.models.functions import Now

from shop.models.product import Product, Sku
from shop.models.reviews import Review

Cents = models.PositiveBigIntegerField


def deal_runs() -> models.Q:
    """As Deal.deal_runs says it."""
    pieces_left = models.Q(deal_pieces=0) | models.Q(deal_claimed__lt=models.F("deal_pieces"))
    return models.Q(pieces_left, deal_percent__gt=0, deal_starts_at__lte=Now(), deal_ends_at__gt=Now())


def deal_comes() -> models.Q:
    return models.Q(deal_percent__gt=0, deal_starts_at__gt=Now())


def in_stock() -> models.Exists:
    return models.Exists(Sku.objects.filter(product=models.OuterRef("pk"), stock__gt=0))


def with_price(products: models.QuerySet[Product]) -> models.QuerySet[Product]:
    """With `from_cents`: what its card says it costs now, as Product.cheapest and Sku.now_cents say it."""
    sold_out_last = models.Case(models.When(stock=0, then=1), default=0)
    skus = Sku.objects.filter(product=models.OuterRef("pk")).order_by(sold_out_last, "price_cents")
    usual = models.Subquery(skus.values("price_cents")[:1])
    in_deal = models.F("usual_cents") * (100 - models.F("deal_percent")) / 100
    now = models.Case(models.When(deal_runs(), then=in_deal), default=models.F("usual_cents"), output_field=Cents())
    return products.annotate(usual_cents=usual).annotate(from_cents=now)


def with_stars(products: models.QuerySet[Product]) -> models.QuerySet[Product]:
    stars = Review.objects.filter(product=models.OuterRef("pk")).order_by().values("product")
    return products.annotate(average=models.Subquery(stars.annotate(average=models.Avg("stars")).values("average")))
