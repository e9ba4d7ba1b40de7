"""What is counted of videos and products equals a slow count over the raw events: nothing twice, nothing lost.

FUNNELS_LONG=1 looks at more of them.
"""

import os
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.counts import recounting
from analytics.counts.counting import count
from analytics.models import Journey, VideoDay
from analytics.videos import periods
from journey.steps import Step
from journey.store import store
from tests.analytics import seen_twin
from tests.analytics.seen_around import day
from tests.analytics.taken import DAY, HOUR, MINUTE, START, batch

EXAMPLES = 200 if os.environ.get("FUNNELS_LONG") else 25
VIDEOS, PRODUCTS, ORDERS = st.sampled_from(["one", "two"]), st.sampled_from(["serum", "lamp"]), st.sampled_from("AB")
CENTS, PIECES, MS = st.sampled_from([500, 1690]), st.integers(1, 3), st.sampled_from([0, 900, 2400, 6500, 61_000])
WORTH = {
    "video": VIDEOS,
    "product": PRODUCTS,
    "order": ORDERS,
    "creator": st.sampled_from(["mira", "ode"]),
    "value": CENTS,
    "quantity": PIECES,
    "at_video_ms": MS,
    "watch_ms": MS,
    "start_delay_ms": MS,
    "muted": st.booleans(),
    "showing": st.integers(1, 2),
    "seen": st.integers(0, 2**20 - 1),
    "furthest_percent": st.sampled_from([10, 97, 100]),
    "reason": st.sampled_from(["left", "playing", "too large"]),
    "seconds": st.just(2),
    "percent": st.sampled_from([25, 50]),
    "block": st.sampled_from(["price", "reviews", "coupons"]),
    "dwell_ms": MS,
    "depth": st.integers(1, 9),
    "sheet": st.sampled_from(["choose", "coupons"]),
    "list": st.sampled_from(["video:one", "deals", "related:lamp"]),
    "element": st.sampled_from(["img", "a.tag"]),
    "field": st.sampled_from(["payment", "zip"]),
    "code": st.sampled_from(["declined", "out_of_stock"]),
    "payment": st.sampled_from(["card", "cash"]),
    "kind": st.sampled_from(["like", "follow", "where", "csat", "reopen"]),
    "ticket": st.sampled_from(["T1", "T2"]),
    "sold_out": st.booleans(),
    "stars": st.integers(1, 5),
    "name": st.sampled_from(["LCP", "TTFB"]),
    "rating": st.sampled_from(["good", "poor"]),
    "number": MS,
    "line_1": st.sampled_from(["serum 1 500 one", "lamp 2 1690", "serum 3 0 two"]),
    "line_2": st.sampled_from(["serum 2 1000", "lamp 1 333 two", "lamp 1 0 one"]),
}
NEEDED = {  # what an event of a letter always says; of the rest, it may say some
    "i": ["video"],
    "w": ["video", "watch_ms", "showing"],
    "b": ["block", "dwell_ms", "depth"],
    "M": ["sheet"],
    "j": ["percent"],
    "W": ["name", "rating", "number"],
    "x": ["field", "code"],
    "J": ["field"],
    "n": ["order"],
    "R": ["order"],
    "m": ["order"],
    "e": ["kind"],
}
LINES = ["line_1", "line_2"]
ALSO = (
    {
        "i": ["creator"],
        "s": ["video", "muted", "start_delay_ms"],
        "p": ["video", "seconds"],
        "w": ["seen", "furthest_percent", "reason"],
        "e": ["video", "creator"],
        "v": ["product", "video", "value", "sold_out"],
        "I": ["product", "list"],
        "t": ["product", "video", "value", "quantity"],
        "Y": ["payment"],
        "K": ["product", "video", "value", "quantity", *LINES],
        "B": ["product", "video", "value", "quantity", "order", *LINES],
        "n": ["value"],
        "R": ["value", *LINES],
        "m": ["reason", *LINES],
        "T": ["order", "product", "kind", "ticket"],
        "y": ["ticket", "kind", "stars"],
        "D": ["ticket"],
        "V": ["order", "product", "stars"],
    }
    | {key: ["video", "product", "at_video_ms"] for key in "aA"}
    | {key: ["video"] for key in "Xl"}
)
ALSO |= {key: ["product", "video"] for key in "hrQ"} | {key: ["element"] for key in "dg"}
LETTERS = "isXpwlaAeivvbkMjWEdgzfPtorhQIKSYxJBBnRmTyDV"


