"""Destinations on this machine, and the events that go to them."""

from contextlib import ExitStack

import pytest

from analytics.forwarding import outbox
from analytics.forwarding.models import Destination, Outgoing
from analytics.forwarding.sending import forward
from journey import store
from journey.trails import now_us
from tests.analytics.taken import MINUTE, batch
from tests.receiver import receiving

KEYS = {
    "ga4": {"measurement_id": "G-SCROLL", "api_secret": "ga4-secret"},
    "tiktok": {"pixel_code": "PIXEL", "access_token": "tiktok-secret"},
    "posthog": {"api_key": "posthog-secret"},
}
THING = {"product": "rose-serum", "sku": "ROSE-30", "value": 3380, "quantity": 2, "video": "v1"}
ORDER = {"product": "rose-serum", "order": "K3V9", "value": 3879, "quantity": 3, "currency": "EUR"}
BOUGHT = [
    (0, "view_item", {"product": "rose-serum", "value": 1690, "currency": "USD"}),
    (5, "rage_tap"),
    (9, "add_to_cart", THING),
    (60, "purchase", ORDER),
]


@pytest.fixture
def receivers(settings, monkeypatch):
    """Forwarding is on, to a receiver for each destination."""
    with ExitStack() as stack:
        found = {name: stack.enter_context(receiving()) for name in KEYS}
        settings.FORWARDING = {name: keys | {"url": found[name].url} for name, keys in KEYS.items()}
        monkeypatch.setattr(store, "after_insert", [outbox.keep])
        yield found


def happened(participant=7, events=BOUGHT, kind="visitor", ago=10 * MINUTE, trail=None):
    """Events that are stored, `ago` microseconds ago; returns the batch."""
    payload = batch(participant, *events, at=now_us() - ago, kind=kind, trail=trail)
    store.store([payload])
    return payload


def time_passes():
    """Long enough for every destination to be tried again, and for a dead sender to be given up."""
    Destination.objects.update(next_at=0, taken_until=0)
    Outgoing.objects.update(next_at=0)


def all_forwarded(*names):
    """Until nothing waits that can be sent; returns how many were."""
    sent = 0
    for name in names or KEYS:
        while Outgoing.objects.waiting().filter(destination=name).exists():
            time_passes()
            sent += forward(name)
    return sent


def ids(receiver, posts=None):
    """The ids of the events of some posts, in order."""
    found = []
    for post in receiver.taken if posts is None else posts:
        found += [event["uuid"] for event in post.body.get("batch", [])]
        found += [event["event_id"] for event in post.body.get("data", [])]
        found += [event["params"]["event_id"] for event in post.body.get("events", [])]
    return found
