"""Mails: written down once, sent to a real mail server, tried again, given up, stopped by their readers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.mailing import sending
from analytics.mailing.addresses import or_administrators
from analytics.mailing.letters import Letter, write
from analytics.mailing.models import Mail, Unwanted
from analytics.mailing.sending import NOT_SET, NOWHERE, claim, send_waiting, tidy
from analytics.mailing.stopping import stop_url
from tests.postbox import CLOSE, HANG, postbox

pytestmark = pytest.mark.django_db

LETTER = Letter("alert", "Fewer came", "alert", {"sentence": "From <Watch> to Interest went 3."}, "f.csv", "a,b\n1,2\n")


@pytest.fixture
def box(settings):
    with postbox() as opened:
        for name, value in opened.settings().items():
            setattr(settings, name, value)
        yield opened


def written(*to, key="alert:1:opened", letter=LETTER):
    write(letter, key, "alerts", to)
    return list(Mail.objects.order_by("pk"))


def test_a_mail_arrives_with_both_texts_a_file_and_a_way_to_stop_it(box):
    (mail,) = written("ann@example.com")
    assert send_waiting() == 1
    ((to, got),) = box.taken
    assert (to, got["To"], got["Subject"]) == ("ann@example.com", "ann@example.com", "Fewer came")
    assert "From <Watch> to Interest went 3." in got.get_body(["plain"]).get_content()
    assert "From &lt;Watch&gt; to Interest went 3." in got.get_body(["html"]).get_content()
    assert [(part.get_filename(), part.get_content()) for part in got.iter_attachments()] == [
        ("f.csv", "a,b\r\n1,2\r\n")
    ]
    assert got["List-Unsubscribe"].strip() == f"<{stop_url('ann@example.com', 'alerts')}>"
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("sent", "")


def test_the_same_thing_written_twice_is_one_mail_to_each(box):
    written("ann@example.com", "Ben@example.com")
    written("ann@example.com", "ben@example.com")
    assert send_waiting() == 2
    assert send_waiting() == 0
    assert [to for to, _ in box.taken] == ["ann@example.com", "Ben@example.com"]


@pytest.mark.both
def test_of_two_who_claim_a_mail_one_gets_it():
    (mail,) = written("ann@example.com")
    assert claim(mail.pk) == mail
    assert claim(mail.pk) is None


def test_who_died_while_sending_is_not_waited_for_for_ever(box):
    (mail,) = written("ann@example.com")
    claim(mail.pk)
    assert send_waiting() == 0
    Mail.objects.update(taken_until=timezone.now())
    assert send_waiting() == 1


def test_a_mail_that_comes_twice_is_known_by_its_number(box):
    """Killed between the server's yes and our note of it: sent again, under the same Message-ID."""
    (mail,) = written("ann@example.com")
    send_waiting()
    Mail.objects.update(sent_at=None, taken_until=timezone.now())  # what a kill at that moment leaves behind
    send_waiting()
    first, second = (got["Message-ID"] for _, got in box.taken)
    assert first == second
    assert mail.key not in first


def test_one_address_that_is_refused_keeps_no_other_waiting(box):
    box.refuses = {"gone@example.com"}
    written("gone@example.com", "ann@example.com")
    assert send_waiting() == 1
    gone, ann = Mail.objects.order_by("pk")
    assert (ann.state, gone.state) == ("sent", "given up")
    assert gone.trouble.endswith("refuses gone@example.com: nobody of that name lives here")


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({"END": "451 too busy"}, "says no: 451 too busy"),
        ({"END": CLOSE}, "hung up: Connection unexpectedly closed"),
        ({"END": HANG}, "hung up: Connection unexpectedly closed: timed out"),
        ({"RCPT": "450 come back later"}, "refuses ann@example.com: come back later"),
    ],
    ids=str,
)
def test_what_may_pass_is_tried_again_later_and_says_why(box, answers, trouble):
    box.answers = answers
    written("ann@example.com")
    assert send_waiting() == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.tries) == ("tried again", 1)
    assert trouble in mail.trouble
    assert timedelta(0) < mail.next_at - timezone.now() <= sending.FIRST_WAIT
    box.answers = {}
    Mail.objects.update(next_at=timezone.now())
    assert send_waiting() == 1
    assert Mail.objects.get().trouble == ""


