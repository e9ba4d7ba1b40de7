"""Looks that were planned are read when they were planned; odds decide on what a wrong choice costs."""

from dataclasses import replace
from datetime import date

from analytics.experiments.decisions import Odds, Word, decide
from analytics.experiments.looks import Looks
from tests.analytics.experiments.test_decisions import GOOD
from tests.analytics.experiments.test_results import row

START = date(2026, 11, 1)


def looks(way: str, days: int, **more) -> Looks:
    return Looks(way, START, days, 14, **more)


def test_an_experiment_that_may_be_read_every_day_waits_for_nothing():
    assert (looks("always", 1).at, looks("always", 1).waits) == ((), "")


def test_one_look_at_the_end_hides_what_was_before():
    early, late = looks("fixed", 13), looks("fixed", 14)
    assert (early.look, early.days_to_wait, late.look, late.waits) == (0, 1, 1, "")
    assert "once, at its end" in early.waits
    assert looks("fixed", 9, over=True).look == 1  # it was stopped: that is the end


def test_between_two_looks_everything_stands_as_at_the_last():
    between = looks("planned", 7)
    assert (between.at, between.look, between.next) == ((3, 6, 9, 12, 14), 2, 9)
    rows = [row("a", 1, 5)._replace(day=date(2026, 11, day)) for day in (1, 6, 7)]
    assert [r.day.day for r in between.seen(rows)] == [1, 6]
    assert [r.day.day for r in looks("planned", 14).seen(rows)] == [1, 6, 7]


def test_the_verdict_waits_for_the_first_look_but_not_with_harm():
    waiting = replace(GOOD, waits="Not yet.", days_to_wait=3)
    assert (decide(waiting).word, decide(waiting).days_left) == (Word.KEEP_RUNNING, 3)


def odds(loss: float, loss_of_control: float, better: float = 0.97) -> Word:
    return decide(replace(GOOD, odds=Odds(better, loss, loss_of_control))).word


def test_odds_stop_on_what_a_wrong_choice_costs_and_never_on_being_better():
    assert odds(0.001, 0.1) is Word.SHIP
    assert odds(0.02, 0.1, better=0.99) is Word.KEEP_RUNNING
    assert odds(0.1, 0.001) is Word.ROLL_BACK
    assert odds(0.001, 0.002) is Word.NO_EFFECT
