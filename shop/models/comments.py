"""What buyers say about videos: to everyone, and to the shop's staff."""

from django.db import models
from django.utils import timezone

from shop.models.owned import OwnedQuerySet


class CommentQuerySet(OwnedQuerySet["Comment"]):
    def for_sheet(self, buyer: str | None) -> "CommentQuerySet":
        """The pinned one first, then this buyer's own, then the most liked; with whether it is `mine`, and `liked`."""
        mine = models.Case(
            models.When(buyer=buyer or "nobody", then=True), default=False, output_field=models.BooleanField()
        )
        liked = models.Exists(CommentLike.objects.filter(buyer=buyer or "nobody", comment=models.OuterRef("pk")))
        return self.annotate(mine=mine, liked=liked).order_by("-is_pinned", "-mine", "-likes", "-posted_at", "-pk")


class Comment(models.Model):
    video = models.ForeignKey("shop.Video", models.CASCADE, related_name="comments")
    author = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    likes = models.PositiveIntegerField(default=0)
    buyer = models.CharField(max_length=32, blank=True, db_index=True, help_text="Empty for the demo's comments.")
    key = models.CharField(max_length=32, blank=True, help_text="Of the form it came from: sent twice, it is one.")
    is_pinned = models.BooleanField(default=False, help_text="The creator wants everyone to read it first.")
    posted_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-is_pinned", "-likes", "-posted_at"]
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], condition=~models.Q(key=""), name="one_comment_per_form")
        ]

    def __str__(self) -> str:
        return self.text


class CommentLike(models.Model):
    """That a buyer likes it; taken back by deleting it."""

    buyer = models.CharField(max_length=32)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="liked_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["buyer", "comment"], name="one_like_per_comment")]

    def __str__(self) -> str:
        return f"like of “{self.comment}”"


class Report(models.Model):
    """That a buyer finds something wrong with a video; staff decides."""

    class Reason(models.TextChoices):
        MISLEADING = "misleading", "The product is not as shown"
        FAKE = "fake", "Fake or copied"
        DANGEROUS = "dangerous", "Dangerous"
        OFFENSIVE = "offensive", "Hateful or offensive"
        SPAM = "spam", "Spam"
        OTHER = "other", "Something else"

    video = models.ForeignKey("shop.Video", models.CASCADE, related_name="reports")
    buyer = models.CharField(max_length=32)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    reported_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True, help_text="Empty: nobody has looked at it yet.")

    class Meta:
        ordering = ["-reported_at"]
        constraints = [models.UniqueConstraint(fields=["buyer", "video"], name="one_report_per_buyer_and_video")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.video}"
