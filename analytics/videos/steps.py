"""How far the journeys of a video or a product went, by what is tied to it: a journey counts once for a step."""

from dataclasses import dataclass
from typing import Any

from analytics.shares import Whisker, whisker
from analytics.videos.behind import Opener
from analytics.videos.fields import share

# Label, the figure that counts it, and whether it may be left out: then nobody is lost there.
Steps = tuple[tuple[str, str, bool], ...]
_SALE: Steps = (
    ("Into the cart", "cart_journeys", False),
    ("Checkout", "checkout_journeys", False),
    ("Address given", "address_journeys", True),
    ("Payment chosen", "payment_journeys", True),
    ("Bought", "buyer_journeys", False),
    ("Wanted the money back", "return_journeys", True),
    ("Paid back", "refund_journeys", True),
)
VIDEO_STEPS: Steps = (
    ("Shown", "journeys", False),
    ("Began to play", "start_journeys", False),
    ("Watched 2 s", "view_journeys", False),
    ("Watched 6 s", "hold_journeys", True),
    ("To the end", "complete_journeys", True),
    ("Liked, saved, shared", "engage_journeys", True),
    ("Saw the anchor", "anchor_journeys", False),
    ("Tapped it", "click_journeys", False),
    ("Product page", "page_journeys", False),
    *_SALE,
)
PRODUCT_STEPS: Steps = (
    ("Anchor seen", "anchor_journeys", False),
    ("Tapped", "tap_journeys", False),
    ("Opened the page", "journeys", False),
    ("Read a block", "read_journeys", True),
    ("Chose a size or colour", "choose_journeys", True),
    *_SALE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """`height` is percent of the tallest; `of_previous` is None where more came than from the step before."""

    label: str
    n: int
    height: float
    optional: bool
    previous: str
    of_previous: Whisker | None
    more: bool
    biggest: bool
    url: str


def steps_of(steps: Steps, figures: Any, opens: Opener) -> list[Step]:
    """Each beside the last one before it that may not be left out; the largest loss marked."""
    counts = [int(getattr(figures, figure)) for _, figure, _ in steps]
    before = [max((k for k in range(place) if not steps[k][2]), default=None) for place in range(len(steps))]
    lost = [
        0 if k is None or optional else counts[k] - n
        for k, n, (_, _, optional) in zip(before, counts, steps, strict=True)
    ]
    top, worst = max(counts) or 1, lost.index(max(lost)) if max(lost) > 0 else None
    return [
        Step(
            label,
            n := counts[place],
            100 * n / top,
            optional,
            "" if (k := before[place]) is None else steps[k][0],
            whisker(share(n, counts[k])) if k is not None and n <= counts[k] else None,
            k is not None and n > counts[k],
            place == worst,
            opens(figure) if n else "",
        )
        for place, (label, figure, optional) in enumerate(steps)
    ]
