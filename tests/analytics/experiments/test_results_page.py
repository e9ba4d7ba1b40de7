"""The results page: a verdict in words, its reasons, and the buttons that end an experiment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from analytics.experiments.models import Unit
from journey.models import Experiment, Variant
from tests.factories import ArmFactory

pytestmark = pytest.mark.django_db
START = datetime.now(UTC) - timedelta(days=10)


@pytest.fixture
def experiment():
    arm = ArmFactory(experiment__slug="body", slug="short", variant__slots={"product/body": ["price", "title"]})
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    Experiment.objects.update(state="running", started_at=START)
    return Experiment.objects.get()


def exposed(arm: str, n: int, bought: int, first: int = 0, **more) -> None:
    """`n` participants of an arm, of whom some went all the way; their numbers begin at `first`."""
    plain = {"kind": "visitor", "crossed": False, "before": 0, "revenue_before_cents": 0, "refund_cents": 0}
    plain |= {"tickets": 0, "errors": 0, "device": "phone", "visit": "new", "source": "direct"} | more
    Unit.objects.bulk_create(
        Unit(
            experiment="body", arm=arm, participant=first + k, day=START.date() + timedelta(days=k % 9),
            exposed_at=k, reached=0b1111 if k < bought else 0b1, goal_us=90_000_000 if k < bought else None,
            revenue_cents=2_000 if k < bought else 0, **{"purchases": int(k < bought), **plain},
        )
        for k in range(n)
    )  # fmt: skip


def text_of(client, **query) -> str:
    page = client.get(reverse("experiment_results", args=["body"]), query)
    return " ".join(page.content.decode().split())


def test_before_anybody_was_exposed_the_page_says_so(experiment, admin_client):
    assert "Nobody was exposed yet." in text_of(admin_client)


def test_a_certain_rise_is_said_in_words_with_its_reasons(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 3_000, 300, first=10_000)
    text = text_of(admin_client)
    assert "Ship it." in text
    assert "The goal rose: +100.0 %" in text
    assert "The comparison is sound." in text


def test_what_takes_for_ever_is_not_counted_in_days(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 300, 33, first=10_000)
    assert "takes more than two months" in text_of(admin_client)


def test_a_broken_split_silences_the_verdict(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 2_500, 300, first=10_000)
    text = text_of(admin_client)
    assert "These numbers cannot be trusted." in text
    assert "Do not believe it." in text
    assert "Ship it" not in text


def test_a_part_is_shown_with_a_warning(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 300, 30, first=10_000)
    exposed("short", 200, 20, first=20_000, device="desktop")
    exposed("control", 200, 20, first=30_000, device="desktop")
    text = text_of(admin_client, device="desktop")
    assert "Only device desktop." in text
    assert "200 exposed" in text


def test_staff_and_bots_are_not_among_the_exposed(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 290, 30, first=10_000)
    exposed("short", 50, 50, first=20_000, kind="staff")
    assert "290 exposed" in text_of(admin_client)


def test_it_is_stopped_and_shipped_on_this_page(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 300, 60, first=10_000)
    address = reverse("experiment_results", args=["body"])
    admin_client.post(address, {"act": "stop"})
    assert "Ship short" in text_of(admin_client)
    admin_client.post(address, {"ship": "short"})
    experiment.refresh_from_db()
    assert (experiment.decision, Variant.objects.get().shipped_at is not None) == ("shipped short", True)
    assert "Ship short" not in text_of(admin_client)


def test_what_was_decided_is_said_where_one_decides(experiment, admin_client):
    exposed("control", 300, 30)
    exposed("short", 300, 30, first=10_000)
    Experiment.objects.update(state="decided", stopped_at=datetime.now(UTC), decision="shipped control")
    assert "Decided</h2></header> <p>Everyone sees the control.</p>" in text_of(admin_client)
    Variant.objects.update(name="Short one", shipped_at=START)
    text = text_of(admin_client)
    assert "everyone sees “Short one”. <a" in text
    assert "Stop, then decide" not in text


def test_a_p_value_is_one_relation(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 2_000, 150, first=10_000)
    text = text_of(admin_client)
    assert "broken, p &lt; 0.001" in text
    assert "p = &lt;" not in text


def test_guardrails_stand_in_hundreds(experiment, admin_client):
    exposed("control", 1_000, 100, refund_cents=500)
    exposed("short", 1_000, 100, first=10_000)
    text = text_of(admin_client)
    assert "Refunds <small>in 100 purchases</small>" in text
    assert "<b>100.0</b>" in text
    assert "<b>+100.0</b>" in text  # so many fewer


def test_who_may_only_read_cannot_ship(experiment, client, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_journey"))
    client.force_login(reader)
    exposed("control", 300, 30)
    address = reverse("experiment_results", args=["body"])
    client.post(address, {"act": "stop"})
    experiment.refresh_from_db()
    assert experiment.state == "running"
    assert "Stop the experiment" not in text_of(client)


def test_the_page_asks_the_same_few_questions_whatever_the_size(
    experiment, admin_client, django_assert_max_num_queries
):
    exposed("control", 3_000, 150)
    exposed("short", 3_000, 300, first=10_000)
    text_of(admin_client)
    with django_assert_max_num_queries(30):
        text_of(admin_client)
