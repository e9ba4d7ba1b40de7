"""Coupons: claimed by a buyer, used once, and only so often in all."""

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from shop.models.feed import Creator


class CouponQuerySet(models.QuerySet["Coupon"]):
    def open(self) -> "CouponQuerySet":
        """Those that can be claimed or used now."""
        not_used_up = models.Q(limit=0) | models.Q(used__lt=models.F("limit"))
        return self.filter(not_used_up, is_active=True, starts_at__lte=Now(), ends_at__gt=Now())

    def of_store(self, creator: Creator) -> "CouponQuerySet":
        """The store's own and those of the whole shop."""
        return self.filter(models.Q(creator=creator) | models.Q(creator=None))


class Coupon(models.Model):
    """Takes something off one order: a store's coupon off that store's things, one without a store off everything."""

    class Kind(models.TextChoices):
        PERCENT = "percent", "percent off"
        AMOUNT = "amount", "an amount off"
        SHIPPING = "shipping", "free shipping"

    class Audience(models.TextChoices):
        ALL = "all", "everyone"
        FOLLOWERS = "followers", "followers of the store"
        NEW = "new", "who has not ordered yet"

    code = models.CharField(max_length=20, unique=True, help_text="What a buyer can type, like ROSE10.")
    creator = models.ForeignKey(
        Creator, models.CASCADE, null=True, blank=True, related_name="coupons", help_text="Empty: for every store."
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    percent = models.PositiveSmallIntegerField(default=0, help_text="5 to 90, for percent off.")
    amount_cents = models.PositiveIntegerField(default=0, help_text="At least 50, for an amount off.")
    least_cents = models.PositiveIntegerField(default=0, help_text="From which subtotal on it can be used.")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ALL)
    limit = models.PositiveIntegerField(default=0, help_text="How many orders may use it; 0: any number.")
    used = models.PositiveIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["ends_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(limit=0) | models.Q(used__lte=models.F("limit")), name="coupon_not_used_too_often"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        in_time = self.starts_at <= timezone.now() < self.ends_at
        return self.is_active and in_time and (not self.limit or self.used < self.limit)

    def clean(self) -> None:
        self.code = self.code.upper()
        if not slug_re.fullmatch(self.code):
            raise ValidationError({"code": "A code is letters, digits, - and _: it is part of an address."})
        if self.kind == self.Kind.PERCENT and not 5 <= self.percent <= 90:
            raise ValidationError({"percent": "Percent off is 5 to 90."})
        if self.kind == self.Kind.AMOUNT and self.amount_cents < 50:
            raise ValidationError({"amount_cents": "An amount off is at least 50 cents."})
        if 0 < (self.limit or 0) < self.used:
            raise ValidationError({"limit": f"{self.used} orders have used it already."})
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "A coupon ends after it starts."})


class CouponClaimQuerySet(models.QuerySet["CouponClaim"]):
    def to_use(self, buyer: str | None) -> "CouponClaimQuerySet":
        """What this buyer has and has not used yet."""
        return self.filter(buyer=buyer or "", order="").exclude(buyer="").select_related("coupon__creator")


class CouponClaim(models.Model):
    """That a buyer has a coupon; `order` is the code of the order that used it, empty again when that is cancelled."""

    coupon = models.ForeignKey(Coupon, models.CASCADE, related_name="claims")
    buyer = models.CharField(max_length=32, db_index=True)
    order = models.CharField(max_length=12, blank=True)
    claimed_at = models.DateTimeField(auto_now_add=True)

    objects = CouponClaimQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coupon", "buyer"], name="one_claim_per_coupon_and_buyer")]

    def __str__(self) -> str:
        return f"{self.coupon} of {self.buyer}"


class CodeGuess(models.Model):
    """That a buyer typed a code which is none of theirs to have; kept for a minute, to slow down guessing."""

    buyer = models.CharField(max_length=32, db_index=True)
    guessed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"guess of {self.buyer}"
