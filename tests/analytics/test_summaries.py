"""Of what is told again, the last one counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.counts.counting import count
from analytics.counts.summaries import superseded
from analytics.models import Journey
from analytics.timelines import timeline
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import batch

WATCH, BLOCK = Step.WATCH, Step.VIEW_BLOCK


def test_the_last_word_on_a_showing_counts_and_other_showings_and_pages_stand():
    events = [
        (1, 4, WATCH, {"showing": 1, "watch_ms": 10_000}),
        (1, 6, WATCH, {"showing": 2, "watch_ms": 500}),
        (1, 9, WATCH, {"showing": 1, "watch_ms": 12_000}),
        (2, 3, WATCH, {"showing": 1, "watch_ms": 700}),
        (1, 5, BLOCK, {"block": "price", "dwell_ms": 1_000}),
        (1, 8, BLOCK, {"block": "price", "dwell_ms": 4_000}),
        (1, 7, Step.VIDEO_START, {"showing": 1}),
    ]
    assert superseded(events) == {(1, 4), (1, 5)}


def test_one_that_names_no_showing_stands_for_itself():
    assert superseded([(1, 1, WATCH, {"watch_ms": 5}), (1, 2, WATCH, {"watch_ms": 6})]) == set()


told = st.tuples(
    st.integers(1, 3),
    st.integers(0, 30),
    st.sampled_from([WATCH, BLOCK]),
    st.fixed_dictionaries({"showing": st.integers(1, 2), "block": st.sampled_from("ab")}),
)


@given(st.lists(told, unique_by=lambda event: event[:2]))
def test_whatever_the_order_of_arrival_one_is_left_of_each(events):
    left_out = superseded(events)
    key = lambda event: (event[0], event[2], event[3]["showing" if event[2] is WATCH else "block"])  # noqa: E731
    best = {}
    for event in events:
        best[key(event)] = max(best.get(key(event), -1), event[1])
    assert {event[:2] for event in events} - left_out == {(trail, n) for (trail, _, _), n in best.items()}


@pytest.mark.django_db
def test_the_timeline_of_a_journey_shows_a_showing_once_and_its_path_all_that_was_said():
    told = [(seconds, WATCH, {"showing": 1, "watch_ms": seconds * 1_000}) for seconds in (10, 20, 24)]
    store([batch(5, (0, Step.VIEW_FEED), *told)])
    count()
    journey = Journey.objects.get()
    assert journey.path == "fwww"
    assert [(row.clock, row.card.step, row.notes[:1]) for row in timeline(journey).rows] == [
        ("0:00.0", Step.VIEW_FEED, [""]),
        ("0:00.0", WATCH, ["24 s played"]),
    ]
