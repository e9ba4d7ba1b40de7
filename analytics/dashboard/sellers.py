"""The videos that sold most in some days: from the days of videos alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.urls import reverse

from analytics.answers.questions import default_kinds
from analytics.diagnosis.models import VerdictDay
from analytics.models import VideoDay
from analytics.screens.slugs import named

BEST = 3


@dataclass(frozen=True, slots=True)
class Seller:
    video: str
    impressions: int
    orders: int
    cents: int

    @property
    def name(self) -> str:
        return named(self.video)

    @property
    def url(self) -> str:
        return reverse("admin:analytics_diagnosis_subject", args=[VerdictDay.About.VIDEO, self.video])


def best_sellers(first: date, last: date) -> list[Seller]:
    """By what their orders brought; those without an order are none."""
    days = VideoDay.objects.between(first, last).of_kinds(default_kinds()).order_by()
    sums = days.values_list("video").annotate(Sum("impressions"), sold=Sum("orders"), cents=Sum("order_cents"))
    return [Seller(*row) for row in sums.filter(sold__gt=0).order_by("-cents", "video")[:BEST]]
