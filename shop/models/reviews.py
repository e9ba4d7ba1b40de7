"""What others say about a product: reviews of those who bought it, questions of those who have not yet."""

from decimal import Decimal

from django.db import models

from shop.models.files import file_goes_with_row, url_of
from shop.models.owned import OwnedQuerySet
from shop.models.product import NO_PICTURE, Product

REVIEWS_SHOWN = 30
FEW_RATINGS = 5  # fewer say nothing about a store
POOR_RATING = Decimal("3.5")  # up to here it is not shown


class Review(models.Model):
    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews")
    author = models.CharField(max_length=60)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    option = models.CharField(max_length=60, blank=True)
    helpful = models.PositiveIntegerField(default=0)
    reply = models.TextField(blank=True, help_text="The seller's answer.")
    posted_at = models.DateTimeField()
    buyer = models.CharField(max_length=32, blank=True, db_index=True, help_text="Empty for the demo's reviews.")
    line = models.OneToOneField(
        "shop.OrderLine", models.SET_NULL, null=True, blank=True, related_name="review", help_text="What was bought."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-helpful", "-posted_at"]
        # All that a page asks of a product's reviews each time, so that it is read from the index alone.
        indexes = [models.Index(fields=["product", "stars", "helpful", "changed_at"], name="counts_of_reviews")]
        constraints = [models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="one_to_five_stars")]

    def __str__(self) -> str:
        return f"{self.stars} stars by {self.author}"


class HelpfulVote(models.Model):
    """That a buyer finds it helpful; taken back by deleting it."""

    buyer = models.CharField(max_length=32)
    review = models.ForeignKey(Review, models.CASCADE, related_name="helped")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["buyer", "review"], name="one_helpful_vote_per_review")]

    def __str__(self) -> str:
        return f"{self.review}, helpful"


def first_reviews() -> models.Prefetch:
    """For a product's page: its first reviews as `first_reviews`."""
    return models.Prefetch(
        "reviews", Review.objects.prefetch_related("photos")[:REVIEWS_SHOWN], to_attr="first_reviews"
    )


def well_rated(store: models.OuterRef) -> models.Exists:
    """Whether a store's rating says anything, and is shown."""
    ratings = Review.objects.filter(product__creator=store, product__creator__store_rating__gt=POOR_RATING)
    return models.Exists(ratings.order_by()[FEW_RATINGS - 1 : FEW_RATINGS])


@file_goes_with_row("upload")
class ReviewPhoto(models.Model):
    """A picture of a review: a file below static/ in the demo, else one that was uploaded."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    path = models.CharField(max_length=200, blank=True, help_text="A path below static/.")
    upload = models.FileField(upload_to="reviews/", blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.path or self.upload.name

    @property
    def url(self) -> str:
        return self.upload.url if self.upload else url_of(self.path, NO_PICTURE)


class QuestionQuerySet(models.QuerySet["Question"]):
    def answered(self) -> "QuestionQuerySet":
        """Those that everyone may read."""
        return self.exclude(answer="")


class Question(models.Model):
    """Asked on a product page; public once it is answered."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="questions")
    buyer = models.CharField(max_length=32, blank=True)
    key = models.CharField(max_length=32, blank=True, help_text="Of the form it came from: sent twice, it is one.")
    author = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    answer = models.TextField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "key"], condition=~models.Q(key=""), name="one_question_per_buyer_and_key"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Wish(models.Model):
    """That a buyer saved a product for later."""

    buyer = models.CharField(max_length=32)
    product = models.ForeignKey(Product, models.CASCADE, related_name="wishes")
    seen_cents = models.PositiveBigIntegerField(default=0, help_text="What it cost when it was saved.")
    was_sold_out = models.BooleanField(default=False, help_text="When it was saved.")
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["Wish"].as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["buyer", "product"], name="one_wish_per_product")]

    def __str__(self) -> str:
        return str(self.product)

    @property
    def now_cents(self) -> int | None:
        """What it costs now; None once it has nothing to buy. Wants its product with SKUs."""
        sku = self.product.cheapest
        return sku.now_cents if sku else None

    @property
    def dropped_cents(self) -> int:
        """By how much it has become cheaper since it was saved."""
        return max(0, self.seen_cents - self.now_cents) if self.now_cents is not None else 0

    @property
    def is_back(self) -> bool:
        return self.was_sold_out and not self.product.sold_out
