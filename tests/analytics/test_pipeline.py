"""The promise of the whole pipeline: journeys and counts equal a brute-force count over the raw events."""

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.counting import count
from analytics.funnels import FUNNELS
from analytics.models import FunnelCount, Journey, TouchedDay, offsets
from journey.models import Event, Touched
from journey.steps import Step
from journey.store import store
from tests.analytics import twin
from tests.analytics.taken import MINUTE, START, batch

STEPS = st.sampled_from([Step.of_letter(letter) for letter in "saCAvtKBTf"])
PROPS = st.sampled_from([{}, {"video": "v1", "creator": "c"}, {"video": "v2"}, {"product": "p1"}, {"value": 1690}])
STARTS = st.sampled_from([START + minutes * MINUTE for minutes in (0, 0, 10, 29, 30, 31, 60, 60 * 10)])
CONTEXTS = st.sampled_from([("phone", "Chrome", "direct", "a=x"), ("", "", "", ""), ("tablet", "", "friend", "a=y")])
EVENTS = st.lists(st.tuples(st.sampled_from([0, 0, 3, 60]), STEPS, PROPS), min_size=1, max_size=3)
BATCHES = st.lists(st.tuples(st.integers(1, 3), EVENTS, STARTS, CONTEXTS), min_size=1, max_size=7)


@pytest.mark.both
class Pipeline(TestCase):
    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, st.data())
    def test_any_arrival_leaves_what_brute_force_finds(self, batches, data):
        sent = [batch(number, *events, at=at, context=context) for number, events, at, context in batches]
        arriving = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent), max_size=3))))
        for payload in arriving:
            store([payload])
            if data.draw(st.booleans()):
                count(most=data.draw(st.integers(1, 3)))
        count()
        assert stored_journeys() == (walks := brute_force())
        assert stored_counts() == brute_counts(walks)
        assert not Touched.objects.exists()
        assert not TouchedDay.objects.exists()


def stored_journeys():
    names = ("stage", "revenue_cents", "device", "browser", "source", "arms", "video", "creator", "product", "day")
    return [
        (
            j.participant,
            j.path,
            tuple(j.start + offset for offset in offsets(j.pauses)),
            *(getattr(j, n) for n in names),
        )
        for j in Journey.objects.order_by("participant", "start")
    ]


def brute_force():
    events = sorted(Event.objects.select_related("context"), key=lambda e: (e.participant_id, e.at, e.trail, e.n))
    return [_walk(walk) for _, mine in groupby(events, lambda e: e.participant_id) for walk in _split(list(mine))]


def _split(events):
    cuts = [i for i in range(1, len(events)) if events[i].at - events[i - 1].at > 30 * MINUTE]
    return [events[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]


def _walk(events):
    path, at = "".join(event.step for event in events), [event.at for event in events]
    props = [event.props or {} for event in events]
    entry = next((some for some in props if "video" in some), {})
    return (
        events[0].participant_id,
        path,
        tuple(at),
        twin.walk(FUNNELS["stages"], path, at).reached.bit_length(),
        sum(some.get("value", 0) for event, some in zip(events, props, strict=True) if event.step == "B"),
        *(_first(getattr(event.context, name) for event in events) for name in ("device", "browser", "source", "arms")),
        entry.get("video", ""),
        entry.get("creator", ""),
        _first(some.get("product") for some in props),
        datetime.fromtimestamp(at[0] / 1_000_000, UTC).date(),
    )


def _first(values):
    return next(filter(None, values), "")


def stored_counts():
    return Counter({(c.funnel, c.day, c.reached, c.field, c.value): c.n for c in FunnelCount.objects.all()})


def brute_counts(walks):
    counts = Counter()
    for _, path, at, _, _, device, browser, source, arms, video, creator, product, day in walks:
        values = {"": "", "device": device, "browser": browser, "source": source, "arms": arms}
        values |= {"video": video, "creator": creator, "product": product}
        for funnel in FUNNELS.values():
            reached = twin.walk(funnel, path, list(at)).reached
            counts.update((funnel.slug, day, reached, field, value) for field, value in values.items())
    return counts