@st.composite
def events(draw):
    letter = draw(st.sampled_from(LETTERS))
    named = NEEDED.get(letter, []) + [name for name in ALSO.get(letter, []) if draw(st.integers(0, 3))]
    props = {name: draw(WORTH[name]) for name in dict.fromkeys(named)}
    return draw(st.sampled_from([0, 1, 4, 40])), Step.of_letter(letter), props


STARTS = st.sampled_from([START + gap for gap in (0, 0, 5 * MINUTE, 2 * HOUR, DAY, DAY + HOUR, 3 * DAY)])
CONTEXTS = st.sampled_from([("phone", "Chrome", "direct", ""), ("phone", "Safari", "", ""), ("", "", "", "")])
BATCHES = st.lists(
    st.tuples(
        st.integers(1, 2), st.lists(events(), min_size=1, max_size=8), STARTS, st.sampled_from([None, 7, 8]), CONTEXTS
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.both
class Seen(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, st.data())
    def test_any_journeys_leave_what_brute_force_finds(self, batches, data):
        sent = [batch(n, *walk, at=at, trail=trail, context=c) for n, walk, at, trail, c in batches]
        for payload in data.draw(st.permutations(sent)):
            store([payload])
            if data.draw(st.booleans()):
                count(most=1)
        count()
        kinds = dict(Journey.objects.values_list("participant", "kind"))
        assert stored() == seen_twin.counted(kinds)
        first = START // DAY * DAY + data.draw(st.integers(-1, 3)) * DAY
        first, last = day((first,)), day((first + data.draw(st.integers(0, 3)) * DAY,))
        for period in ((first, last), (None, last), (first, None), (None, None)):
            assert people(*period) == people_of(seen_twin.met(kinds), *period)
        assert recounting.drift().differences == []


@pytest.mark.both
@pytest.mark.django_db
def test_when_an_anchor_came_is_said_only_of_a_showing_whose_beginning_is_known():
    seen = [(2, Step.VIDEO_VIEW, {"video": "one"}), (5, Step.VIEW_PROMOTION, {"video": "one"})]
    store([batch(1, *seen), batch(2, (0, Step.VIDEO_IMPRESSION, {"video": "one"}), *seen)])
    count()
    assert [row.spreads["as"] for row in VideoDay.objects.all()] == [{"5": 1}]


def stored():
    found = {}
    for table, (model, figures, name) in {"video": periods.VIDEOS, "product": periods.PRODUCTS}.items():
        for row in model.objects.all():
            cells = {(number, None): getattr(row, number) for number in figures.numbers()}
            codes = figures.codes()
            cells |= {(codes[c], key): n for c, names in row.spreads.items() for key, n in names.items()}
            found[table, row.day, row.kind, getattr(row, name)] = {cell: n for cell, n in cells.items() if n}
    return found


def people(first, last):
    asked = {"video": periods.figures, "product": periods.product_figures}
    found = {(t, slug): one.participants for t, ask in asked.items() for slug, one in ask(first, last, KINDS).items()}
    return {key: n for key, n in found.items() if n}


def people_of(met, first, last):
    found = defaultdict(set)
    for key, sights in met.items():
        found[key] |= {who for day, _, who in sights if (not first or day >= first) and (not last or day <= last)}
    return {key: len(some) for key, some in found.items() if some}


KINDS = ("visitor", "bot")
