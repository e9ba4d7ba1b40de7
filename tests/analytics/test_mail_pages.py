"""Mails and their schedules as staff sees and changes them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from analytics.counts.counting import count
from analytics.mailing.letters import Letter, write
from analytics.mailing.models import Mail, Schedule, Unwanted
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, INTERESTED, batch

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def shop():
    store([batch(1, *INTERESTED, at=now_us() - DAY), batch(2, *BOUGHT, at=now_us() - DAY)])
    count()


PLANNED = {
    "name": "Devices",
    "what": "report",
    "query": "https://shop.example.com/admin/analytics/funnel/?period=7&by=device#top",
    "weekday": "7",
    "hour": "6",
    "recipients": "ann@example.com",
    "is_on": "on",
}


def test_a_schedule_takes_the_address_as_it_was_copied(say, shop):
    say("schedule_add", **PLANNED)
    assert Schedule.objects.get(name="Devices").query == "?period=7&by=device"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"query": "?by=shoe"}, "This report cannot be made. Journeys cannot be split by “shoe”"),
        ({"query": ""}, "Say which report: paste its address."),
        ({"hour": "24"}, "less than or equal to 23"),
        ({"recipients": "a@b.co\nc"}, "“c” is not a mail address."),
    ],
    ids=str,
)
def test_a_schedule_that_could_not_be_sent_is_refused_in_words(say, wrong, said):
    assert said in say("schedule_add", **PLANNED | wrong)
    assert not Schedule.objects.filter(name="Devices").exists()


def test_how_it_will_look_is_shown_in_a_frame_of_our_own_site(ask, admin_client, shop):
    mine = Schedule.objects.create(name="Devices", query="?period=7&by=device")
    assert reverse("admin:analytics_schedule_preview", args=[mine.pk]) in ask("schedule_change", mine.pk)
    answer = admin_client.get(reverse("admin:analytics_schedule_preview", args=[mine.pk]))
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "Most stop between" in answer.content.decode()
    assert not Mail.objects.exists()


def test_a_preview_that_cannot_be_made_says_why(admin_client):
    mine = Schedule.objects.create(name="Devices", query="?funnel=gone")
    answer = admin_client.get(reverse("admin:analytics_schedule_preview", args=[mine.pk]))
    assert answer.content.decode().startswith("There is no mail to show: There is no funnel “gone”")


def test_one_is_sent_to_whoever_asks_for_it(say, shop, admin_user):
    mine = Schedule.objects.create(name="Devices", query="?period=7")
    said = say("schedule_change", mine.pk, **PLANNED | {"analytics_schedule_send_me_one": "1"})
    assert f"It goes to {admin_user.email} within a minute" in said
    assert Mail.objects.get().to == admin_user.email
    admin_user.email = ""
    admin_user.save()
    assert "You have no mail address" in say(
        "schedule_change", mine.pk, **PLANNED | {"analytics_schedule_send_me_one": "1"}
    )
    assert Mail.objects.count() == 1


def test_a_new_hour_counts_from_now_on(say, shop):
    mine = Schedule.objects.create(name="Devices", query="?period=7", weekday=7, hour=5, next_at=NOON)
    say("schedule_change", mine.pk, **PLANNED | {"_save": "1"})
    mine.refresh_from_db()
    assert mine.next_at is None


def test_a_mail_is_read_as_it_was_written_and_cannot_be_changed(ask, admin_client):
    write(Letter("alert", "Fewer", "alert", {"sentence": "<b>3</b>"}, "f.csv", "a,b\n"), "k", "alerts", ["a@b.co"])
    mail = Mail.objects.get()
    page = ask("mail_change", mail.pk)
    assert 'sandbox="allow-popups"' in page
    assert "&amp;lt;b&amp;gt;3&amp;lt;/b&amp;gt;" in page  # the mail's own escape, escaped once more for the frame
    assert admin_client.get(reverse("admin:analytics_mail_file", args=[mail.pk])).content == b"a,b\n"
    assert admin_client.post(reverse("admin:analytics_mail_change", args=[mail.pk]), {}).status_code == 403
    assert "a@b.co" in ask("mail_changelist")


def test_what_was_given_up_can_be_tried_again(say):
    write(Letter("alert", "Fewer", "alert", {}), "k", "alerts", ["a@b.co"])
    Mail.objects.update(gave_up=True, trouble="refused", tries=9)
    say("mail_changelist", action="again", _selected_action=[Mail.objects.get().pk])
    assert Mail.objects.get().state == "waiting"


def test_who_stopped_a_mail_is_listed_and_can_be_let_in_again(ask, say):
    mine = Schedule.objects.create(name="Devices", query="?period=7")
    unwanted = Unwanted.objects.create(address="ann@example.com", about=str(mine.pk))
    assert "“Devices”" in ask("unwanted_changelist")
    say("unwanted_delete", unwanted.pk, post="yes")
    assert not Unwanted.objects.exists()


@pytest.mark.parametrize("name", ["alert", "alertrule", "schedule", "mail", "unwanted"])
def test_staff_without_the_permission_sees_nothing(client, django_user_model, name):
    client.force_login(django_user_model.objects.create_user("desk", is_staff=True))
    assert client.get(reverse(f"admin:analytics_{name}_changelist")).status_code == 403
