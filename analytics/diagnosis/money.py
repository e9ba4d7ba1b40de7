"""What a broken step costs: put the benchmark's rate into that one step, multiply through, times a mean order."""

from collections.abc import Mapping
from math import exp, sqrt
from typing import NamedTuple

from analytics.diagnosis.bands import Bands
from analytics.diagnosis.cases import ENOUGH, Case
from analytics.diagnosis.verdicts import Lost
from analytics.shares import Share
from analytics.videos.fields import Figures, share
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

SURE = 1.96  # standard errors of a 95 % interval
# From one step of the chain to the next; the last one is an order that is paid.
CHAIN = ("ctr", "arrival", "cart", "checkout", "address", "payment", "paid")


def chain_of(sale: Figures) -> dict[str, Share | None]:
    """The rates of a video or a product, as far as anybody got."""
    assert isinstance(sale, VideoFigures | ProductFigures)  # noqa: S101
    pages = sale.page_journeys if isinstance(sale, VideoFigures) else sale.journeys
    return {
        "ctr": share(sale.clicks, sale.anchors_seen),
        "arrival": share(sale.page_views, sale.clicks) if isinstance(sale, VideoFigures) else None,
        "cart": share(sale.cart_journeys, pages),
        "checkout": share(sale.checkout_journeys, sale.cart_journeys),
        "address": share(sale.addresses, sale.checkouts),
        "payment": share(sale.payments, sale.addresses),
        "paid": share(sale.orders, sale.payments),
    }


def rates_of(sale: Figures) -> dict[str, Share]:
    """Those that enough stand behind."""
    return {key: found for key, found in chain_of(sale).items() if found and found.whole >= ENOUGH and found.part}


class Chance(NamedTuple):
    """A product of rates, and how unsure it is: the variance of its logarithm, which adds up over measured rates."""

    value: float = 1.0
    variance: float = 0.0

    def times(self, found: Share | float) -> "Chance":
        """A benchmark is taken as it is; a measured rate p of n has the variance (1 - p) / (p * n)."""
        if isinstance(found, Share):
            return Chance(
                self.value * found.value, self.variance + (found.whole - found.part) / (found.part * found.whole)
            )
        return Chance(self.value * found, self.variance)


def lost_at(case: Case, step: str, inputs: int) -> Lost:
    """What the inputs of one step would have brought more, had it been at its benchmark.

    Steps behind it go on as they are; where too few got that far, as in the whole shop; else at their benchmark.
    """
    return _more(case, inputs * case.bands[step].typical, after(step, rates_of(case.sale), case.rates, case.bands))


def lost_before(case: Case, seen: int) -> Lost:
    """The same of a step before the anchor is seen: had so many seen it, and all else gone on as it does."""
    own = rates_of(case.sale)
    tapped = own.get("ctr") or case.rates.get("ctr") or case.bands["ctr"].typical
    return _more(case, seen, after("ctr", own, case.rates, case.bands).times(tapped))


def after(step: str, own: Mapping[str, Share], shop: Mapping[str, Share], bands: Bands) -> Chance:
    """The share of those past a step who will have paid in the end."""
    reached = Chance()
    for later in CHAIN[CHAIN.index(step) + 1 :]:
        reached = reached.times(own.get(later) or shop.get(later) or bands[later].typical)
    return reached


def _more(case: Case, inputs: float, reached: Chance) -> Lost:
    """More than was sold, which is no estimate. The ends are those of a 95 % interval of the rates behind the step."""
    reach = exp(SURE * sqrt(reached.variance))
    expected = inputs * reached.value
    return Lost(
        *(cents_of(case, orders - case.sale.orders) for orders in (expected, expected / reach, expected * reach))
    )


def lost_between(case: Case, people: float, apart: float, ends: tuple[float, float]) -> Lost:
    """Had so many people filled the cart as much more often as two groups are apart; `ends` of that difference."""
    sale = case.sale
    paid = sale.orders / sale.cart_journeys if sale.cart_journeys else 0.0
    return Lost(*(cents_of(case, people * difference * paid) for difference in (apart, *ends)))


def cents_of(case: Case, orders: float) -> int:
    return max(0, round(orders * case.order_cents))
