"""What a browser may say."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.intake import accept
from journey.trails import DAY_US, Context, Trail, now_us

DEEP = orjson.loads(b"[" * 1_000 + b"]" * 1_000)


def trail() -> Trail:
    return Trail(5, "visitor", 99, now_us() - 10_000_000, Context())


def taken(*events):
    walk = trail()
    return accept(walk, list(events)), [(n, dt, step, props) for n, dt, step, props in walk.events]


def test_a_good_event_joins_the_trail_in_microseconds():
    event = {"n": 1, "dt": 1_500, "step": "video_start", "props": {"video": "waffle", "muted": True}}
    assert taken(event) == ([], [(1, 1_500_000, "video_start", {"video": "waffle", "muted": True})])


def test_an_event_of_the_future_happens_now():
    dead, [(_, dt, _, _)] = taken({"n": 1, "dt": 999_999_999, "step": "video_start"})
    assert dead == []
    assert 10_000_000 <= dt < 11_000_000


def test_after_the_clock_was_set_back_what_comes_late_stays_behind_what_came_early():
    walk = Trail(5, "visitor", 99, now_us() + 3_600_000_000, Context())
    events = [{"n": 1, "dt": 10, "step": "video_start"}, {"n": 2, "dt": 900_000_000, "step": "video_start"}]
    assert accept(walk, events) == []
    assert [dt for _, dt, _, _ in walk.events] == [10_000, DAY_US]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"n": 1, "dt": 5, "step": "teleport"}, "there is no step 'teleport'"),
        ({"n": 1, "dt": 5, "step": "purchase"}, "a browser may not say 'purchase'"),
        ({"n": 0, "dt": 5, "step": "video_start"}, "n must be a whole number from 1 up"),
        ({"n": True, "dt": 5, "step": "video_start"}, "n must be a whole number from 1 up"),
        ({"n": 2**40, "dt": 5, "step": "video_start"}, "n must be a whole number from 1 up"),
        ({"n": 1, "dt": -5, "step": "video_start"}, "dt must be whole milliseconds since the page arrived"),
        ({"n": 1, "dt": 0.5, "step": "video_start"}, "dt must be whole milliseconds since the page arrived"),
        ({"n": 1, "dt": 5, "step": "video_start", "props": [1]}, "props is an object of at most 20 names"),
        ({"n": 1, "dt": 5, "step": "video_start", "props": {"a": {}}}, "props.a must be a plain value"),
        ({"n": 1, "dt": 5, "step": "video_start", "props": {"a": "x\0"}}, "props.a is too long, or holds a NUL"),
        ({"n": 1, "dt": 5, "step": "video_start", "props": {"a": 2**60}}, "props.a is too large"),
        ({"n": 1, "dt": 5, "step": DEEP}, "step is a name"),
        ({"n": 1, "dt": 5, "step": "video_start", "props": {"a": DEEP}}, "props.a must be a plain value"),
        (DEEP, "an event is an object"),
        ("video_start", "an event is an object"),
        (None, "an event is an object"),
    ],
)
def test_a_bad_event_is_refused_by_name_beside_the_good_ones(event, reason):
    good = {"n": 7, "dt": 1, "step": "video_start"}
    dead, events = taken(event, good)
    assert ([why for _, why in dead], len(events)) == ([reason], 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(json_values | st.fixed_dictionaries({"n": json_values, "dt": json_values, "step": json_values})))
def test_whatever_arrives_is_taken_or_refused_and_never_fails(events):
    walk = trail()
    dead = accept(walk, events)
    assert len(dead) + len(walk.events) == len(events)
