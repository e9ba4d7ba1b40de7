"""Creators, their videos, and what buyers do with them."""

from django.db import models
from django.templatetags.static import static

from shop.models.product import Product


class Creator(models.Model):
    """Someone who makes videos and runs a store."""

    slug = models.SlugField(unique=True)
    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    bio = models.CharField(max_length=300, blank=True)
    avatar = models.CharField(max_length=200, blank=True, help_text="A path below static/.")
    followers = models.PositiveIntegerField(default=0)
    following = models.PositiveIntegerField(default=0)
    likes = models.PositiveIntegerField(default=0)
    store_name = models.CharField(max_length=80)
    store_rating = models.DecimalField(max_digits=2, decimal_places=1, default=5)
    store_sold = models.PositiveIntegerField(default=0)
    response_rate = models.PositiveSmallIntegerField(default=100, help_text="Percent answered within a day.")
    ships_from = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["handle"]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def avatar_url(self) -> str:
        return static(self.avatar) if self.avatar else static("shop/avatar.svg")


class VideoQuerySet(models.QuerySet["Video"]):
    def published(self) -> "VideoQuerySet":
        return self.filter(is_published=True)

    def for_feed(self) -> "VideoQuerySet":
        """With all that a feed card draws: three queries for any number of videos."""
        anchors = models.Prefetch("anchors", VideoProduct.objects.select_related("product").order_by("position"))
        return self.published().select_related("creator").prefetch_related(anchors, "anchors__product__skus")


class Video(models.Model):
    """A short vertical clip, with the products that are tied to it."""

    slug = models.SlugField(unique=True)
    creator = models.ForeignKey(Creator, models.CASCADE, related_name="videos")
    clip = models.CharField(max_length=200, help_text="A path below static/, without .mp4; its poster ends in .webp.")
    caption = models.CharField(max_length=200, blank=True)
    sound = models.CharField(max_length=80, blank=True)
    likes = models.PositiveIntegerField(default=0)
    saves = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)
    posted_at = models.DateTimeField()
    is_published = models.BooleanField(default=True)
    products = models.ManyToManyField(Product, through="VideoProduct", related_name="videos")

    objects = VideoQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at"]

    def __str__(self) -> str:
        return self.slug

    @property
    def clip_url(self) -> str:
        return static(f"{self.clip}.mp4")

    @property
    def poster_url(self) -> str:
        return static(f"{self.clip}.webp")


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


class Comment(models.Model):
    video = models.ForeignKey(Video, models.CASCADE, related_name="comments")
    author = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    likes = models.PositiveIntegerField(default=0)
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["-likes", "-posted_at"]

    def __str__(self) -> str:
        return self.text


class Engagement(models.Model):
    """That a buyer likes or saves a video, or follows its creator; taken back by deleting it."""

    class Kind(models.TextChoices):
        LIKE = "like", "like"
        SAVE = "save", "save"
        FOLLOW = "follow", "follow"

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
