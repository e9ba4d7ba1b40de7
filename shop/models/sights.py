"""What pages show, read live: every row and number that decides how a drawing looks."""

from functools import cache

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast

from shop.models.cart import CartLine
from shop.models.coupons import Coupon, CouponClaim
from shop.models.feed import Creator, Engagement, Video, VideoProduct
from shop.models.live import Hole, Json, Rows, Standing, columns, holes, of
from shop.models.messages import Message
from shop.models.product import Assurance, Category, Product, ProductImage, Sku
from shop.models.reviews import HelpfulVote, Question, Review, ReviewPhoto, Wish, well_rated
from shop.models.support import Ticket

NOW = Hole("now", models.DateTimeField())
SLUG = Hole("slug", models.SlugField())
BUYER = Hole("buyer", models.CharField())
RELATED = 6

VIDEO, CREATOR, PRODUCT = columns(Video), columns(Creator), columns(Product)


def goods(prefix: str = "") -> dict[str, models.Expression]:
    """Of a product: all its SKUs and pictures, and whether its deal runs, comes or neither."""
    mine = OuterRef(f"{prefix}pk")
    starts, ends = f"{prefix}deal_starts_at", f"{prefix}deal_ends_at"
    runs, comes = Q(**{f"{starts}__lte": NOW, f"{ends}__gt": NOW}), Q(**{f"{starts}__gt": NOW})
    return {
        "live_skus": of(Sku.objects.filter(product=mine), "product", Rows(*columns(Sku))),
        "live_images": of(ProductImage.objects.filter(product=mine), "product", Rows(*columns(ProductImage))),
        "live_deal": Case(When(runs, then=1), When(comes, then=2), default=0),
    }


def stars() -> models.Subquery:
    return of(Review.objects.filter(product=OuterRef("pk")), "product", Json(Count("pk"), Sum("stars")))


@cache
def shelf(length: int) -> Standing:
    """Cards of products, `id0`, `id1` …: one row each, its id first."""

    def build():
        listed = Product.objects.filter(pk__in=holes("id", length), is_listed=True)
        told = listed.annotate(**goods(), live_stars=stars())
        return told.order_by().values_list(*PRODUCT, *columns(Creator, "creator__"), *goods(), "live_stars")

    return Standing(build)


def _page():
    """The product first, then its neighbours as Product.objects.like() has them; only of itself is everything asked."""
    itself = Product.objects.filter(slug=SLUG)
    store, category = Subquery(itself.values("creator")), Subquery(itself.values("category"))
    best = Product.objects.filter(is_listed=True).order_by("-sold", "pk").values("pk")
    # The best of each, by an index; of a category twice as many, for those of the store may lead it.
    of_store, of_category = best.filter(creator=store)[: 1 + RELATED], best.filter(category=category)[: 2 * RELATED + 1]
    near = Q(slug=SLUG) | Q(pk__in=of_store) | Q(pk__in=of_category)
    first = Case(When(slug=SLUG, then=0), When(creator=store, then=1), default=2)
    only = {name: Case(When(slug=SLUG, then=told)) for name, told in beside().items()}
    others = Case(When(~Q(slug=SLUG), then=stars()))  # its own are in live_reviews
    # Chosen first, asked about then: SQLite would ask about every product of the store before it sorts them.
    chosen = Product.objects.filter(near, is_listed=True).order_by(first, "-sold", "pk").values("pk")[: 1 + RELATED]
    rows = Product.objects.filter(pk__in=chosen).annotate(**goods(), live_stars=others, **only)
    told = [*PRODUCT, *columns(Creator, "creator__"), *columns(Category, "category__"), *goods(), "live_stars", *only]
    return rows.order_by(first, "-sold", "pk").values_list(*told)


