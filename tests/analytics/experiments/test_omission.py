"""What each part of a page contributes: ranked, with intervals, corrected for how many there are, and in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from analytics.experiments.models import Unit
from analytics.experiments.omission import turned
from analytics.experiments.sequences import Interval
from journey.models import Experiment
from journey.omissions import draft_study
from tests.factories import ArmFactory, VariantFactory

pytestmark = pytest.mark.django_db
START = datetime.now(UTC) - timedelta(days=10)
SHOWN = ["price", "reviews", "title"]
ARMS = ["control", "no-price", "no-reviews", "no-title"]


@pytest.fixture
def study():
    VariantFactory(slots={"product/body": SHOWN}, shipped_at=datetime.now(UTC))
    experiment, _ = draft_study("product/body")
    Experiment.objects.update(state="running", started_at=START)
    experiment.arms.update(weight=10)
    return experiment


def exposed(experiment: Experiment, arm: str, n: int, bought: int) -> None:
    first = Unit.objects.count()
    Unit.objects.bulk_create(
        Unit(
            experiment=experiment.slug, arm=arm, participant=first + k, day=START.date() + timedelta(days=k % 9),
            exposed_at=k, reached=0b1111 if k < bought else 0b1, goal_us=90_000_000 if k < bought else None,
            revenue_cents=2_000 if k < bought else 0, kind="visitor", crossed=False, before=0, revenue_before_cents=0,
            refund_cents=0, tickets=0, errors=0, device="phone", visit="new", source="direct",
        )
        for k in range(n)
    )  # fmt: skip


def page_of(client, experiment: Experiment) -> str:
    page = client.get(reverse("experiment_omission", args=[experiment.slug]))
    return " ".join(page.content.decode().split())


def test_what_contributes_most_comes_first_and_chance_is_called_chance(admin_client, study):
    exposed(study, "control", 4000, 800)
    exposed(study, "no-price", 4000, 790)
    exposed(study, "no-reviews", 4000, 560)
    exposed(study, "no-title", 4000, 1010)
    page = page_of(admin_client, study)
    table = page.partition("<tbody>")[2]
    assert sorted(SHOWN, key=lambda name: table.index(f'<th scope="row">{name}</th>')) == ["reviews", "price", "title"]
    told = page.partition('<ol class="omission-told">')[2].partition("</ol>")[0]
    assert told == (
        "<li>Without “reviews” 30 % fewer bought.</li>"
        "<li>Without “title” 26 % more bought. It costs more than it brings.</li>"
    )
    assert "Without “price” 1 % fewer bought, but that may be chance." in table
    assert "<b>+42.9 %</b>" in table  # 800 over 560


def test_of_many_parts_one_that_is_far_off_by_chance_is_not_called_sure(admin_client, study):
    """p = 0.03 alone; of three, q = 0.09."""
    Experiment.objects.update(reading="fixed", planned_days=7)  # the one look is due
    study.refresh_from_db()
    exposed(study, "control", 4000, 800)
    exposed(study, "no-price", 4000, 800)
    exposed(study, "no-reviews", 4000, 725)
    exposed(study, "no-title", 4000, 801)
    page = page_of(admin_client, study)
    assert "Nothing is certain yet." in page
    assert "Without “reviews” 9 % fewer bought, but that may be chance." in page


def test_too_few_say_nothing(admin_client, study):
    for arm in ARMS:
        exposed(study, arm, 50, 20)
    page = page_of(admin_client, study)
    assert page.count("Too few have seen the page without") == 3
    assert "Nothing is certain yet." in page


def test_a_broken_split_blocks_the_ranking(admin_client, study):
    exposed(study, "control", 4000, 800)
    exposed(study, "no-reviews", 2000, 100)
    assert "until then this order means nothing" in page_of(admin_client, study)


def test_before_anybody_came_it_says_what_is_left_out(admin_client, study):
    assert "leaves out, in one arm each: price, reviews, title." in page_of(admin_client, study)


def test_another_experiment_has_no_such_page(admin_client):
    experiment = ArmFactory(variant__values={"anchor_delay_ms": 0}).experiment
    assert admin_client.get(reverse("experiment_omission", args=[experiment.slug])).status_code == 404


def test_the_results_lead_to_the_ranking(admin_client, study):
    results = admin_client.get(reverse("experiment_results", args=[study.slug])).content.decode()
    assert reverse("experiment_omission", args=[study.slug]) in results


def test_a_lift_seen_from_the_other_side():
    without = Interval(-0.2, -0.36, 0.25, 0.04, holds_always=True)
    seen = turned(without)
    assert [round(share, 9) for share in (seen.value, seen.low, seen.high)] == [0.25, -0.2, 0.5625]
    assert (seen.p, seen.holds_always) == (0.04, True)
    assert turned(Interval(-0.9, -1.2, -0.4, 0.001)) is None
