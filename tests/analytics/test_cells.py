"""Which journeys a number counts, and the address that lists them."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from analytics.answers.addresses import params_of
from analytics.answers.cells import Cell, cell_from, ids, params_of_cell, url
from analytics.answers.questions import Question, funnel_from, funnel_of, question_from
from analytics.answers.reports import OTHERS, report
from analytics.counts.counting import count
from analytics.models import Journey
from analytics.semantics.attempts import Limit
from analytics.semantics.funnels import FUNNELS, SHOP, SIX_STAGES, Attempt, Funnel, Order
from analytics.semantics.notation import BadQuestion
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, START, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 21)


@pytest.fixture
def shop():
    """Two watch on a phone, one of them comes back and buys; a third taps on a desktop and looks around."""
    desktop = ("desktop", "Chrome", "direct", "anchor=late")
    store([batch(1, *WATCHED), batch(2, *INTERESTED), batch(1, *BOUGHT[1:], at=START + DAY)])
    store([batch(3, *TAPPED, (20, Step.SEARCH, {}), (21, Step.SCROLL, {}), (30, Step.VIEW_CART, {}), context=desktop)])
    count()


def who(found):
    return [(journey.participant, journey.start) for journey in Journey.objects.filter(pk__in=found).order_by("start")]


def test_a_number_names_exactly_the_journeys_behind_it(shop):
    asked = Question(SIX_STAGES)
    assert who(ids(asked, Cell(3))) == [(3, START)]
    assert who(ids(asked, Cell(1, "lost"))) == [(1, START)]
    assert who(ids(asked, Cell(0, value="", day=MONDAY))) == [(1, START), (2, START), (3, START)]


def test_those_of_a_segment_are_those_of_its_value(shop):
    asked = Question(SIX_STAGES, by=("device",))
    for segment in report(asked).segments:
        for step, line in enumerate(segment.lines):
            assert len(ids(asked, Cell(step, value=segment.value))) == line.count
            assert len(ids(asked, Cell(step, "lost", segment.value))) == line.lost


def test_those_who_are_summed_up_can_be_listed_too():
    store([batch(n, (0, Step.VIDEO_START, {"video": f"video-{n:02}"})) for n in range(1, 54)])
    count()
    assert [participant for participant, _ in who(ids(Question(SIX_STAGES, by=("video",)), Cell(0, value=OTHERS)))] == [
        51,
        52,
        53,
    ]


def test_a_participants_journeys_are_all_behind_their_number(shop):
    bought = Question(funnel_of("video_start,purchase", "7d", "ordered"), unit="participant")
    assert [participant for participant, _ in who(ids(bought, Cell(1)))] == [1, 1]
    assert ids(replace(bought, unit="journey"), Cell(1)) == []


def test_who_was_lost_is_told_apart_by_what_came_next(shop):
    asked = Question(funnel_of("select_promotion,purchase", "7d", "ordered"))
    for then, found in {
        (): 1,
        ("search",): 1,
        ("search", "view_cart", "left"): 1,
        ("*", "*", "left"): 1,
        ("!search",): 0,
        ("!view_cart|scroll",): 1,
        ("left",): 0,
    }.items():
        assert len(ids(asked, Cell(1, "lost", then=then))) == found


def test_a_step_that_the_funnel_does_not_have_is_refused():
    with pytest.raises(BadQuestion, match="there is no step 5"):
        ids(Question(SHOP), Cell(4))


CELLS = [
    Cell(),
    Cell(3, "lost", "rose-serum", date(2026, 9, 22)),
    Cell(19, "lost", then=("*", "!search|scroll", "left")),
]


@pytest.mark.parametrize("cell", CELLS)
def test_the_address_of_a_cell_is_read_back(cell):
    assert cell_from(params_of_cell(cell)) == cell
    params = QueryDict(url(Question(SHOP, MONDAY, MONDAY), cell).partition("?")[2]).dict()
    assert (cell_from(params), params["funnel"], params["from"]) == (cell, "shop", "2026-09-21")


def test_an_address_without_a_step_asks_for_no_cell():
    assert cell_from({"from": "2026-09-21"}) is None


@pytest.mark.parametrize(
    "params",
    [
        {"step": "0"},
        {"step": "x"},
        {"step": "21"},
        {"step": "1", "state": "asleep"},
        {"step": "1", "on": "monday"},
        {"step": "1", "then": "nothing"},
        {"step": "1", "then": "search,search,search,search"},
    ],
)
def test_an_address_that_names_no_cell_is_refused(params):
    with pytest.raises(BadQuestion):
        cell_from(params)


SETS = st.frozensets(st.sampled_from(Step), min_size=1, max_size=3)
WINDOWS = st.integers(1, 10**7).map(lambda seconds: seconds * 1_000_000)
LIMITS = st.builds(Limit, WINDOWS | st.just(0), WINDOWS | st.none()).filter(lambda limit: limit != Limit())


@st.composite
def funnels(draw):
    """Funnels that an address can name."""
    if draw(st.booleans()):
        return draw(st.sampled_from([*FUNNELS.values()]))
    steps = tuple(draw(st.lists(SETS, min_size=1, max_size=5)))
    later = st.integers(1, len(steps) - 1) if len(steps) > 1 else st.nothing()
    limits = sorted(draw(st.dictionaries(later, LIMITS)).items())
    without = sorted(draw(st.dictionaries(later, SETS)).items())
    labels = tuple("|".join(step for step in Step if step in some) for some in steps)
    more = {"limits": tuple(limits), "without": tuple(without), "optional": draw(st.frozensets(later))}
    return Funnel(
        "asked", "Asked", steps, labels, draw(WINDOWS), attempt=draw(st.sampled_from(Attempt)), **more
    )  # in an order: others allow less


QUESTIONS = st.builds(
    Question,
    funnels(),
    st.none() | st.just(MONDAY),
    st.none() | st.just(date(2026, 9, 22)),
    st.frozensets(st.sampled_from(["visitor", "bot", "staff"]), min_size=1),
    st.sampled_from([(), ("device",), ("variant", "source")]),
    st.sampled_from([(), (("video", "rose"),), (("product", "(none)"), ("device", "phone"))]),
    st.sampled_from(["journey", "participant"]),
)


@given(QUESTIONS)
def test_a_question_is_read_back_from_its_address(asked):
    params = params_of(asked)
    assert question_from(params, funnel_from(params)) == replace(asked, only=tuple(sorted(asked.only, key=_place)))


def _place(pair):
    return ["video", "product", "creator", "device"].index(pair[0])


@pytest.mark.parametrize("order", [Order.STRICT, Order.ANY])
def test_other_orders_are_read_back_too(order):
    asked = funnel_of("view_item,add_to_cart", "90s", order)
    assert funnel_from(params_of(Question(asked))) == asked
