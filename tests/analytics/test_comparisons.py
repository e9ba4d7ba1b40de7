"""Two periods side by side: the days, the differences, and what is said of them."""

from datetime import date

import pytest

from analytics.answers.comparisons import Difference, compared, months_before, other_days
from analytics.answers.questions import Question
from analytics.answers.reports import FunnelReport, lines_of
from analytics.counts.tallies import Tally
from analytics.semantics.funnels import SHOP
from analytics.semantics.notation import BadQuestion
from analytics.stats import newcombe, q_values, two_shares

TODAY = date(2026, 11, 30)
WEEK = Question(SHOP, date(2026, 11, 24))


@pytest.mark.parametrize(
    ("params", "days"),
    [
        ({}, None),
        ({"compare": "previous"}, (date(2026, 11, 17), date(2026, 11, 23))),
        ({"compare": "week"}, (date(2026, 11, 17), date(2026, 11, 23))),
        ({"compare": "month"}, (date(2026, 10, 24), date(2026, 10, 30))),
        ({"compare": "year"}, (date(2025, 11, 24), date(2025, 11, 30))),
        (
            {"compare": "own", "compare_from": "2026-01-01", "compare_to": "2026-01-31"},
            (date(2026, 1, 1), date(2026, 1, 31)),
        ),
        ({"compare_from": "2026-01-01"}, (date(2026, 1, 1), date(2026, 1, 1))),
    ],
)
def test_the_days_to_compare_with(params, days):
    assert other_days(WEEK, params, TODAY) == days


def test_the_end_of_a_month_stays_the_end_of_a_month():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


def test_all_days_have_no_days_before_them():
    with pytest.raises(BadQuestion, match="no days before them"):
        other_days(Question(SHOP), {"compare": "previous"}, TODAY)
    with pytest.raises(BadQuestion, match="no comparison “moon”"):
        other_days(WEEK, {"compare": "moon"}, TODAY)


def answer(*counts):
    tally = Tally()
    for step, (count, following) in enumerate(zip(counts, (*counts[1:], 0), strict=True)):
        tally.add_some((1 << step + 1) - 1, count - following, (0, 0, 0))
    return FunnelReport(WEEK, counts[0], 0, 0, 0, lines_of(SHOP, tally), [], [], False, tally)


def test_every_step_has_its_difference_with_an_interval_and_a_q_value():
    first, *steps = compared(answer(1000, 300, 150, 40), answer(1000, 200, 100, 30))
    assert first.difference == Difference(None, None)
    assert [(step.difference.low, step.difference.high) for step in steps] == [
        newcombe(300, 1000, 200, 1000),
        newcombe(150, 300, 100, 200),
        newcombe(40, 150, 30, 100),
    ]
    p_values = [two_shares(300, 1000, 200, 1000)[1], 1.0, two_shares(40, 150, 30, 100)[1]]
    assert [step.difference.q for step in steps] == pytest.approx(q_values(p_values))
    assert [step.difference.words for step in steps] == [
        "certainly higher",
        "no difference that could not be chance",
        "no difference that could not be chance",
    ]


def test_few_are_never_certain():
    _, step, *_ = compared(answer(21, 0, 0, 0), answer(20, 12, 0, 0))
    assert (step.difference.certain, step.difference.words) == (False, "perhaps lower: fewer than 30 were counted")


def test_a_step_that_nobody_came_to_cannot_be_compared():
    assert compared(answer(30, 0, 0, 0), answer(30, 5, 0, 0))[2].difference.words.startswith("cannot be compared")
