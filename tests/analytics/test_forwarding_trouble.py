"""Destinations that are slow, broken, shut or strict: every event arrives, once by its id, and nobody else waits."""

import logging
import time

import pytest

from analytics.counts.collecting import settle
from analytics.forwarding import posting, sending
from analytics.forwarding.lease import Lease
from analytics.forwarding.models import Destination, Outgoing
from analytics.forwarding.outbox import HOUR_US
from analytics.forwarding.sending import forward
from analytics.models import Journey
from journey.trails import now_us
from tests.analytics.outgoing import KEYS, all_forwarded, happened, ids, receivers, time_passes
from tests.receiver import CLOSE, DRIP, HANG

__all__ = ["receivers"]
pytestmark = pytest.mark.django_db
SHOWERS = [(n, "rage_tap", {"index": n}) for n in range(30)]


def waits(name):
    """Seconds that a destination is left alone from now."""
    return (Destination.objects.get(name=name).next_at - now_us()) / 1e6


@pytest.mark.both
@pytest.mark.parametrize("name", KEYS)
def test_every_event_arrives_once_in_order_whatever_goes_wrong(receivers, name, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.5)
    posting._pool.cache_clear()
    receivers[name].answers = [500, CLOSE, (429, {"Retry-After": "1"}, {}), 503, HANG, 408, 502]
    for participant in (1, 2, 3):
        happened(participant, [(n, "add_to_cart", {"product": "p", "index": n}) for n in range(40)])
    assert all_forwarded(name) == 120
    posting._pool.cache_clear()
    arrived = ids(receivers[name])
    assert (len(arrived), len(set(arrived))) == (120, 120)
    assert len(receivers[name].posts) == len(receivers[name].taken) + 7
    rows = Outgoing.objects.filter(destination=name)
    assert (rows.filter(sent_at=None).count(), rows.failed().count()) == (0, 0)
    told = [
        event.get("timestamp") or event.get("event_time") or event["timestamp_micros"]
        for post in receivers[name].taken
        for event in post.body.get("batch") or post.body.get("data") or post.body["events"]
    ]
    assert told == [*sorted(told[:40]), *sorted(told[40:80]), *sorted(told[80:])]


@pytest.mark.parametrize("answer", [500, 503, 408, 429, CLOSE])
def test_a_destination_in_trouble_is_left_alone_for_longer_and_longer(receivers, answer):
    receivers["posthog"].usual = answer
    happened()
    asked = []
    for _ in range(5):
        assert forward("posthog") == 0
        asked.append(waits("posthog"))
        assert forward("posthog") == 0  # it rests: nothing is sent
        time_passes()
    assert len(receivers["posthog"].posts) == 5
    usual = (2, 4, 8, 16, 32)
    longer = zip(asked, usual, strict=True)
    assert [wait for wait, wanted in longer if not wanted / 2 - 0.2 <= wait <= wanted] == []
    Destination.objects.update(failures=1_000)
    forward("posthog")
    assert 299 < waits("posthog") <= 600
    receivers["posthog"].usual = 200
    time_passes()
    assert forward("posthog") == 4
    assert Destination.objects.values_list("failures", "trouble").get() == (0, "")


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("120", 118, 120), ("Wed, 21 Oct 2065 07:28:00 GMT", 3_598, 3_600), ("soon", 0, 2), ("-5", 0, 2)],
)
def test_a_destination_says_when_to_come_back(receivers, header, least, most):
    receivers["posthog"].usual = (429, {"Retry-After": header}, {})
    happened()
    forward("posthog")
    assert least <= waits("posthog") <= most


def test_what_hangs_or_drips_is_given_up_within_five_seconds(receivers):
    for answer in (HANG, DRIP):
        receivers["posthog"].answers = [answer]
        happened()
        time_passes()
        began = time.monotonic()
        assert forward("posthog") == 0
        assert time.monotonic() - began < posting.PATIENCE + 0.7
        assert Destination.objects.get().trouble.startswith("It could not be reached")


