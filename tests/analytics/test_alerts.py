"""Alerts: looks that are taken once, mails that come twice and no more."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from analytics.alerts import checking
from analytics.alerts.checking import check, spans
from analytics.alerts.measuring import Past, past, source_of
from analytics.alerts.models import Alert, AlertRule, Look, Span
from analytics.dashboard.models import HourCount
from analytics.mailing.models import Mail
from analytics.models import FunnelCount, SavedReport, Uncounted
from analytics.semantics.funnels import SIX_STAGES
from journey import streams
from journey.models import Participant, Touched

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
WATCHED, INTERESTED = 0b1, 0b11
MONTHS = 10


@pytest.fixture
def rule(db):
    AlertRule.objects.all().delete()
    return AlertRule.objects.create(name="Interest", step=1, enough=100, recipients="ann@example.com")


def hour(start, came=1_000, went_on=300):
    rows = {WATCHED: came - went_on, INTERESTED: went_on}
    sums = dict.fromkeys(("buyers", "views", "pages", "orders", "revenue_cents"), 0)
    for reached, n in rows.items():
        HourCount.objects.update_or_create(
            day=start.date(), hour=start.hour, kind="visitor", reached=reached, defaults=sums | {"n": n}
        )


@pytest.fixture
def weeks(rule):
    """The hours before and after noon, eight Thursdays in a row, with a little chance in them."""
    rng = random.Random(4)
    for week in range(1, 9):
        for ahead in range(-8, 4):
            hour(NOON - week * WEEK + ahead * HOUR, went_on=300 + rng.randrange(-12, 13))


def at(start):
    """As soon as the hour that begins then may be looked at."""
    return start + HOUR + checking.MATURE


def test_a_drop_opens_one_alert_and_one_mail_and_its_end_one_more(weeks):
    for ahead, went_on in enumerate((300, 120, 110, 130, 305, 298)):
        start = NOON + (ahead - 3) * HOUR
        hour(start, went_on=went_on)
        for _ in range(3):
            check(at(start))
    alert = Alert.objects.get()
    assert (alert.start, alert.took, alert.n, alert.outside) == (NOON - 2 * HOUR, 120, 1_000, "drop")
    assert not alert.is_open
    assert list(Mail.objects.order_by("pk").values_list("subject", "to")) == [
        ("Interest: fewer than usual", "ann@example.com"),
        ("Interest: as usual again", "ann@example.com"),
    ]
    assert "From Watch to Interest went 12.0 % of 1,000; between" in Mail.objects.order_by("pk")[0].text


def test_one_good_hour_is_not_the_end(weeks):
    for ahead, went_on in enumerate((120, 300, 110)):
        hour(NOON + ahead * HOUR, went_on=went_on)
        check(at(NOON + ahead * HOUR))
    assert Alert.objects.get().is_open
    assert Mail.objects.count() == 1


def test_an_hour_that_may_still_grow_is_not_judged(weeks):
    hour(NOON, went_on=20)
    check(at(NOON) - timedelta(seconds=1))
    assert not Look.objects.filter(start=NOON).exists()
    check(at(NOON))
    assert Look.objects.get(start=NOON).outside == "drop"


def test_what_waits_to_be_stored_or_counted_is_waited_for(weeks, settings):
    hour(NOON, went_on=20)
    streams.stream().xadd(settings.STREAM_KEY, {"batch": b"{}"}, id=f"{round(NOON.timestamp() * 1000) + 60_000}-0")
    check(at(NOON))
    assert not Look.objects.filter(start=NOON).exists()
    streams.stream().delete(settings.STREAM_KEY)
    Participant.objects.bulk_create(Participant(number=number, first_seen=1) for number in range(51))
    Touched.objects.bulk_create(Touched(participant_id=number, mark=1) for number in range(51))
    check(at(NOON))
    assert not Look.objects.filter(start=NOON).exists()


def test_few_people_and_few_weeks_are_said_and_not_judged(rule):
    hour(NOON, came=99, went_on=1)
    check(at(NOON))
    assert Look.objects.get(start=NOON).silent == "99 came, fewer than 100."
    hour(NOON + HOUR, went_on=1)
    check(at(NOON + HOUR))
    assert Look.objects.get(start=NOON + HOUR).silent == "There are too few weeks before to compare with."
    assert not Alert.objects.exists()


def test_a_rise_is_only_told_to_who_asks_for_it(weeks, rule):
    hour(NOON, went_on=600)
    check(at(NOON))
    assert not Alert.objects.exists()
    AlertRule.objects.update(direction="rise")
    Look.objects.all().delete()
    check(at(NOON))
    assert Alert.objects.get().outside == "rise"


def test_a_snoozed_rule_looks_and_says_nothing(weeks, rule):
    AlertRule.objects.update(snoozed_until=datetime.now(UTC) + DAY)
    hour(NOON, went_on=20)
    check(at(NOON))
    assert Look.objects.get(start=NOON).outside == "drop"
    assert not Alert.objects.exists()


def test_missed_hours_are_looked_at_in_order(weeks):
    for ahead in range(3):
        hour(NOON + ahead * HOUR, went_on=100)
    check(at(NOON + 2 * HOUR))
    assert Alert.objects.get().start == NOON


def test_a_segment_is_looked_at_by_the_day(rule, settings):
    settings.DEMO = False
    AlertRule.objects.update(field="device", value="phone")
    today = NOON.date()
    for back in range(57):
        for value, went_on in (("phone", 300 + back % 7 - (200 if back == 0 else 0)), ("desktop", 600)):
            for reached, n in ((WATCHED, 1_000 - went_on), (INTERESTED, went_on)):
                FunnelCount.objects.create(
                    funnel="stages", field="device", value=value, day=today - back * DAY, kind="visitor",
                    reached=reached, n=n, revenue_cents=0, gaps={},
                )  # fmt: skip
    check(datetime(2026, 11, 27, 2, tzinfo=UTC))
    alert = Alert.objects.get()
    assert (alert.span, alert.took, alert.n) == ("day", 100, 1_000)
    assert not Look.objects.filter(span="hour").exists()


def test_a_saved_report_is_watched_once_its_counts_are_complete(rule):
    kept = SavedReport.objects.create(slug="mine", name="Mine", question="Who?", line="view_item,purchase")
    AlertRule.objects.update(funnel="mine", step=1)
    rule.refresh_from_db()
    Uncounted.objects.create(pk=kept.funnel().key)
    assert source_of(rule) is None
    Uncounted.objects.all().delete()
    assert source_of(rule) == (kept.funnel().key, "", "")
    AlertRule.objects.update(funnel="gone")
    rule.refresh_from_db()
    assert source_of(rule) is None


@pytest.mark.both
def test_there_is_at_most_one_open_alert_of_a_rule(rule):
    first = Alert.objects.create(rule=rule, span="hour", start=NOON, n=1, took=0, outside="drop")
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(rule=rule, span="hour", start=NOON, n=1, took=0, outside="drop")
    assert [checking.close(first, None) for _ in range(2)] == [True, False]
    Alert.objects.create(rule=rule, span="hour", start=NOON, n=1, took=0, outside="drop")


@pytest.mark.both
def test_of_two_who_look_at_once_one_judges(weeks, rule):
    """Both have read the counts before either of them writes."""
    hour(NOON, went_on=20)
    seen = past(("stages", "", ""), Span.HOUR, NOON)
    assert [checking._judge(rule, seen, NOON) for _ in range(2)] == [1, 0]
    assert (Alert.objects.count(), Mail.objects.count()) == (1, 1)


def test_hours_and_days_begin_where_the_clock_of_the_counts_does():
    at_night = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
    assert spans(Span.HOUR, at_night)[-1] == datetime(2026, 11, 25, 23, tzinfo=UTC)
    assert spans(Span.DAY, at_night)[-1] == datetime(2026, 11, 25, tzinfo=UTC)


def test_the_first_step_is_a_share_of_all_journeys():
    seen = Past(Span.HOUR, {NOON: {0: 5, WATCHED: 3, INTERESTED: 2}})
    assert seen.pair(SIX_STAGES, 0, NOON) == (10, 5)
    assert seen.pair(SIX_STAGES, 1, NOON) == (5, 2)


def test_who_is_told_is_who_administers_when_nobody_is_named(weeks):
    AlertRule.objects.update(recipients="")
    User.objects.create_superuser("boss", "boss@example.com")
    hour(NOON, went_on=20)
    check(at(NOON))
    assert Mail.objects.get().to == "boss@example.com"


def test_every_shop_begins_with_a_rule_for_each_stage(db):
    assert list(AlertRule.objects.order_by("step").values_list("step", "is_on")) == [(step, True) for step in range(6)]
    assert [SIX_STAGES.labels[rule.step] in rule.name for rule in AlertRule.objects.order_by("step")] == [True] * 6
