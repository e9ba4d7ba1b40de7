"""Units summed up by arm: the same numbers as one would get by hand."""

from datetime import date
from math import log

import pytest

from analytics.experiments.results import Reading, Row, by_day, results
from analytics.experiments.samples import Effect, Sample, lift
from analytics.experiments.sequences import always_valid
from analytics.semantics.funnels import SHOP

DAY = date(2026, 11, 1)


def row(arm: str, reached: int, n: int, **more) -> Row:
    plain = {"day": DAY, "crossed": False, "before": 0, "revenue_cents": 0, "revenue_squares": 0}
    return Row(arm=arm, reached=reached, n=n, **{**plain, **more})


# Everyone bought once; of the first 150, 30 also opened a ticket.
BOUGHT = {
    150: {"purchases": 150, "purchase_squares": 150, "tickets": 30, "ticket_squares": 30, "ticket_purchases": 30},
    300: {"purchases": 300, "purchase_squares": 300},
}
ROWS = [
    row("control", 0b0001, 2_500),
    row("control", 0b0011, 350),
    row("control", 0b1111, 150, revenue_cents=150 * 2_000, revenue_squares=150 * 2_000**2, **BOUGHT[150]),
    row("trust", 0b0001, 2_300, crossed=True),
    row("trust", 0b0011, 400),
    row(
        "trust",
        0b1111,
        300,
        revenue_cents=300 * 2_000,
        revenue_squares=300 * 2_000**2,
        refunded=90,
        refunded_purchases=90,
        before=0b1111,
        **BOUGHT[300],
    ),
]


def test_every_step_is_measured_on_all_who_were_exposed():
    control, trust = results(ROWS, ["control", "trust"], SHOP, Reading())
    assert [step.sample.total for step in trust.steps] == [3_000, 700, 300, 300]
    assert {step.sample.n for step in trust.steps} == {3_000}
    assert [step.of_previous.n for step in control.steps] == [3_000, 3_000, 500, 150]
    assert (trust.crossed, control.crossed) == (2_300, 0)


def test_the_control_has_no_lift_and_the_other_arm_that_of_the_formula():
    control, trust = results(ROWS, ["control", "trust"], SHOP, Reading())
    shown, twice = trust.goal(SHOP).lift, lift(Sample.of_share(150, 3_000), Sample.of_share(300, 3_000))
    by_formula = always_valid(Effect(log(2), twice.error / 2, twice.n))
    assert (control.goal(SHOP).lift, shown.value, shown.p) == (None, 1.0, by_formula.p)
    assert [log(1 + end) for end in (shown.low, shown.high)] == pytest.approx([by_formula.low, by_formula.high])
    assert trust.revenue.mean == pytest.approx(200)
    assert trust.chances.better > 0.999


def test_a_half_and_a_double_are_equally_sure():
    fell, rose = against(150, of_control=300), against(300, of_control=150)
    assert (1 + fell.low) * (1 + rose.high) == pytest.approx(1)
    assert fell.p == pytest.approx(rose.p)


def against(n, of_control):
    """The goal's lift, of 3,000 in each arm."""
    reached = {"control": of_control, "trust": n}
    rows = [row(arm, 0b1111, count) for arm, count in reached.items()]
    rows += [row(arm, 0b0001, 3_000 - count) for arm, count in reached.items()]
    return results(rows, ["control", "trust"], SHOP, Reading())[1].goal(SHOP).lift


def test_guardrails_say_how_many_fewer_there_are_whenever_the_goal_is_read():
    control, trust = results(ROWS, ["control", "trust"], SHOP, Reading("fixed", look=0))
    assert control.guardrails["tickets"][0].mean == 0.2
    found = {key: effect for key, (_, effect) in trust.guardrails.items()}
    assert (found["tickets"].value, found["tickets"].positive) == (0.2, True)
    assert (found["refunds"].value, found["refunds"].negative) == (-0.3, True)
    assert (found["errors"].value, found["errors"].low < 0 < found["errors"].high) == (0, True)  # nobody had any


def test_looks_that_were_planned_are_wider_before_the_last():
    widths = []
    for reading in (Reading("fixed"), Reading("planned", look=5), Reading("planned", look=1)):
        interval = results(ROWS, ["control", "trust"], SHOP, reading)[1].goal(SHOP).lift
        widths.append(interval.high - interval.low)
    assert widths == sorted(widths)


def test_an_arm_nobody_was_in_is_empty_and_compares_with_nothing():
    _, other = results(ROWS, ["control", "other"], SHOP, Reading())
    assert (other.n, other.goal(SHOP).lift, other.chances) == (0, None, None)


def test_the_last_day_stands_where_the_whole_does():
    later = [r._replace(day=date(2026, 11, 2)) for r in ROWS[1::2]] + ROWS[::2]
    stood = by_day(later, ["control", "trust"], SHOP, Reading())
    assert [day for day, _ in stood] == [DAY, date(2026, 11, 2)]
    assert stood[-1][1] == results(ROWS, ["control", "trust"], SHOP, Reading())[1].goal(SHOP).lift
