"""How fast waiting events are stored and counted, and how long a report takes."""

import time
from collections.abc import Callable
from datetime import date

MONTH = (date(2026, 11, 1), 30, 7, 4_000)  # until, days, seed, journeys


def collected_and_counted() -> dict[str, float]:
    """A simulated month waits in the stream: events stored a second, events counted a second, on one core."""
    from analytics import collecting, counting
    from journey.models import Event

    _fill_stream()
    collected = _seconds(collecting.collect)
    counted = _seconds(counting.count)
    events = Event.objects.count()
    return {"events": events, "collected_per_s": events / collected, "counted_per_s": events / counted}


def _fill_stream() -> None:
    from django.conf import settings

    from analytics.simulation.arms import sights
    from analytics.simulation.crowd import Period, crowd
    from analytics.simulation.pipeline import payloads_of
    from config.management.commands.simulate import shop_world
    from journey import streams

    pipeline = streams.stream().pipeline(transaction=False)
    for _, walks in crowd(Period.before(*MONTH), shop_world(), sights()):
        for payload in payloads_of(walks):
            pipeline.xadd(settings.STREAM_KEY, {"batch": payload})
    pipeline.execute()


def report_ms() -> dict[str, float]:
    """Milliseconds of the default report, plain and by video: the median of nine."""
    from analytics.funnels import SIX_STAGES
    from analytics.questions import Question
    from analytics.reports import report

    return {
        by or "plain": _median_ms(lambda by=by: report(Question(SIX_STAGES, kinds=frozenset({"simulated"}), by=by)))
        for by in ("", "video")
    }


def _median_ms(call: Callable[[], object]) -> float:
    return sorted(_seconds(call) * 1000 for _ in range(9))[4]


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
