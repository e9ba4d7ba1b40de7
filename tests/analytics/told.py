"""Events of one journey for tests, as the timeline reads them: seconds since it began, step, properties."""

from itertools import count

from analytics.timelines.told import Told

SECOND = 1_000_000
VIDEO = {"video": "rose-serum-in-a-week", "creator": "mira-glows"}


def told(*events, trail=1):
    """(seconds, step) or (seconds, step, props), of one page."""
    numbers = count()
    return [
        Told(int(event[0] * SECOND), trail, next(numbers), event[1], event[2] if len(event) > 2 else {})
        for event in events
    ]


def in_order(*pages):
    """Events of several pages, as the database gives them."""
    return sorted(event for page in pages for event in page)
