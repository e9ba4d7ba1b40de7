"""How fast waiting events are stored and counted, and how long a report takes."""

import time
from contextlib import contextmanager

MONTH = 3_000


@contextmanager
def stopwatch():
    """Yields a function that gives the seconds so far."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start


def collected_and_counted() -> dict[str, float]:
    """A month of simulated journeys through the stream: events stored a second, events counted a second."""
    from analytics import counting, tasks
    from journey.models import Event, Touched

    _fill_stream()
    with stopwatch() as so_far:
        tasks.collect()
        collected = so_far()
    events = Event.objects.count()
    with stopwatch() as so_far:
        while Touched.objects.exists():
            counting.count()
        counted = so_far()
    return {"events": events, "collected_per_s": events / collected, "counted_per_s": events / counted}


def report_ms() -> dict[str, float]:
    """Milliseconds of the default report, and of one broken down by video: the median of nine."""
    from analytics.reports import FunnelReport

    return {
        name: _median_ms(lambda by=by: FunnelReport.saved("stages", by=by))
        for name, by in {"plain": None, "by video": "video"}.items()
    }


def _median_ms(call) -> float:
    times = []
    for _ in range(9):
        with stopwatch() as so_far:
            call()
            times.append(so_far() * 1000)
    return sorted(times)[4]
