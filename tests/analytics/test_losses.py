"""What is missing on trails, and whose it was: by tables, and against a slow twin that knows what was sent."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.counts.journeys import Taken
from analytics.counts.losses import MOST, losses
from journey.steps import Step

BROWSER, SERVER, END = Step.VIEW_BLOCK.letter, Step.ADD_TO_CART.letter, Step.TRAIL_END.letter


def taken(trail, n, letter=BROWSER, props=None):
    return Taken(1, n, letter, 1, orjson.dumps(props).decode() if props else None, trail, n)


def end(trail, n, of, last):
    return taken(trail, n, END, {"trail": of, "last": last})


@pytest.mark.parametrize(
    ("walk", "missing"),
    [
        ([taken(1, 0), taken(1, 1), taken(1, 2)], 0),
        ([taken(1, 1, SERVER)], 0),  # an act has no page
        ([taken(1, 0)], 0),
        ([taken(1, 2), taken(1, 3)], 1),
        ([taken(1, 0), taken(1, 4)], 3),
        ([taken(1, 0), taken(1, 1), taken(1, 4), taken(1, 6)], 3),
        ([taken(1, 6), taken(1, 1), taken(1, 0), taken(1, 4)], 3),  # in whatever order they happened
        ([taken(1, 0), taken(2, 0), taken(2, 2), taken(1, 1)], 1),
        ([taken(1, 2, SERVER)], 0),  # number 1 was a fact whose transaction was taken back
        ([taken(1, 0), end(2, 1, "1", 3)], 3),
        ([taken(1, 0), taken(1, 3), end(2, 1, "1", 5)], 4),
        ([taken(1, 0), taken(1, 3), end(2, 1, "1", 3)], 2),
        ([taken(1, 0), taken(1, 3), end(2, 1, "1", 0)], 2),
        ([taken(1, 0), end(2, 1, "1", 3), end(3, 1, "1", 4), end(4, 1, "1", 4)], 4),  # a tab that was duplicated
        ([end(2, 1, "1", 3)], 3),  # nothing of that page has arrived
        ([taken(1, 0), taken(1, 60_000)], MOST),
        ([taken(1, 0), end(2, 1, "1", 60_000)], MOST),
        *(([end(2, 1, of, last)], 0) for of, last in ((1, 3), ("x", 3), ("²", 3), ("1", "3"), ("1", -3), ("1", True))),
        ([taken(1, 1, END)], 0),
    ],
)
def test_what_is_missing_below_the_highest_number_of_a_trail(walk, missing):
    assert losses([walk]) == [(len(walk) + missing, missing)]


def test_a_gap_belongs_to_the_journey_of_the_next_step_and_a_tail_to_that_of_the_last():
    first, second = [taken(1, 0), taken(1, 2)], [taken(1, 5), end(2, 1, "1", 9), end(2, 2, "7", 1)]
    assert losses([first, second]) == [(2 + 1, 1), (3 + 2 + 4 + 1, 7)]


@given(
    st.lists(st.integers(0, 8), min_size=1, max_size=4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(1, 8))),
    st.integers(0, 6),
)
def test_whatever_is_dropped_is_missed_once_a_later_page_has_told_the_ends(sent, dropped, journeys):
    """Each page numbers so many steps from 1 on; the last page tells the ends of all before, and is not dropped."""
    events = [taken(trail + 1, n) for trail, last in enumerate(sent) for n in range(last + 1)]
    arrived = [event for event in events if (event.trail - 1, event.n) not in dropped]
    ends = [end(9, n, str(n), last) for n, last in enumerate(sent, 1)]
    walks = [arrived[:journeys], arrived[journeys:] + ends]
    found = losses([walk for walk in walks if walk])
    assert sum(loss.missing for loss in found) == len(events) - len(arrived)
    assert sum(loss.said for loss in found) == len(events) + len(ends)
