"""Creators, their videos, and what buyers do with them."""

from django.db import models
from django.db.models.functions import RowNumber

from shop.models.files import is_clip, is_file, url_of
from shop.models.product import NO_PICTURE, Product


class Creator(models.Model):
    """Someone who makes videos and runs a store."""

    slug = models.SlugField(unique=True)
    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    bio = models.CharField(max_length=300, blank=True)
    avatar = models.CharField(max_length=200, blank=True, validators=[is_file], help_text="A path below static/.")
    portrait = models.FileField(upload_to="pictures/", blank=True, help_text="Uploaded; shown instead of the avatar.")
    followers = models.PositiveIntegerField(default=0)
    following = models.PositiveIntegerField(default=0)
    likes = models.PositiveIntegerField(default=0)
    store_name = models.CharField(max_length=80)
    store_rating = models.DecimalField(max_digits=2, decimal_places=1, default=5)
    store_sold = models.PositiveIntegerField(default=0)
    response_rate = models.PositiveSmallIntegerField(default=100, help_text="Percent answered within a day.")
    ships_from = models.CharField(max_length=80, blank=True)
    business_name = models.CharField(max_length=120, blank=True, help_text="Who is behind the store, by law.")
    contact = models.EmailField(blank=True, help_text="Shown masked, like m…@example.com.")
    is_official = models.BooleanField(default=False, help_text="The brand itself, not a reseller.")
    free_shipping_from_cents = models.PositiveIntegerField(
        null=True, blank=True, help_text="From which subtotal on this store ships for nothing; empty: never."
    )
    liked_videos = models.ManyToManyField("Video", blank=True, related_name="liked_by")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["handle"]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def masked_contact(self) -> str:
        """m…@example.com: enough to know it again, not enough to write to."""
        name, at, host = self.contact.partition("@")
        return f"{name[:1]}…{at}{host}" if at else ""

    @property
    def avatar_url(self) -> str:
        return self.portrait.url if self.portrait else url_of(self.avatar or "shop/avatar.svg", "shop/avatar.svg")


class VideoQuerySet(models.QuerySet["Video"]):
    def published(self) -> "VideoQuerySet":
        """Those that can be played: one whose upload is not prepared yet has no clip."""
        return self.filter(is_published=True).exclude(clip="", movie="")

    def with_creator(self) -> "VideoQuerySet":
        return self.published().select_related("creator")

    def for_feed(self) -> "VideoQuerySet":
        """With all that a feed card draws: four queries for any number of videos."""
        anchors = models.Prefetch("anchors", VideoProduct.objects.select_related("product"))
        return (
            self.published()
            .select_related("creator")
            .prefetch_related(anchors, "anchors__product__skus", "anchors__product__images")
        )

    def for_sheet(self) -> "VideoQuerySet":
        """With all that the sheet of its products draws."""
        anchors = models.Prefetch("anchors", VideoProduct.objects.select_related("product__creator"))
        return self.published().prefetch_related(anchors, "anchors__product__skus", "anchors__product__images")

    def followed_by(self, buyer: str | None) -> "VideoQuerySet":
        """Of the creators this buyer follows, without what they do not want to see."""
        follows = _engaged(buyer, "follow", creator=models.OuterRef("creator"))
        return self.filter(follows, ~_engaged(buyer, "hide", video=models.OuterRef("pk")))

    def made_for(self, product: str) -> "VideoQuerySet":
        """The videos that show it alone or first before those where it is one of several."""
        place = VideoProduct.objects.filter(video=models.OuterRef("pk"), product__slug=product).values("position")
        return self.annotate(place=models.Subquery(place)).order_by("place", "-posted_at")

    def mixed(self, first: str = "") -> "VideoQuerySet":
        """Creators take turns: the newest of each, the most watched first, then their second newest; `first` leads."""
        turn = models.Window(
            RowNumber(), partition_by=models.F("creator"), order_by=(models.F("posted_at").desc(), models.F("pk"))
        )
        leads = models.Case(models.When(slug=first, then=0), default=1)
        return self.annotate(turn=turn, leads=leads).order_by("leads", "turn", "-views", "-posted_at", "pk")


def _engaged(buyer: str | None, kind: str, **target: models.OuterRef) -> models.Exists:
    return models.Exists(Engagement.objects.filter(buyer=buyer or "", kind=kind, **target))


class Video(models.Model):
    """A short vertical clip, with the products that are tied to it."""

    slug = models.SlugField(unique=True)
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="videos")
    clip = models.CharField(
        max_length=200,
        blank=True,
        validators=[is_clip],
        help_text="A path below static/, without .mp4; its poster ends in .webp.",
    )
    movie = models.FileField(upload_to="videos/", blank=True, editable=False, help_text="Made of an upload.")
    poster = models.FileField(upload_to="videos/", blank=True, editable=False)
    caption = models.CharField(max_length=200, blank=True)
    sound = models.CharField(max_length=80, blank=True)
    likes = models.PositiveIntegerField(default=0)
    saves = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)
    posted_at = models.DateTimeField()
    is_published = models.BooleanField(default=True)
    is_pinned = models.BooleanField(default=False, help_text="Stands first on its creator's profile.")
    changed_at = models.DateTimeField(auto_now=True)
    products = models.ManyToManyField(Product, through="VideoProduct", related_name="videos")

    objects = VideoQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at"]
        indexes = [models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return self.slug

    @property
    def live_anchors(self) -> list["VideoProduct"]:
        """The products a buyer may be sent to; wants the prefetch of for_feed."""
        return [anchor for anchor in self.anchors.all() if anchor.product.is_listed]

    @property
    def clip_url(self) -> str:
        return self.movie.url if self.movie else url_of(f"{self.clip}.mp4") if self.clip else ""

    @property
    def poster_url(self) -> str:
        return self.poster.url if self.poster else url_of(f"{self.clip}.webp" if self.clip else NO_PICTURE)


class VideoProduct(models.Model):
    """A product tied to a video: the first one is its anchor."""

    video = models.ForeignKey(Video, models.CASCADE, related_name="anchors")
    product = models.ForeignKey(Product, models.CASCADE, related_name="anchors")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["video", "product"], name="one_anchor_per_video_and_product")]

    def __str__(self) -> str:
        return f"{self.product} on {self.video}"


class Engagement(models.Model):
    """That a buyer likes, saves, shared or hides a video, or follows its creator; taken back by deleting it."""

    class Kind(models.TextChoices):
        LIKE = "like", "like"
        SAVE = "save", "save"
        SHARE = "share", "share"
        FOLLOW = "follow", "follow"
        HIDE = "hide", "not interested"

    buyer = models.CharField(max_length=32)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="engagements")
    video = models.ForeignKey(Video, models.CASCADE, null=True, blank=True, related_name="engagements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "kind", "video"], name="engaged_once_per_video"),
            models.UniqueConstraint(
                fields=["buyer", "kind", "creator"],
                condition=models.Q(video=None),
                name="engaged_once_per_creator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.video or self.creator}"
