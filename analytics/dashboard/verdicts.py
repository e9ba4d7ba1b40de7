"""What the diagnosis has told: whose verdict has changed, and which popular videos do not sell. One or two queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Max, Q
from django.urls import reverse

from analytics.models import VerdictDay
from analytics.screens.slugs import named

DAYS, MOST, POPULAR = 7, 6, 5
HEALTHY, UNTOLD = "", "D27"


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict as a line: about what, in a sentence, and where its evidence is. `was` is the key before, if any;
    `video` is whose product it is about.
    """

    row: VerdictDay
    was: str = ""
    video: VerdictDay | None = None

    @property
    def about(self) -> VerdictDay:
        return self.video or self.row

    @property
    def name(self) -> str:
        return named(self.about.slug) or "The shop"

    @property
    def sentence(self) -> str:
        return f"Its product, {named(self.row.slug)}: {self.row.sentence}" if self.video else self.row.sentence

    @property
    def is_well(self) -> bool:
        return self.row.key == HEALTHY

    @property
    def url(self) -> str:
        if not self.about.slug:
            return reverse("admin:analytics_diagnosis")
        return reverse("admin:analytics_diagnosis_subject", args=[self.about.about, self.about.slug])


def latest_day() -> date | None:
    day: date | None = VerdictDay.objects.aggregate(last=Max("day"))["last"]
    return day


def changed(last: date | None) -> list[Told]:
    """Verdicts that became others in the last seven days, the newest first, of a day what costs most.

    Only what is certain is a change: from too early to tell to certain is none, unless something is broken now.
    """
    if last is None:
        return []
    rows = VerdictDay.objects.filter(day__gt=last - timedelta(days=DAYS + 1), day__lte=last)
    days: dict[tuple[str, str], list[tuple[date, str, bool]]] = {}
    for about, slug, day, key, is_certain in rows.order_by("day").values_list("about", "slug", "day", "key", "certain"):
        days.setdefault((about, slug), []).append((day, key, is_certain))
    found = [(day, subject, was) for subject, told in days.items() for day, was in _changes(told)]
    found = sorted(found, key=lambda one: one[0], reverse=True)[: 3 * MOST]
    kept = {
        (row.about, row.slug, row.day): row for row in rows.filter(slug__in={subject[1] for _, subject, _ in found})
    }
    lines = [Told(kept[*subject, day], was) for day, subject, was in found if (*subject, day) in kept]
    return sorted(lines, key=lambda line: (line.row.day, line.row.lost_cents), reverse=True)[:MOST]


def _changes(told: list[tuple[date, str, bool]]) -> list[tuple[date, str]]:
    """The days on which it became another, with the key before."""
    certain = [(day, key) for day, key, is_certain in told if is_certain]
    found = [(day, was) for (_, was), (day, key) in pairwise(certain) if key != was]
    first = next(((day, key) for day, key in certain), None)
    if first and first[0] != told[0][0] and first[1] != HEALTHY:
        found.append((first[0], "D27"))
    return found


def popular_without_sale(last: date | None) -> list[Told]:
    """Of the videos that something is broken about for certain, or about the product they lead to, those that are shown
    most. Of the second kind the verdict is the product's, and the video has none of its own.
    """
    if last is None:
        return []
    broken = VerdictDay.objects.filter(day=last, certain=True).exclude(key__in=(HEALTHY, UNTOLD))
    pages = broken.filter(about=VerdictDay.About.PRODUCT)
    wanted = Q(pk__in=broken.values("pk")) | Q(product__in=pages.values("slug"))
    videos = VerdictDay.objects.filter(wanted, day=last, about=VerdictDay.About.VIDEO)
    told = list(videos.order_by("-views", "slug")[:POPULAR])
    behind = [row.product for row in told if not _is_broken(row)]
    of_page = {row.slug: row for row in pages.filter(slug__in=behind)} if behind else {}
    return [Told(row) if _is_broken(row) else Told(of_page[row.product], video=row) for row in told]


def _is_broken(row: VerdictDay) -> bool:
    return row.certain and row.key not in (HEALTHY, UNTOLD)
