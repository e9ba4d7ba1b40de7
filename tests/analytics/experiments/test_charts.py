"""Lifts as they are drawn: on one scale, on which what matters is whole."""

from datetime import date, timedelta

from analytics.experiments.charts import forests, ripening
from analytics.experiments.sequences import Interval


def lift(low: float, high: float) -> Interval:
    return Interval((low + high) / 2, low, high, 0.5)


def test_one_wide_interval_does_not_make_dots_of_all_others():
    goal, wide = lift(-0.1, 0.2), lift(-0.8, 4.0)
    scale = forests([goal, lift(0.0, 0.1), wide], whole=[goal])
    assert (scale(goal).left, scale(goal).left + scale(goal).width) == (25.0, 100.0)
    assert (scale(wide).left, scale(wide).left + scale(wide).width) == (0.0, 100.0)  # cut at both ends


def test_what_matters_is_whole_even_where_it_is_the_widest():
    goal = lift(-0.5, 1.0)
    scale = forests([goal, lift(0.0, 0.1), lift(0.0, 0.1)], whole=[goal])
    assert scale(goal).left + scale(goal).width == 100.0


def test_the_first_days_do_not_flatten_those_that_count():
    day = date(2026, 11, 1)
    days = [(day + timedelta(k), lift(-3 / (k + 1) ** 2, 3 / (k + 1) ** 2)) for k in range(9)]
    drawn = ripening(days)
    assert (drawn.top, drawn.bottom) == (20, -20)