def beside() -> dict[str, models.Expression]:
    """What else stands on a product's page: long lists by how many there are and when one changed last."""
    mine = OuterRef("pk")
    reviews = Review.objects.filter(product=mine)
    photos = ReviewPhoto.objects.filter(review__product=mine)
    questions = Question.objects.filter(product=mine)
    promises = Product.assurances.through.objects.filter(product=mine)
    coupons = Coupon.objects.open().filter(Q(creator=OuterRef("creator")) | Q(creator=None))
    videos = VideoProduct.objects.filter(product=mine, video__is_published=True)
    source = Video.objects.published().filter(slug=Hole("source", models.SlugField()), anchors__product=mine)
    texts = [one.attname for one in Product._meta.concrete_fields if one.attname not in PRODUCT]
    return {
        "live_texts": Json(*texts),
        "live_reviews": of(
            reviews, "product", Json(Count("pk"), Sum("stars"), Max("pk"), Max("changed_at"), Sum("helpful"))
        ),
        "live_photos": of(photos, "review__product", Json(Count("pk"), Max("pk"))),
        "live_questions": of(questions, "product", Json(Count("pk"), Max("pk"), Max("changed_at"))),
        "live_promises": of(promises, "product", Rows(*columns(Assurance, "assurance__", long=True))),
        "live_coupons": of(coupons, "is_active", Rows(*columns(Coupon))),
        "live_videos": of(
            videos,
            "product",
            Json(
                Count("pk"), Max("pk"), Max("video__changed_at"), Max("video__creator__changed_at"),
                Sum("video__likes"), Sum("video__views"), Sum("position"),
            ),
        ),
        "live_rated": well_rated(OuterRef("creator")),
        "live_source": Exists(source),
    }  # fmt: skip


page = Standing(_page)


def _order():
    """When the order of the feed may be another, the video that leads it, and what this buyer does not want to see."""
    hidden = Engagement.objects.filter(buyer=BUYER, kind=Engagement.Kind.HIDE)
    changed = Subquery(Video.objects.order_by("-changed_at").values("changed_at")[:1])
    leads = Subquery(Video.objects.published().filter(slug=SLUG).values("pk")[:1])
    newest = Video.objects.annotate(changed=changed, leads=leads, hidden=of(hidden, "buyer", Rows("video_id")))
    return newest.order_by("-pk").values_list("pk", "changed", "leads", "hidden")[:1]


order = Standing(_order)


@cache
def clips(length: int) -> Standing:
    """Videos `id0`, `id1` … with their creators."""

    def build():
        shown = Video.objects.published().filter(pk__in=holes("id", length))
        return shown.order_by().values_list(*VIDEO, *columns(Creator, "creator__"))

    return Standing(build)


@cache
def anchors(length: int) -> Standing:
    """The listed products on videos `id0`, `id1` …, each with its video's id first."""

    def build():
        shown = VideoProduct.objects.filter(video__id__in=holes("id", length), product__is_listed=True)
        told = shown.annotate(**goods("product__"))
        return told.order_by("video_id", "position").values_list(
            "video_id", "position", *columns(Product, "product__"), *goods()
        )

    return Standing(build)


@cache
def mine(videos: int, creators: int, products: int) -> Standing:
    """This buyer's own among these: (kind, key) each; ("cart", how many are in it); ("news", ticket)."""

    def build():
        engaged, claims = Engagement.objects.filter(buyer=BUYER), CouponClaim.objects.filter(buyer=BUYER)
        liked = engaged.filter(kind__in=["like", "save"], video__id__in=holes("video", videos))
        followed = engaged.filter(kind="follow", creator__id__in=holes("creator", creators))
        wished = Wish.objects.filter(buyer=BUYER, product__id__in=holes("product", products))
        helped = HelpfulVote.objects.filter(buyer=BUYER, review__product__id__in=holes("product", products))
        carts = CartLine.objects.filter(cart__buyer=BUYER).values("cart").annotate(count=Sum("quantity"))
        unread = Message.objects.to_read().filter(ticket=OuterRef("pk"), pk__gt=OuterRef("buyer_saw"))
        answered = Ticket.objects.filter(Exists(unread), buyer=BUYER)
        return _told(carts, Value("cart"), "count").union(
            _told(liked, F("kind"), "video__slug"),
            _told(followed, Value("follow"), "creator__slug"),
            _told(wished, Value("wish"), "product__slug"),
            _told(claims, Value("claim"), "coupon__code"),
            _told(helped, Value("helpful"), "review_id"),
            _told(answered, Value("news"), "code"),
            all=True,
        )

    return Standing(build)


def _told(rows: models.QuerySet, kind: models.Expression, key: str) -> models.QuerySet:
    text = models.TextField()
    return rows.order_by().values_list(Cast(kind, text), Cast(key, text))
