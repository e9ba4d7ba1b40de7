"""What an experiment may say, and what is heard first when several things are true."""

from dataclasses import replace

from analytics.experiments.decisions import Guardrail, Health, Measured, Word, decide
from analytics.experiments.sequences import Interval

UP = Interval(0.12, 0.04, 0.2, 0.001)
DOWN = Interval(-0.12, -0.2, -0.04, 0.001)
FLAT = Interval(0.0, -0.01, 0.01, 0.9)
OPEN = Interval(0.05, -0.1, 0.2, 0.3)
SAFE = Guardrail("Refunds", Interval(0.0, -0.01, 0.01, 1), bearable=0.02)
GOOD = Measured(UP, [SAFE], Health(), days=14, worth=0.05, fewest=5_000, successes=500)


def test_a_certain_rise_with_safe_guardrails_ships():
    assert decide(GOOD).word is Word.SHIP


def test_a_failed_check_silences_even_the_best_result():
    broken = replace(GOOD, health=Health(split_p=1e-6, split_broken=True, crossed=0.02))
    assert decide(broken).word is Word.INVALID
    assert len(decide(broken).reasons) == 2


def test_harm_rolls_back_at_once_even_when_the_goal_rises():
    harmed = replace(GOOD, guardrails=[Guardrail("Refunds", DOWN)], days=1)
    assert decide(harmed).word is Word.ROLL_BACK


def test_a_fall_of_the_goal_rolls_back_before_the_week_is_over():
    assert decide(replace(GOOD, lift=DOWN, days=2)).word is Word.ROLL_BACK


def test_a_rise_waits_for_the_whole_week():
    early = decide(replace(GOOD, days=3))
    assert (early.word, early.days_left) == (Word.KEEP_RUNNING, 4)


def test_a_rise_waits_for_a_guardrail_that_is_not_known_to_be_safe():
    unsure = Guardrail("Tickets", Interval(0.0, -0.3, 0.3, 1), bearable=0.02)
    assert decide(replace(GOOD, guardrails=[unsure])).word is Word.KEEP_RUNNING


def test_an_interval_within_what_matters_ends_without_effect():
    assert decide(replace(GOOD, lift=FLAT)).word is Word.NO_EFFECT


def test_an_open_question_says_how_many_days_it_still_takes():
    answer = decide(replace(GOOD, lift=OPEN))
    assert (answer.word, answer.days_left) == (Word.KEEP_RUNNING, 112)  # half-width 0.15 to 0.05: nine times 14 days


def test_too_few_say_nothing():
    assert decide(replace(GOOD, fewest=99)).word is Word.KEEP_RUNNING
    assert decide(replace(GOOD, successes=9)).word is Word.KEEP_RUNNING
    assert decide(replace(GOOD, lift=None, days=0)).days_left == 7
