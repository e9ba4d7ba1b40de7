"""A flash deal: for some hours a product costs some percent less, maybe only for the first few pieces."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

LONGEST = timedelta(hours=72)


class Deal(models.Model):
    """The columns of a product's deal, one at a time. `deal_claimed` counts the pieces sold at its price."""

    deal_percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="10 to 90; empty: no deal.")
    deal_starts_at = models.DateTimeField(null=True, blank=True)
    deal_ends_at = models.DateTimeField(null=True, blank=True)
    deal_pieces = models.PositiveIntegerField(default=0, help_text="How many there are at this price; 0: no limit.")
    deal_claimed = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def deal_is_planned(self) -> bool:
        return bool(self.deal_percent and self.deal_starts_at and self.deal_ends_at)

    @property
    def deal_runs(self) -> bool:
        return (
            self.deal_is_planned and self.deal_starts_at <= timezone.now() < self.deal_ends_at and self.deal_left != 0
        )

    @property
    def deal_is_coming(self) -> bool:
        return self.deal_is_planned and timezone.now() < self.deal_starts_at

    @property
    def deal_left(self) -> int | None:
        """Pieces left at the deal's price; None when there is no limit."""
        return max(0, self.deal_pieces - self.deal_claimed) if self.deal_pieces else None

    @property
    def deal_claimed_percent(self) -> int:
        return min(100, self.deal_claimed * 100 // self.deal_pieces) if self.deal_pieces else 0

    def price_in_deal(self, cents: int) -> int:
        """What `cents` come to while the deal runs, rounded to the buyer's favour."""
        return cents * (100 - self.deal_percent) // 100 if self.deal_runs else cents

    def clean(self) -> None:
        told = [self.deal_percent, self.deal_starts_at, self.deal_ends_at]
        if not any(told):
            return
        if not all(told):
            raise ValidationError("A deal needs its percent, its start and its end.")
        if not 10 <= self.deal_percent <= 90:
            raise ValidationError({"deal_percent": "A deal takes off 10 to 90 percent."})
        if not timedelta(0) < self.deal_ends_at - self.deal_starts_at <= LONGEST:
            raise ValidationError({"deal_ends_at": "A deal ends after it starts, and lasts 72 hours at most."})
