"""Trails and their tokens."""

import pytest
from django.core import signing

from journey.trails import Context, Trail, continued, now_us, trail_number

CONTEXT = Context("phone", "Chrome", "tiktok", "anchor=early")


def trail(**changes) -> Trail:
    return Trail(**{"participant": 5, "kind": "visitor", "number": 99, "t0": now_us(), "context": CONTEXT} | changes)


def test_trail_numbers_follow_the_clock():
    first, second = trail_number(1_000_000_000), trail_number(1_000_001_000)
    assert first < second < 2**63


def test_a_page_is_event_zero_and_acts_come_after_it():
    walk = trail()
    walk.add("add_to_cart", {})
    walk.begin("view_item", {})
    assert [(n, step) for n, _, step, _ in walk.events] == [(1, "add_to_cart"), (0, "view_item")]


def test_the_browser_continues_where_the_server_stopped():
    walk = trail()
    walk.add("search", {})
    again = continued(walk.token())
    assert (again.participant, again.number, again.t0, again.context, again.next_n) == (5, 99, walk.t0, CONTEXT, 2)


def test_an_edited_token_is_refused():
    payload, signature = trail().token().split(":")
    forged = signing.Signer(key="another", salt="journey.trail").sign_object([6, "visitor", 99, 0, "", "", "", "", 1])
    other = signing.Signer(salt="journey.other").sign_object([6, "visitor", 99, now_us(), "", "", "", "", 1])
    for token in (f"{payload[:-2]}AA:{signature}", forged, other, "", "a:b:c"):
        with pytest.raises(signing.BadSignature):
            continued(token)


def test_a_token_ends_after_a_day(monkeypatch):
    token = trail().token()
    later = now_us() + 86_401_000_000
    monkeypatch.setattr("journey.trails.now_us", lambda: later)
    with pytest.raises(signing.SignatureExpired):
        continued(token)


def test_a_clock_that_jumps_back_makes_no_event_earlier_than_its_trail():
    walk = trail(t0=now_us() + 5_000_000)
    walk.begin("view_item", {})
    assert walk.events == [(0, 0, "view_item", {})]
