"""The question of a diagnosis: about what, of which days, of whom. Answered from what is kept of each day."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from django.db.models import Min, Sum

from analytics.answers.questions import default_kinds
from analytics.diagnosis.bands import Band, Bands, default_bands
from analytics.diagnosis.defaults import DEFAULTS
from analytics.diagnosis.judging import judge
from analytics.diagnosis.models import Benchmark
from analytics.diagnosis.pictures import Picture, anchor_of
from analytics.diagnosis.prices import NUMBERS
from analytics.diagnosis.shop_side import Period, shop_side
from analytics.diagnosis.splits import uneven
from analytics.diagnosis.verdicts import Verdict
from analytics.models import FunnelCount, ProductDay, VideoDay
from analytics.semantics.funnels import SIX_STAGES
from analytics.videos.periods import PRODUCTS, VIDEOS, figures, numbers, product_figures
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

Kinds = Collection[str]


def diagnose(
    *,
    video: str = "",
    product: str = "",
    first: date | None = None,
    last: date | None = None,
    kinds: Kinds | None = None,
) -> list[Verdict]:
    """Verdicts about a video, a product, or (with neither) the shop: the primary cause first, then what else is broken.

    Never empty: where nothing is broken the one verdict says so, where there is too little it is D27. Both days are
    included, None is no limit; without kinds those that reports count.
    """
    picture = picture_of(first, last, kinds, video, product)
    if video or product:
        return judge(picture.of_video(video) if video else picture.of_product(product), last or today())
    return judge(picture.of_shop(), last or today())


def today() -> date:
    return datetime.now(UTC).date()


def picture_of(
    first: date | None, last: date | None, kinds: Kinds | None = None, video: str = "", product: str = ""
) -> Picture:
    """All that is known of some days, read once for as many cases as are wanted.

    Where one video or product is named, of the others only what is needed around its case.
    """
    counted = default_kinds() if kinds is None else kinds
    last = last or today()
    days = first, last, counted
    videos, products, asked = _one(days, video, product) if video or product else _all(days)
    ages = _ages(last, counted)
    whole = (last - first).days + 1 if first else max(ages.values(), default=0)
    lost = FunnelCount.objects.filter(funnel=SIX_STAGES.slug, field="").between(first, last).of_kinds(counted)
    sums = lost.aggregate(said=Sum("said"), missing=Sum("missing"))
    picture = Picture(bands_now(), videos, products, whole, sums["said"] or 0, sums["missing"] or 0, ages)
    picture.prices, picture.uneven = _prices(days, asked), uneven(*days)
    picture.categories = shop_side().categories()
    picture.answers = shop_side().answers(Period(*days), asked)
    return picture


Days = tuple[date | None, date, Kinds]
Found = tuple[dict[str, VideoFigures], dict[str, ProductFigures], list[str] | None]


def _all(days: Days) -> Found:
    return figures(*days), product_figures(*days), None


def _one(days: Days, video: str, product: str) -> Found:
    """With the products whose pages are asked about."""
    videos = {one.video: one for one in numbers(VIDEOS, VideoFigures.numbers(), *days)}
    products = {one.product: one for one in numbers(PRODUCTS, ProductFigures.numbers(), *days)}
    if video:
        videos |= figures(*days, only=[video])
        product = anchor_of(videos[video]) if video in videos else ""
    asked = [product] if product else []
    return videos, products | (product_figures(*days, only=asked) if asked else {}), asked


def _prices(days: Days, only: list[str] | None) -> dict[str, dict[date, ProductFigures]]:
    """Product → day → what tells whether its price was raised."""
    first, last, kinds = days
    rows = ProductDay.objects.between(first, last).of_kinds(kinds)
    rows = rows if only is None else rows.filter(product__in=only)
    found: dict[str, dict[date, ProductFigures]] = {}
    sums = rows.order_by().values_list("product", "day").annotate(*(Sum(name) for name in NUMBERS))
    for slug, day, *counted in sums:
        found.setdefault(slug, {})[day] = ProductFigures(slug, **dict(zip(NUMBERS, counted, strict=True)))
    return found


def _ages(last: date, kinds: Kinds) -> dict[str, int]:
    """Video → days since it was first shown."""
    began = VideoDay.objects.of_kinds(kinds).values_list("video").annotate(first=Min("day")).order_by()
    return {slug: max(0, (last - day).days + 1) for slug, day in began}


def bands_now() -> Bands:
    """What staff has made of the defaults."""
    rows = {row.key: row for row in Benchmark.objects.all()}
    bands, usual = {}, default_bands()
    for default in DEFAULTS:
        row = rows.get(default.key)
        bands[default.key] = Band(row.limit, row.typical or row.limit, row.source) if row else usual[default.key]
    return Bands(bands, frozenset(key for key, row in rows.items() if row.own))
