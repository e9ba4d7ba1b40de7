"""All figures of some days, and the case of each video and product in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from analytics.diagnosis.bands import Bands
from analytics.diagnosis.cases import Case
from analytics.diagnosis.money import chain_of, rates_of
from analytics.diagnosis.prices import Against, against, raised
from analytics.diagnosis.shop_side import Answers
from analytics.diagnosis.splits import Uneven
from analytics.shares import Share
from analytics.videos.fields import share
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures


@dataclass
class Picture:
    """What is known of the shop in some days.

    Where it is known: `ages`, the days since a video was first shown; `categories` of products; `prices`, day by day,
    of products whose page is asked about; `answers` to tickets by product; `uneven`, of the shop's experiments.
    """

    bands: Bands
    videos: Mapping[str, VideoFigures]
    products: Mapping[str, ProductFigures]
    days: int
    said: int = 0
    missing: int = 0
    ages: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    prices: Mapping[str, Mapping[date, ProductFigures]] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    uneven: tuple[Uneven, ...] = ()

    def of_video(self, slug: str) -> Case:
        video = self.videos.get(slug) or VideoFigures(video=slug)
        anchor = anchor_of(video)
        page = self.products.get(anchor) or ProductFigures(product=anchor)
        others = [known for name, known in self.videos.items() if name != slug]
        return self._case(video, page, self._medians(others), self.ages.get(slug, self.days))

    def of_product(self, slug: str) -> Case:
        page = self.products.get(slug) or ProductFigures(product=slug)
        others = [known for name, known in self.products.items() if name != slug]
        return self._case(None, page, self._medians(others), self.days)

    def of_shop(self) -> Case:
        """All of it as one video and one page. People who met several videos stand there several times."""
        video, page = VideoFigures(), ProductFigures()
        for one in self.videos.values():
            video.include(one)
            video.participants += one.participants
        for other in self.products.values():
            page.include(other)
        answers = sum(self.answers.values(), Answers())
        return replace(self._case(video, page, self.bands, self.days), answers=answers, uneven=self.uneven)

    def _case(self, video: VideoFigures | None, page: ProductFigures, bands: Bands, days: int) -> Case:
        whole = self._whole
        aov = whole.order_cents / whole.orders if whole.orders else 0.0
        case = Case(bands, video, page, min(days, self.days), self.said, self.missing, aov, rates_of(whole))
        case.shop_days = self.days
        case.others_bounce = share(whole.bounces - page.bounces, whole.page_views - page.page_views)
        case.price, case.raised = self._against(page), raised(self.prices.get(page.product, {}))
        case.answers = self.answers.get(page.product, case.answers)
        return case

    def _against(self, page: ProductFigures) -> Against | None:
        """Its price beside those of its own category."""
        mine = self.categories.get(page.product)
        others = (one for slug, one in self.products.items() if slug != page.product)
        return against(page, (one for one in others if self.categories.get(one.product) == mine)) if mine else None

    @cached_property
    def _whole(self) -> ProductFigures:
        whole = ProductFigures()
        for one in self.products.values():
            whole.include(one)
        return whole

    def _medians(self, others: Iterable[VideoFigures | ProductFigures]) -> Bands:
        found: dict[str, list[Share]] = {}
        for one in others if self.bands.own else ():
            rates = {**chain_of(one), "bounce": one.bounce, "paid": one.payment_rate}
            rates["hold"] = one.hold_3s if isinstance(one, VideoFigures) else None
            for key, rate in rates.items():
                if rate:
                    found.setdefault(key, []).append(rate)
        return self.bands.among(found)


def anchor_of(video: VideoFigures) -> str:
    """The product it is tapped for most; where nobody taps, the one that is seen most."""
    wanted = video.clicked or video.offered
    return max(sorted(wanted), key=lambda product: wanted[product], default="")
