"""Scheduled mails: when they are due, that each time is met once, and what they say."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from analytics.counts.counting import count
from analytics.mailing import schedules
from analytics.mailing.models import Mail, Schedule, Unwanted
from analytics.mailing.schedules import NOBODY, next_due, send_one, write_due
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _none_shipped(db):
    Schedule.objects.all().delete()


@pytest.fixture
def shop():
    """Yesterday three watched on a phone, two tapped on a desktop and one of them bought; today one watches."""
    at, desktop = now_us() - DAY, ("desktop", "Chrome", "direct", "")
    store([batch(number, *WATCHED, at=at) for number in (1, 2)] + [batch(3, *INTERESTED, at=at)])
    store([batch(4, *TAPPED, at=at, context=desktop), batch(5, *BOUGHT, at=at, context=desktop)])
    store([batch(6, *WATCHED, at=now_us() - 1_000_000)])
    count()


def schedule(**fields):
    usual = {"name": "Every Monday", "what": "report", "query": "?period=7&by=device", "recipients": "ann@example.com"}
    return Schedule.objects.create(**usual | fields)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "weekday", "hour", "after", "due"),
    [
        ("UTC", 0, 8, "2026-11-26T12:00", "2026-11-30T08:00"),  # a Thursday, then Monday
        ("UTC", 3, 12, "2026-11-26T12:00", "2026-12-03T12:00"),  # now is not later than now
        ("UTC", 3, 13, "2026-11-26T12:00", "2026-11-26T13:00"),
        ("UTC", 7, 8, "2026-11-26T12:00", "2026-11-27T08:00"),
        ("Europe/Berlin", 0, 8, "2026-11-26T12:00", "2026-11-30T07:00"),
        ("Europe/Berlin", 0, 8, "2026-07-23T12:00", "2026-07-27T06:00"),
        ("Europe/Berlin", 6, 2, "2026-03-28T12:00", "2026-03-29T01:00"),  # 02:00 is left out: it is 03:00
        ("Europe/Berlin", 6, 2, "2026-10-24T12:00", "2026-10-25T00:00"),  # 02:00 comes twice: the first
        ("Pacific/Auckland", 0, 0, "2026-11-28T12:00", "2026-11-29T11:00"),
        ("America/Los_Angeles", 6, 23, "2026-11-30T06:59", "2026-11-30T07:00"),
    ],
)
def test_it_is_due_at_its_hour_where_the_site_is(settings, zone, weekday, hour, after, due):
    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    assert next_due(Schedule(weekday=weekday, hour=hour), at(after)) == at(due)


def test_a_due_time_is_met_once_however_often_somebody_looks(shop):
    mine, now = schedule(), at("2026-11-26T12:00")
    assert write_due(now) == 0  # it has just been told when it is due
    assert [write_due(at("2026-11-30T08:00")) for _ in range(3)] == [1, 0, 0]
    assert [write_due(at("2026-12-07T08:01")) for _ in range(3)] == [1, 0, 0]
    mine.refresh_from_db()
    assert (Mail.objects.count(), mine.next_at) == (2, at("2026-12-14T08:00"))


def test_times_that_were_missed_are_made_up_for_with_one_mail(shop):
    schedule(next_at=at("2026-11-02T08:00"))
    assert [write_due(at("2026-11-26T12:00")) for _ in range(2)] == [1, 0]
    assert Schedule.objects.get().next_at == at("2026-11-30T08:00")


@pytest.mark.both
def test_of_two_who_saw_the_same_time_one_writes(shop):
    """Both have read the row and made the report before either of them claims the time."""
    mine = schedule(next_at=at("2026-11-23T08:00"))
    seen = [Schedule.objects.get(pk=mine.pk) for _ in range(2)]
    assert [schedules._write(one, at("2026-11-26T12:00")) for one in seen] == [1, 0]
    assert Mail.objects.count() == 1


def test_what_is_off_is_not_sent(shop):
    schedule(next_at=at("2026-11-23T08:00"), is_on=False)
    assert (write_due(at("2026-11-26T12:00")), Mail.objects.count()) == (0, 0)


def test_a_report_is_of_whole_days_and_says_where_they_stopped(shop):
    schedule(next_at=timezone.now() - timedelta(minutes=1))
    assert write_due() == 1
    mail = Mail.objects.get()
    assert "Most stop between Watch and Interest: 2 of 5." in mail.text
    assert "Most stop between <b>Watch</b> and <b>Interest</b>: 2 of 5." in mail.html
    assert "By device" in mail.html
    rows = [line.split(",")[:3] for line in mail.attachment.splitlines()]
    assert rows[:3] == [["segment", "step", "count"], ["all", "Watch", "5"], ["all", "Interest", "3"]]
    assert ["desktop", "Purchase", "1"] in rows


def test_a_report_that_cannot_be_asked_any_more_says_so_and_stays_due(shop):
    due = timezone.now() - timedelta(minutes=1)
    mine = schedule(query="?funnel=gone", next_at=due)
    assert write_due() == 0
    mine.refresh_from_db()
    assert mine.trouble.startswith("There is no funnel “gone”")
    assert mine.next_at == due
    assert write_due(due + schedules.GIVEN_UP + timedelta(minutes=1)) == 0
    mine.refresh_from_db()
    assert mine.next_at > timezone.now()
    assert mine.trouble


def test_a_mail_to_nobody_says_so(shop):
    schedule(recipients="", next_at=timezone.now() - timedelta(minutes=1))
    assert write_due() == 1
    assert (Schedule.objects.get().trouble, Mail.objects.count()) == (NOBODY, 0)


def test_who_does_not_want_it_any_more_gets_the_others_still(shop):
    mine = schedule(recipients="ann@example.com\nben@example.com", next_at=timezone.now() - timedelta(minutes=1))
    Unwanted.objects.create(address="ann@example.com", about=str(mine.pk))
    write_due()
    assert list(Mail.objects.values_list("to", flat=True)) == ["ben@example.com"]


def test_one_can_be_sent_at_once_as_often_as_one_likes(shop):
    mine = schedule()
    for _ in range(2):
        send_one(mine, "me@example.com", timezone.now())
    assert list(Mail.objects.values_list("to", flat=True)) == ["me@example.com"] * 2


def test_the_digest_tells_the_week_in_words(shop):
    schedule(what="digest", query="", next_at=timezone.now() - timedelta(minutes=1))
    write_due()
    text = Mail.objects.get().text
    assert "Journeys: 5, before 0" in text
    assert "Revenue: 17 USD, before 0 USD" in text
    assert "Between Link and Purchase 1 journey stopped. One in ten of them would have brought about 2 USD." in text
    assert "None in these days." in text


def test_the_digest_of_an_empty_week_says_that_nobody_came():
    schedule(what="digest", query="", next_at=timezone.now() - timedelta(minutes=1))
    write_due()
    assert "Nobody came in these seven days." in Mail.objects.get().html
