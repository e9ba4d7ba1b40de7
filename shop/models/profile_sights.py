"""What a creator's profile and store show, read live: every row and number that decides how they look."""

from django.db import models
from django.db.models import Count, Max, OuterRef, Q, Sum

from shop.models.coupons import Coupon
from shop.models.feed import Creator, Video
from shop.models.live import Json, Rows, Standing, columns, of
from shop.models.product import Product
from shop.models.reviews import well_rated
from shop.models.sights import CREATOR, PRODUCT, SLUG, goods, stars


def _profile():
    """Its own row, whether its rating is shown, and the state of what hangs on it."""
    mine = OuterRef("pk")
    videos = Video.objects.published()
    state = Json(Count("pk"), Max("pk"), Max("changed_at"), Sum("views"))
    coupons = Coupon.objects.open().filter(Q(creator=mine) | Q(creator=None))
    told = {
        "live_rated": well_rated(mine),
        "live_videos": of(videos.filter(creator=mine), "creator", state),
        "live_liked": of(videos.filter(liked_by=mine), "liked_by", state),
        "live_coupons": of(coupons, "is_active", Rows(*columns(Coupon))),
    }
    return Creator.objects.filter(slug=SLUG).annotate(**told).values_list(*CREATOR, *told)


def _store():
    """All that is listed in a store, with its category."""
    listed = Product.objects.filter(creator__slug=SLUG, is_listed=True)
    told = listed.annotate(**goods(), live_stars=stars(), live_category=models.F("category__name"))
    return told.order_by("pk").values_list(*PRODUCT, *goods(), "live_stars", "live_category")


profile = Standing(_profile)
store = Standing(_store)