def test_after_a_day_it_is_given_up(box):
    box.answers = {"END": "451 too busy"}
    written("ann@example.com")
    Mail.objects.update(made_at=timezone.now() - sending.GIVEN_UP)
    send_waiting()
    assert Mail.objects.get().state == "given up"


def test_a_server_that_is_not_there_is_named(settings):
    with postbox() as box:
        gone = box.settings()
    for name, value in gone.items():
        setattr(settings, name, value)
    written("ann@example.com")
    send_waiting()
    assert (
        Mail.objects.get().trouble
        == f"The mail server at 127.0.0.1:{gone['EMAIL_PORT']} cannot be reached: Connection refused."
    )


def test_without_a_mail_server_mails_wait_and_say_what_is_missing(settings):
    settings.EMAIL_BACKEND = NOWHERE
    written("ann@example.com")
    assert send_waiting() == 0
    assert (Mail.objects.get().state, Mail.objects.get().trouble) == ("tried again", NOT_SET)


def test_a_line_break_in_a_subject_is_no_second_head(box):
    written("ann@example.com", letter=Letter("alert", "Fewer\nBcc: all@example.com", "alert", {}))
    send_waiting()
    assert [got["Bcc"] for _, got in box.taken] == [None]
    assert Mail.objects.get().subject == "Fewer Bcc: all@example.com"


def test_whoever_stops_it_in_a_browser_gets_no_more_and_can_come_back(client, box):
    address = stop_url("Ann@example.com", "alerts").partition("/mails/")[2]
    page = client.get(f"/mails/{address}")
    assert "No more of alerts?" in page.content.decode()
    assert not Unwanted.objects.exists()  # a program that follows every link has stopped nothing
    assert "You will get no more" in client.post(f"/mails/{address}").content.decode()
    assert written("ann@example.com") == []
    client.post(f"/mails/{address}", {"again": "yes"})
    assert len(written("ann@example.com")) == 1


@pytest.mark.parametrize(("site", "one_click"), [("https://shop.example", True), ("http://shop.example", False)])
def test_a_mail_program_may_stop_it_with_one_click_where_the_site_is_secure(site, one_click, box, settings):
    settings.SITE_URL = site
    written("ann@example.com")
    send_waiting()
    ((_, got),) = box.taken
    assert (got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is one_click


def test_one_click_stops_it_without_a_page_a_cookie_or_a_redirect():
    """As RFC 8058 has it: the address of the head, this form and nothing else."""
    program = Client(enforce_csrf_checks=True)
    address = stop_url("Ann@example.com", "alerts").partition("/mails/")[2]
    answer = program.post(f"/mails/{address}", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert Unwanted.objects.values_list("address", "about").get() == ("ann@example.com", "alerts")
    program.post(f"/mails/{address}", {"List-Unsubscribe": "One-Click"})
    assert Unwanted.objects.count() == 1


def test_a_link_that_was_cut_or_tampered_with_stops_nothing_and_says_so_in_words(client):
    token = stop_url("a@b.c", "alerts").split("/")[-2]
    for wrong in ("x" + token, token[:-3]):
        for answer in (client.get(reverse("stop_mail", args=[wrong])), client.post(reverse("stop_mail", args=[wrong]))):
            assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
            assert "<h1>This link is not complete</h1>" in answer.content.decode()
            assert "<button" not in answer.content.decode()
    assert not Unwanted.objects.exists()


def test_mails_are_kept_for_three_months():
    written("ann@example.com")
    tidy()
    assert Mail.objects.count() == 1
    Mail.objects.update(made_at=timezone.now() - sending.KEPT - timedelta(minutes=1))
    tidy()
    assert Mail.objects.count() == 0


def test_without_recipients_administrators_with_an_address_are_written_to():
    User.objects.create_superuser("one", "one@example.com")
    User.objects.create_superuser("two", "")
    User.objects.create_user("three", "three@example.com", is_staff=True)
    assert or_administrators("") == ["one@example.com"]
    assert or_administrators("a@b.co\n b@b.co, A@b.co\n\n") == ["A@b.co", "b@b.co"]
