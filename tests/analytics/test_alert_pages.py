"""Alerts and their rules as staff sees and changes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin import site
from django.test import RequestFactory
from django.utils import timezone

from analytics.alerts.models import Alert, AlertRule, Look
from analytics.mailing.models import Mail, Schedule

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def alert():
    rule = AlertRule.objects.get(step=1)
    evidence = {"n": 1_000, "usual": 0.3, "low": 250, "high": 350}
    for ahead, took in enumerate((300, 310, 100)):
        start = NOON + ahead * timedelta(hours=1)
        Look.objects.create(rule=rule, span="hour", start=start, took=took, outside="drop" * (took < 250), **evidence)
    return Alert.objects.create(
        rule=rule, span="hour", start=NOON + timedelta(hours=2), took=100, outside="drop", **evidence
    )


SENT = {
    "name": "Cart on phones",
    "watched": "shop:1",
    "field": "device",
    "value": "phone",
    "direction": "drop",
    "sensitivity": "calm",
    "enough": "50",
    "recipients": "ann@example.com",
    "is_on": "on",
}


def test_a_rule_is_made_from_the_funnels_there_are(say, ask):
    assert '<option value="shop:1"' in ask("alertrule_add")
    say("alertrule_add", **SENT)
    rule = AlertRule.objects.get(name="Cart on phones")
    assert (rule.funnel, rule.step, rule.field, rule.value) == ("shop", 1, "device", "phone")
    page = ask("alertrule_changelist")
    assert "Product page → Added to cart" in page
    assert "device is phone" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"field": "shoe"}, "Select a valid choice. shoe is not one"),
        ({"value": ""}, "A segment needs both"),
        ({"recipients": "ann at home"}, "“ann at home” is not a mail address."),
        ({"watched": "shop:17"}, "Select a valid choice"),
    ],
    ids=str,
)
def test_a_rule_that_makes_no_sense_is_refused_in_words(say, wrong, said):
    assert said in say("alertrule_add", **SENT | wrong)
    assert not AlertRule.objects.filter(name="Cart on phones").exists()


def test_an_alert_says_what_was_found_and_shows_it(ask, alert):
    assert "From Watch to Interest went 10.0 % of 1,000; between 25.0 % and 35.0 % is usual." in ask("alert_changelist")
    page = ask("alert_change", alert.pk)
    assert "Nobody has said yet that they look into it." in page
    assert page.count("<circle") == 1


def test_a_rule_says_whether_anything_could_be_said_of_late(ask):
    first, second, third, *_ = AlertRule.objects.order_by("step")
    AlertRule.objects.exclude(pk__in=[first.pk, second.pk, third.pk]).delete()
    today, few = timezone.now().replace(minute=0, second=0, microsecond=0), "3 came, fewer than 200."
    judged = {"n": 1_000, "took": 300, "usual": 0.3, "low": 250, "high": 350}
    for back in range(4):
        Look.objects.create(rule=first, span="hour", start=today - timedelta(hours=back), n=3, took=1, silent=few)
        Look.objects.create(rule=second, span="hour", start=today - timedelta(hours=back), n=3, took=1, silent=few)
    Look.objects.create(rule=first, span="day", start=today - timedelta(days=2), **judged)
    Look.objects.create(rule=second, span="day", start=today - timedelta(days=9), **judged)
    page = ask("alertrule_changelist")
    assert [page.count(state) for state in ("as usual", "too few to tell", "not looked at yet")] == [1, 1, 1]
    AlertRule.objects.filter(pk=second.pk).update(funnel="gone")
    assert "nothing to look at" in ask("alertrule_changelist")


def test_who_looks_into_it_is_written_down_once(say, alert):
    assert "You look into it" in say("alert_change", alert.pk, note="", analytics_alert_acknowledge="1")
    alert.refresh_from_db()
    assert alert.acknowledged_by == "admin"
    assert not alert.acknowledge("another", timezone.now())


def test_a_rule_rests_and_an_alert_ends_by_hand(say, alert):
    say("alert_change", alert.pk, note="The feed was slow.", analytics_alert_rest_a_week="1")
    rule = AlertRule.objects.get(pk=alert.rule_id)
    assert timedelta(days=6) < rule.snoozed_until - timezone.now() < timedelta(days=7)
    say("alert_change", alert.pk, note="The feed was slow.", analytics_alert_finish="1")
    alert.refresh_from_db()
    assert (alert.is_open, alert.note) == (False, "The feed was slow.")
    assert not Mail.objects.exists()  # who ended it knows


def test_lists_cost_the_same_for_one_and_three(ask, django_assert_num_queries, django_assert_max_num_queries, alert):
    AlertRule.objects.exclude(pk=alert.rule_id).delete()
    ask("alertrule_changelist")  # what a process asks once is asked now
    with django_assert_max_num_queries(20) as one:
        ask("alertrule_changelist")
    for name in "ab":
        AlertRule.objects.create(name=name, step=0)
    with django_assert_num_queries(len(one)):
        ask("alertrule_changelist")
    with django_assert_max_num_queries(20) as one:
        ask("schedule_changelist")
    for name in "ab":
        Schedule.objects.create(name=name, query="?period=7")
    with django_assert_num_queries(len(one)):
        ask("schedule_changelist")


def test_a_note_that_was_written_meanwhile_opens_nothing_again(alert, admin_user):
    """The page was opened before, and the alert ended while somebody wrote."""
    stale = Alert.objects.get(pk=alert.pk)
    Alert.objects.update(closed_at=NOON)
    site_admin = site.get_model_admin(Alert)
    request = RequestFactory().post("/", {})
    stale.note, request.user = "Found it.", admin_user
    site_admin.save_model(request, stale, None, True)
    assert (Alert.objects.get().closed_at, Alert.objects.get().note) == (NOON, "Found it.")
