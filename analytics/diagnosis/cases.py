"""What a rule looks at: the figures of one video or product, and of the shop around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.diagnosis.bands import Bands
from analytics.diagnosis.prices import Against, Raised
from analytics.diagnosis.shop_side import Answers
from analytics.diagnosis.splits import Uneven
from analytics.shares import Share
from analytics.videos.fields import share
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

SEEN_AFTER_S = 1  # an anchor is seen when it was there for a second
USUAL_ANCHOR_S = 4  # seconds after which an anchor is seen, when nobody has seen it
HALF = 2  # a spread of watched time is in half seconds
ENOUGH = 30


@dataclass(slots=True)
class Case:
    """`video` is None for a product. `product` is the page: of a video, that of the product it is tapped for most."""

    bands: Bands
    video: VideoFigures | None
    product: ProductFigures
    days: int = 30
    said: int = 0
    missing: int = 0
    aov_cents: float = 0.0  # of the whole shop
    rates: Mapping[str, Share] = field(default_factory=dict)  # of the whole shop, for the steps after a broken one
    shop_days: int = 30  # that are asked about; `days` are fewer of a video that is younger
    others_bounce: Share | None = None  # of the pages of all other products
    price: Against | None = None
    raised: Raised | None = None
    answers: Answers = Answers()  # to tickets about the product  # noqa: RUF009 - never changed
    uneven: tuple[Uneven, ...] = ()  # of the shop's experiments

    @property
    def sale(self) -> VideoFigures | ProductFigures:
        """Whose clicks, carts and orders are meant."""
        return self.video or self.product

    @property
    def clicks(self) -> int:
        return self.sale.clicks if self.video else max(self.product.clicks, self.product.page_views)

    @property
    def pages(self) -> int:
        """Journeys with the page."""
        return self.video.page_journeys if self.video else self.product.journeys

    @property
    def cart(self) -> Share | None:
        return share(self.sale.cart_journeys, self.pages)

    @property
    def order_cents(self) -> float:
        """A mean order: the subject's own, the shop's, or the benchmark."""
        own = self.sale.order_cents / self.sale.orders if self.sale.orders >= ENOUGH else 0
        return own or self.aov_cents or self.bands["aov"].limit

    @property
    def anchor_s(self) -> float:
        """Seconds of a showing after which the anchor is usually seen."""
        found = self.video.anchor_after if self.video else {}
        return middle(found) if sum(found.values()) >= ENOUGH else USUAL_ANCHOR_S


def middle(spread: Mapping[str, int]) -> float:
    """The median of a spread of numbers; 0 when it is empty."""
    left = (sum(spread.values()) + 1) / 2
    for name, n in sorted((int(name), n) for name, n in spread.items()):
        left -= n
        if left <= 0:
            return float(name)
    return 0.0


def watched_for(video: VideoFigures, seconds: float) -> int:
    """Showings that were played for so long."""
    return sum(n for halves, n in video.watch.items() if int(halves) >= seconds * HALF)


def watch_curve(video: VideoFigures, until: int = 16) -> tuple[tuple[str | float, float], ...]:
    """Second → share of showings still watching."""
    whole = sum(video.watch.values())
    return tuple((second, watched_for(video, second) / whole) for second in range(until)) if whole else ()


def bars(spread: Mapping[str, int], most: int = 6) -> tuple[tuple[str | float, float], ...]:
    """The largest of a spread as shares."""
    whole = sum(spread.values())
    largest = sorted(spread.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple((name, n / whole) for name, n in largest) if whole else ()
