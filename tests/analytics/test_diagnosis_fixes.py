"""From a verdict to the test of its fix; what a card says of journeys, of words, and of what is still missing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from analytics.diagnosis.cases import Case
from analytics.diagnosis.drafting import draft, trial_of
from analytics.diagnosis.pages import SubjectPage
from analytics.diagnosis.shop_side import Period
from analytics.diagnosis.their_journeys import WALKED, journeys_url
from analytics.experiments.sizes import per_arm_always
from analytics.shares import Share
from analytics.simulation import pipeline
from analytics.simulation.crowd import Period as Days
from analytics.simulation.faults import planted
from journey.models import Experiment, Variant
from tests.analytics.cases import case_of, verdicts
from tests.analytics.world import END, WORLD
from tests.factories import VariantFactory

FIRST, LAST = END - timedelta(10), END - timedelta(1)
NO_CARTS = {"cart_journeys": 6}
READ_LAST = {"last_blocks": {"gallery": 200, "reviews": 300}, "dwell_ms": {"reviews": 2_000_000, "gallery": 400_000}}
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
TODAY = Period(NOW.date() - timedelta(6), NOW.date(), {"visitor"})


def no_trust() -> tuple[Case, object]:
    return case_of(NO_CARTS, READ_LAST), verdicts(NO_CARTS, READ_LAST)[0]


def test_a_fix_becomes_a_draft_with_a_control_and_a_design_that_can_be_drawn(db):
    case, verdict = no_trust()
    trial = trial_of(verdict, case)
    experiment, is_new = draft(verdict, trial, "lamp", "ada")
    assert (is_new, experiment.state, experiment.slug, experiment.funnel) == (
        True,
        "draft",
        "trust-under-price-lamp",
        "shop",
    )
    control, fix = experiment.arms.order_by("pk")
    assert (control.slug, control.variant, control.weight, fix.weight) == ("control", None, 50, 50)
    assert (fix.variant.slots, fix.variant.values) == (verdict.test.slots, verdict.test.values)
    fix.variant.full_clean()
    assert (experiment.goal, experiment.secondary) == ("step:1", ["revenue"])
    assert [version.by for version in fix.variant.versions.all()] == ["ada"]
    assert verdict.sentence in experiment.hypothesis
    assert "more people fill the cart, of those who open the page: 7 % instead of 1 %." in experiment.hypothesis


def test_what_a_test_takes_is_planned_with_its_own_rate_and_the_benchmark(db):
    case, verdict = no_trust()
    trial = trial_of(verdict, case)
    assert (trial.now.part, trial.now.whole, trial.hoped, trial.shop_lift) == (6, 600, 0.07, 0)
    assert trial.each == max(100, per_arm_always(0.01, 0.07))
    assert trial.days == max(7, -(-trial.each * 2 * 30 // 600))
    experiment, _ = draft(verdict, trial, "lamp", "ada")
    assert (experiment.planned_days, experiment.worth_percent) == (trial.days, 5)


def test_in_the_whole_shop_the_fix_of_one_is_a_smaller_lift_that_takes_longer(db):
    """36 more carts of the 600 who open this page, beside 1,000 carts of all 10,000: 3.6 %, in 15 days."""
    case, verdict = no_trust()
    case.rates, case.shop_days = {"cart": Share(1_000, 10_000)}, 15
    trial = trial_of(verdict, case)
    assert trial.shop_lift == pytest.approx(0.036)
    assert trial.shop_days == -(-per_arm_always(0.1, 0.1036) * 2 * 15 // 10_000)
    experiment, _ = draft(verdict, trial, "lamp", "ada")
    assert (experiment.planned_days, experiment.worth_percent) == (90, 3.6)
    assert "that alone is a lift of 3.6 %." in experiment.hypothesis


def test_pressed_twice_it_is_one_draft_and_after_its_start_it_is_another(db):
    case, verdict = no_trust()
    first, _ = draft(verdict, trial_of(verdict, case), "lamp", "ada")
    assert draft(verdict, None, "lamp", "ada") == (first, False)
    Experiment.objects.update(state=Experiment.State.RUNNING)
    second, is_new = draft(verdict, None, "lamp", "ada")
    assert (is_new, second.slug) == (True, "trust-under-price-lamp-2")
    assert Variant.objects.count() == 1  # it draws the same


def test_a_variant_of_the_same_name_that_draws_something_else_is_left_alone(db):
    _, verdict = no_trust()
    other = VariantFactory(slug=verdict.test.slug, slots={}, values={"anchor_delay_ms": 1})
    experiment, _ = draft(verdict, None, "lamp", "ada")
    assert experiment.arms.last().variant.slug == f"{verdict.test.slug}-2"
    other.refresh_from_db()
    assert other.values == {"anchor_delay_ms": 1}


def test_what_no_design_can_mend_has_no_draft(db):
    (verdict, *_) = verdicts({"held_3s": 5_000})
    assert trial_of(verdict, case_of({"held_3s": 5_000})) is None
    with pytest.raises(ValueError, match="No variant"):
        draft(verdict, None, "clip", "ada")


@pytest.fixture
def simulated(db):
    world, _ = planted(WORLD, "late-anchor", ("serum-week-one",))
    pipeline.run(Days.before(END, 10, seed=7, journeys=1_500), world, lambda journeys: None)


def address(name="subject", key="video", slug="serum-week-one"):
    days = f"kind=simulated&from={FIRST}&to={LAST}"
    return f"{reverse(f'admin:analytics_diagnosis_{name}', args=[key, slug])}?{days}"


def test_the_button_on_a_card_makes_the_draft_and_opens_it(simulated, admin_client):
    page = admin_client.get(address()).content.decode()
    assert f'action="{address("try").replace("&", "&amp;")}"' in page
    answer = admin_client.post(address("try"), {"key": "D04"})
    made = Experiment.objects.get()
    assert answer.url == reverse("admin:journey_experiment_change", args=[made.pk])
    assert (made.state, made.arms.last().variant.values) == (
        "draft",
        {"anchor_delay_ms": 800, "anchor_card_delay_ms": 2_500},
    )
    opened = admin_client.get(answer.url).content.decode()
    assert "is a draft: look at its design and its plan, then start it." in opened


def test_a_verdict_that_is_not_told_has_no_draft(simulated, admin_client):
    for key, slug in (("D13", "serum-week-one"), ("", "serum-week-one"), ("D04", "unseen")):
        assert admin_client.post(address("try", slug=slug), {"key": key}).status_code == 404, (key, slug)
    assert Experiment.objects.count() == Variant.objects.count() == 0


@pytest.mark.parametrize("missing", ["view_journey", "add_variant", "add_experiment"])
def test_a_draft_takes_three_permissions(simulated, client, missing):
    names = {"view_journey", "add_variant", "add_experiment"} - {missing}
    analyst = User.objects.create_user("ada", is_staff=True)
    analyst.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(analyst)
    assert client.post(address("try"), {"key": "D04"}).status_code == 403
    assert Experiment.objects.count() == 0
    if missing != "view_journey":
        page = client.get(address()).content.decode()
        assert "Test a fix" not in page
        assert "ask somebody who may write experiments" in page


def test_looking_at_a_fix_makes_nothing(simulated, admin_client):
    assert admin_client.get(address("try")).status_code == 403
    assert Experiment.objects.count() == 0


def test_the_journeys_of_a_verdict_are_those_who_stopped_there(simulated, admin_client):
    page = SubjectPage({"kind": "simulated", "from": str(FIRST), "to": str(LAST)}, "video", "serum-week-one")
    video = page.picture.videos["serum-week-one"]
    answer = admin_client.get(journeys_url("D08", "video", "serum-week-one", page.question))
    assert answer.context["cl"].result_count == video.anchor_journeys - video.click_journeys > 100


def test_every_verdict_about_steps_leads_to_a_list_of_journeys(simulated, admin_client):
    question = SubjectPage({"kind": "simulated"}, "product", "rose-serum").question
    problems = {}
    for key in WALKED:
        for about, slug in (("product", "rose-serum"), ("shop", "")):
            answer = admin_client.get(journeys_url(key, about, slug, question))
            problems[key, about] = (answer.status_code, answer.context["cl"].problem)
    assert problems == {(key, about): (200, "") for key in WALKED for about in ("product", "shop")}
