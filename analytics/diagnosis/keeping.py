"""The verdicts of each day, kept so that it can be said which have changed. Derived: told again, they are the same."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from analytics.diagnosis.asking import picture_of, today
from analytics.diagnosis.judging import judge
from analytics.diagnosis.models import VerdictDay
from analytics.diagnosis.pictures import Picture, anchor_of
from analytics.diagnosis.verdicts import Verdict

DAYS = 30  # that are looked at
About = VerdictDay.About


def keep(day: date | None = None) -> int:
    """Tell the primary verdict on everything as of a day, again if need be; returns how many there are."""
    day = day or today()
    picture = picture_of(day - timedelta(DAYS - 1), day)
    rows = [row_of(day, *one) for one in primary_verdicts(picture, day)]
    for row in rows:
        row.product = anchor_of(picture.videos[row.slug]) if row.about == About.VIDEO else ""
    with transaction.atomic():
        # Two workers at once tell the same; the one that comes second finds the rows of the first.
        VerdictDay.objects.filter(day=day).exclude(slug__in=[row.slug for row in rows]).delete()
        VerdictDay.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["day", "about", "slug"],
            update_fields=["key", "sentence", "certain", "lost_cents", "views", "product"],
        )
    return len(rows)


Judged = tuple[VerdictDay.About, str, int, list[Verdict]]  # about what, its slug, how often it was seen, verdicts


def primary_verdicts(picture: Picture, day: date) -> Iterator[Judged]:
    """The shop, every video and every product that anybody met, each with its verdicts."""
    shop = picture.of_shop()
    yield About.SHOP, "", shop.video.impressions if shop.video else 0, judge(shop, day)
    for slug, video in sorted(picture.videos.items()):
        yield About.VIDEO, slug, video.impressions, judge(picture.of_video(slug), day)
    for slug, product in sorted(picture.products.items()):
        yield About.PRODUCT, slug, product.page_views, judge(picture.of_product(slug), day)


def row_of(day: date, about: VerdictDay.About, slug: str, views: int, verdicts: list[Verdict]) -> VerdictDay:
    first = verdicts[0]
    told = {"key": first.key, "sentence": first.sentence, "certain": first.certain, "lost_cents": first.lost_cents}
    return VerdictDay(day=day, about=about, slug=slug, views=views, **told)


def changed(day: date | None = None) -> list[tuple[VerdictDay, VerdictDay]]:
    """Verdicts that are not what they were the day before: (before, now), what costs most first."""
    day = day or today()
    before = {(row.about, row.slug): row for row in VerdictDay.objects.filter(day=day - timedelta(1))}
    now = VerdictDay.objects.filter(day=day).order_by("-lost_cents", "about", "slug")
    pairs = [(before[row.about, row.slug], row) for row in now if (row.about, row.slug) in before]
    return [(then, row) for then, row in pairs if then.key != row.key]
