"""What must not get worse: counted by what it can happen to, and heard only when it is certain."""

from datetime import timedelta

import pytest

from analytics.answers.questions import default_kinds
from analytics.experiments.decisions import Guardrail, Word
from analytics.experiments.metrics import GUARDRAILS, aims_of
from analytics.experiments.reading import Compared, results_of
from analytics.experiments.results import watched
from analytics.semantics.funnels import SHOP
from journey.models import Experiment
from tests.analytics.experiments.test_results import row
from tests.analytics.experiments.test_results_page import experiment as experiment
from tests.analytics.experiments.test_results_page import exposed
from tests.bench.rails import PLANTED, RAILS, measured, rolled_back

REFUNDS = (GUARDRAILS["refunds"],)


def bought(n: int, refunded: int, stayed: int = 0):
    once = {"purchases": n, "purchase_squares": n, "refunded": refunded, "refunded_purchases": refunded}
    return [row("", 0b1111, n, **once), row("", 0b1, stayed)]


def refunds(control, arm, rails=REFUNDS):
    return dict(watched(control, arm, rails))[rails[0]]


def compared() -> Compared:
    (found,) = results_of(Experiment.objects.get(), default_kinds()).compared
    return found


def test_who_sells_more_has_more_refunds_and_harms_nobody():
    same = refunds(bought(400, 40, stayed=3_600), bought(800, 80, stayed=3_200))
    assert (same.value, same.negative) == (0, False)


def test_twice_the_refunds_a_purchase_are_harm():
    assert refunds(bought(1_000, 50, stayed=9_000), bought(1_000, 110, stayed=9_000)).negative


def test_all_of_one_arm_and_none_of_the_other_is_certain():
    found = refunds(bought(200, 0), bought(200, 200))
    assert (found.value, found.negative) == (-1, True)


def test_what_never_happened_in_a_small_control_could_have():
    assert not refunds(bought(50, 0), bought(5_000, 20)).negative  # 0.2 were to be expected


def test_below_fifty_purchases_an_arm_nothing_is_said():
    assert refunds(bought(500, 5), bought(49, 49)) is None
    assert refunds(bought(500, 5), bought(50, 50)).negative


def test_who_looks_at_more_guardrails_must_be_surer_of_each():
    alone, among = (refunds(bought(500, 30), bought(500, 30), rails) for rails in (REFUNDS, all_rails()))
    assert alone.high - alone.low < among.high - among.low


def all_rails():
    return aims_of(SHOP, guardrails=RAILS).guardrails


def test_slower_pages_are_said_of_a_hundred_participants_at_least():
    speed = (GUARDRAILS["speed"],)

    def pages(n: int, ms: float):
        return [row("", 1, n, timed=n, load_ms=n * ms, load_squares=n * (ms * ms + 10_000))]

    assert refunds(pages(100, 1_000), pages(99, 3_000), speed) is None
    assert refunds(pages(100, 1_000), pages(100, 3_000), speed).negative


@pytest.mark.django_db
def test_a_guardrail_of_which_too_little_is_known_holds_back_what_would_ship(experiment):
    exposed("control", 3_000, 150, purchases=0)
    exposed("short", 3_000, 300, first=10_000, purchases=0)
    found = compared()
    assert found.rails[0] == Guardrail("Refunds", None, 0.05, "more refunds a purchase")
    assert (found.decision.word, found.decision.reasons[1]) == (
        Word.KEEP_RUNNING,
        "Whether it harms refunds is not certain yet.",
    )


@pytest.mark.django_db
def test_a_refund_of_what_was_bought_before_is_no_arms_doing(experiment):
    exposed("control", 300, 100)
    exposed("short", 300, 100, first=10_000)
    exposed("short", 50, 0, first=20_000, refund_cents=500)
    exposed("short", 9, 9, first=30_000, refund_cents=500)
    sample, _ = compared().arm.guardrails["refunds"]
    assert (sample.total, sample.under, sample.both) == (9, 109, 9)


@pytest.mark.django_db
def test_tries_to_order_are_purchases_and_errors_of_which_everybodys_count_once(experiment):
    exposed("control", 300, 100)
    exposed("short", 300, 100, first=10_000)
    exposed("short", 40, 40, first=20_000, errors=7, purchases=2)
    exposed("short", 10, 0, first=30_000, errors=3)
    sample, _ = compared().arm.guardrails["errors"]
    tried = (100, 100), (40 * 3, 40 * 9), (10, 10)
    assert (sample.total, sample.under, sample.under_squares, sample.both) == (
        50, sum(n for n, _ in tried), sum(squares for _, squares in tried), 40 * 3 + 10,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_arm_in_which_nobody_comes_to_the_goal_is_rolled_back(experiment):
    Experiment.objects.update(started_at=experiment.started_at + timedelta(days=8))
    exposed("control", 1_000, 100)
    exposed("short", 1_000, 0, first=10_000)
    found = compared()
    assert (found.decision.word, found.arm.aim_lift.value) == (Word.ROLL_BACK, -1)


@pytest.mark.django_db
def test_an_arm_that_leaves_nobody_of_all_of_the_control_is_rolled_back(experiment):
    exposed("control", 200, 200)
    exposed("short", 200, 0, first=10_000)
    assert compared().decision.word is Word.ROLL_BACK


@pytest.mark.parametrize(
    ("planted", "least", "most"),
    [("nothing", 0, 0.01), ("20 % more sales", 0, 0.01), ("20 % more sales, twice the refunds", 0.8, 1)],
)
def test_harm_that_was_planted_is_found_and_more_sales_are_none(planted, least, most):
    assert least <= rolled_back(measured(100, PLANTED[planted], seed=7), *RAILS) <= most
