"""The segments of two periods side by side, and what one in ten fewer losses would be worth."""

import re
from datetime import date

import pytest
from django.urls import reverse

from analytics.answers.comparisons import compared as compared_whole
from analytics.answers.questions import Question
from analytics.answers.reports import FunnelReport, Segment, lines_of, top
from analytics.answers.segment_comparisons import compared
from analytics.answers.what_if import WhatIf, what_if
from analytics.counts.counting import count
from analytics.counts.tallies import Tally
from analytics.semantics.funnels import SHOP
from analytics.stats import q_values
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import DAY, batch

WEEK = Question(SHOP, date(2026, 11, 24), by=("device",))


def tally(*counts):
    found = Tally()
    for step, (reached, following) in enumerate(zip(counts, (*counts[1:], 0), strict=True)):
        found.add_some((1 << step + 1) - 1, reached - following, (0, 0, 0))
    return found


def answer(**segments):
    total = Tally()
    for counts in segments.values():
        total.include(tally(*counts))
    some = [Segment(value, tally(*counts), SHOP, (value,)) for value, counts in segments.items()]
    return FunnelReport(WEEK, total.n, 0, 0, 0, lines_of(SHOP, total), some, [], False, total)


def link(step, value):
    return f"{value}/{step}"


def test_a_segment_has_the_differences_it_would_have_alone_and_q_values_of_all():
    now = answer(phone=(1000, 300, 150, 40), desktop=(400, 100, 60, 30))
    then = answer(desktop=(380, 160, 90, 31), phone=(900, 200, 100, 30))
    found = compared(now, then, link, link)
    assert [row.value for row in found.rows] == ["phone", "desktop"]
    alone = [
        compared_whole(answer(a=n), answer(a=t))
        for n, t in [((1000, 300, 150, 40), (900, 200, 100, 30)), ((400, 100, 60, 30), (380, 160, 90, 31))]
    ]
    for row, steps in zip(found.rows, alone, strict=True):
        for cell, step in zip(row.cells, steps, strict=True):
            assert (cell.difference.low, cell.difference.high, cell.difference.p) == (
                step.difference.low,
                step.difference.high,
                step.difference.p,
            )
    cells = [cell.difference for row in found.rows for cell in row.cells if cell.difference.p is not None]
    assert [d.q for d in cells] == pytest.approx(q_values([d.p for d in cells]))
    assert found.looked_at == len(cells) == 6
    assert [(value, cell.now.label) for value, cell in found.certain] == [
        ("phone", "Added to cart"),
        ("desktop", "Added to cart"),
    ]
    assert (found.rows[0].cells[1].now_url, found.rows[1].cells[3].then_url) == ("phone/1", "desktop/3")


def test_of_many_segments_with_one_difference_by_chance_none_is_certain():
    """p is 0.03 in one of thirty: alone it would pass, among thirty it does not."""
    same = {f"video-{n}": (100, 50, 0, 0) for n in range(29)}
    found = compared(answer(odd=(100, 50, 0, 0), **same), answer(odd=(100, 66, 0, 0), **same), link, link)
    assert found.rows[0].cells[1].difference.p < 0.05
    assert found.certain == []


def test_who_is_only_in_one_of_the_periods_is_said():
    found = compared(
        answer(phone=(50, 5, 0, 0), watch=(40, 4, 0, 0)), answer(phone=(50, 5, 0, 0), tv=(7, 0, 0, 0)), link, link
    )
    assert [(row.value, row.cells[1].difference.value) for row in found.rows] == [("phone", 0.0), ("watch", None)]
    assert [(one.value, one.lines[0].count) for one in found.gone] == [("tv", 7)]


def test_small_segments_that_are_summed_up_are_compared_with_the_same_sum():
    now = answer(a=(90, 9, 0, 0), b=(50, 5, 0, 0), c=(30, 3, 0, 0))
    then = answer(b=(70, 7, 0, 0), a=(60, 6, 0, 0), d=(10, 1, 0, 0))
    found = compared(top(now, 1), then, link, link)
    assert [(row.value, row.cells[0].now.count, row.cells[0].then.count) for row in found.rows] == [
        ("a", 90, 60),
        ("2 others", 80, 80),
    ]
    assert (found.gone, found.rows[1].cells[0].now_url) == ([], "")


def test_one_in_ten_of_the_lost_goes_on_like_those_who_did():
    lines = lines_of(SHOP, tally(1000, 300, 150, 60))
    assert what_if(SHOP, lines) == [
        WhatIf("Added to cart", 700, 0.2, 14.0, 14 / 60),
        WhatIf("Purchase", 90, 1.0, 9.0, 9 / 60),
        WhatIf("Checkout", 150, 0.4, 6.0, 6 / 60),
    ]


def test_with_few_at_the_goal_nothing_is_reckoned():
    assert what_if(SHOP, lines_of(SHOP, tally(1000, 300, 150, 29))) == []


def test_the_page_compares_segments_and_says_that_what_if_is_no_forecast(db, admin_client):
    phone, desktop = ("phone", "Chrome", "direct", ""), ("desktop", "Chrome", "direct", "")
    bought = [(0, Step.VIEW_ITEM), (1, Step.ADD_TO_CART), (2, Step.BEGIN_CHECKOUT), (3, Step.PURCHASE)]
    now, before = now_us() - DAY, now_us() - 8 * DAY
    store([batch(n, *bought[: 4 if n % 2 else 1], at=now, context=phone) for n in range(1, 91)])
    store([batch(n, *bought[: 4 if n % 9 == 0 else 1], at=before, context=phone) for n in range(101, 191)])
    store([batch(n, *bought[:1], at=now, context=desktop) for n in range(201, 206)])
    count()
    page = admin_client.get(
        reverse("admin:analytics_funnel"), {"funnel": "shop", "period": "7", "compare": "previous", "by": "device"}
    )
    text = re.sub(r"\s+", " ", page.content.decode())
    assert "Certainly changed: <strong>phone</strong>, Added to cart +38.9." in text
    assert "<small>nobody then</small>" in text
    assert "This is arithmetic, not a forecast" in text