@pytest.mark.both
def test_a_destination_that_is_down_keeps_nobody_waiting(receivers):
    receivers["ga4"].usual = 500
    happened()
    assert (forward("ga4"), forward("tiktok"), forward("posthog")) == (0, 3, 4)
    happened(8)
    settle()
    assert Journey.objects.count() == 2


def test_a_refused_event_is_put_aside_alone(receivers):
    receivers["posthog"].refuses = lambda body: (
        400 if any(event["properties"].get("index") == 17 for event in body["batch"]) else None
    )
    happened(7, SHOWERS)
    assert all_forwarded("posthog") == 29
    row = Outgoing.objects.failed().get()
    assert (row.n, row.reason, row.sent_at) == (17, 'It answered 400: {"code": 0, "status": 1}.', None)


def test_tiktok_says_no_with_a_200(receivers):
    receivers["tiktok"].usual = (200, {}, {"code": 40002, "message": "Invalid value"})
    happened()
    assert forward("tiktok") == 0
    reasons = set(Outgoing.objects.failed().values_list("reason", flat=True))
    assert reasons == {"It answered 40002: Invalid value"}


@pytest.mark.parametrize("said", [{"code": 40100, "message": "slower"}, {"code": 50002, "message": "ours"}, {}])
def test_tiktok_asks_to_come_back_with_a_200(receivers, said):
    receivers["tiktok"].answers = [(200, {}, said)]
    happened()
    assert (forward("tiktok"), Outgoing.objects.failed().count()) == (0, 0)
    assert all_forwarded("tiktok") == 3


@pytest.mark.parametrize("status", [401, 403, 404, 301])
def test_a_wrong_key_or_address_is_not_knocked_at_for_every_event(receivers, status):
    receivers["ga4"].usual = (status, {"Location": "http://127.0.0.1:1/"}, {})
    for participant in range(1, 9):
        happened(participant)
    forward("ga4")
    forward("ga4")
    assert len(receivers["ga4"].posts) == 1
    assert Outgoing.objects.failed().count() == 3


def test_an_event_that_breaks_a_destination_does_not_stand_in_the_way_for_good(receivers):
    receivers["posthog"].refuses = lambda body: (
        500 if any(event["properties"].get("index") == 17 for event in body["batch"]) else None
    )
    happened(7, SHOWERS)
    for _ in range(sending.STUBBORN + 5):
        Destination.objects.update(next_at=0)
        forward("posthog")
    row = Outgoing.objects.waiting().get()
    assert (row.n, row.next_at > now_us() + HOUR_US / 2) == (17, True)
    assert len(set(ids(receivers["posthog"]))) == len(ids(receivers["posthog"])) == 29


@pytest.mark.both
def test_of_two_senders_one_sends(receivers):
    happened()
    with Lease.of("posthog") as mine:
        assert (mine.held, forward("posthog")) == (True, 0)
        assert mine.renewed()
        mine.until = now_us() - 1  # it was silent for too long
        Destination.objects.update(taken_until=mine.until)
        assert forward("posthog") == 4
        assert not mine.renewed()
    assert len(receivers["posthog"].posts) == 1


def test_no_secret_is_logged_or_kept(receivers, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = {name: value for name, keys in KEYS.items() for value in keys.values() if "secret" in value}
    for name, receiver in receivers.items():
        said = {"x" * 90: "", "you sent": secrets[name], "code": 1, "message": secrets[name]}
        receiver.answers = [(500, {}, said), CLOSE, (400, {}, said), (200, {}, said), (403, {}, said)]
        happened()
        for _ in receiver.answers[:]:
            forward(name)
            time_passes()
    kept = [*Outgoing.objects.values_list("reason", flat=True), *Destination.objects.values_list("trouble", flat=True)]
    assert len([reason for reason in kept if reason]) >= 4
    logged = [record.getMessage() for record in caplog.records]
    assert [text for text in [*kept, *logged] if "secret" in text] == []
