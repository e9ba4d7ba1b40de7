"""Events for tests, as the batches that reach the database."""

from itertools import count

import orjson

from journey.steps import Step

START = 1_790_000_000_000_000  # a Monday in 2026, 14:13:20 UTC
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 86_400 * SECOND

_trails = count(1)


def batch(
    participant: int,
    *events,
    at=START,
    kind="visitor",
    context=("phone", "Chrome", "direct", ""),
    trail=None,
    lost=(),
    **told,
):
    """One trail as bytes; events are (seconds after `at`, step) or (seconds, step, props), not the `lost` ones."""
    return orjson.dumps(
        {
            "participant": participant,
            "kind": kind,
            "trail": trail or next(_trails),
            "t0": at,
            "context": context,
            "events": [
                (n, int(event[0] * SECOND), event[1], *(event[2:] or ({},)))
                for n, event in enumerate(events)
                if n not in lost
            ],
            "dead": [],
            **told,
        }
    )


WATCHED = [(0, Step.VIDEO_START, {"video": "rose-serum-in-a-week", "creator": "mira-glows"})]
INTERESTED = [*WATCHED, (4, Step.VIEW_PROMOTION, {"video": "rose-serum-in-a-week", "product": "rose-serum"})]
TAPPED = [*INTERESTED, (9, Step.SELECT_PROMOTION, {"product": "rose-serum"})]
BOUGHT = [
    *TAPPED,
    (10, Step.VIEW_ITEM, {"product": "rose-serum"}),
    (40, Step.ADD_TO_CART, {"product": "rose-serum", "value": 1690}),
    (50, Step.BEGIN_CHECKOUT),
    (99, Step.PURCHASE, {"value": 1690, "order": "K3V9"}),
]
