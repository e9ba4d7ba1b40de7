"""What goes out: to whom, of whom, under which names, and what it says."""

import json

import pytest
from django.db import transaction

from analytics.exporting.jsonl import moment
from analytics.forwarding import outbox
from analytics.forwarding.ga4 import client_of
from analytics.forwarding.models import Outgoing
from analytics.forwarding.sending import forward
from analytics.forwarding.telling import pseudonym
from analytics.incoming.importing import import_file
from journey import store
from journey.models import Event, Participant
from journey.models.participant import code_of
from journey.steps import Step
from journey.store import commit_fact
from journey.trails import Context, Trail, now_us, trail_number
from tests.analytics.outgoing import BOUGHT, all_forwarded, happened, ids, receivers
from tests.analytics.taken import DAY, HOUR, batch

__all__ = ["receivers"]
pytestmark = [pytest.mark.django_db, pytest.mark.both]


def stored(step):
    return Event.objects.get(step=step.letter)


def test_ga4_hears_of_a_purchase_in_its_own_words(receivers):
    happened()
    assert all_forwarded("ga4") == 3
    (post,) = receivers["ga4"].taken
    assert (post.path, post.query) == ("/in", {"measurement_id": ["G-SCROLL"], "api_secret": ["ga4-secret"]})
    began = str(stored(Step.VIEW_ITEM).at // 1_000_000)
    common = {"session_id": began, "engagement_time_msec": 1}
    view, add, buy = ids(receivers["ga4"])
    assert post.body == {
        "client_id": client_of(7),
        "events": [
            {
                "name": "view_item",
                "timestamp_micros": stored(Step.VIEW_ITEM).at,
                "params": common
                | {"event_id": view, "value": 16.9, "currency": "USD"}
                | {"items": [{"item_id": "rose-serum", "quantity": 1, "price": 16.9}]},
            },
            {
                "name": "add_to_cart",
                "timestamp_micros": stored(Step.ADD_TO_CART).at,
                "params": common
                | {"event_id": add, "value": 33.8, "currency": "USD", "quantity": 2}
                | {"items": [{"item_id": "rose-serum", "item_variant": "ROSE-30", "quantity": 2, "price": 16.9}]},
            },
            {
                "name": "purchase",
                "timestamp_micros": stored(Step.PURCHASE).at,
                "params": common
                | {"event_id": buy, "transaction_id": "K3V9", "value": 38.79, "currency": "EUR", "quantity": 3}
                | {"items": [{"item_id": "rose-serum"}]},
            },
        ],
    }


def test_tiktok_hears_of_a_purchase_in_its_own_words(receivers):
    happened()
    assert all_forwarded("tiktok") == 3
    (post,) = receivers["tiktok"].taken
    assert post.headers["Access-Token"] == "tiktok-secret"
    assert (post.body["event_source"], post.body["event_source_id"]) == ("web", "PIXEL")
    product = {"content_ids": ["rose-serum"], "content_type": "product"}
    user = {"external_id": pseudonym("tiktok", 7)}
    view, add, buy = ids(receivers["tiktok"])
    assert post.body["data"] == [
        {
            "event": "ViewContent",
            "event_time": stored(Step.VIEW_ITEM).at // 1_000_000,
            "event_id": view,
            "user": user,
            "properties": {"value": 16.9, "currency": "USD"}
            | product
            | {"contents": [{"content_id": "rose-serum", "quantity": 1, "price": 16.9}]},
        },
        {
            "event": "AddToCart",
            "event_time": stored(Step.ADD_TO_CART).at // 1_000_000,
            "event_id": add,
            "user": user,
            "properties": {"value": 33.8, "currency": "USD"}
            | product
            | {"contents": [{"content_id": "rose-serum", "quantity": 2, "price": 16.9}]},
        },
        {
            "event": "Purchase",
            "event_time": stored(Step.PURCHASE).at // 1_000_000,
            "event_id": buy,
            "user": user,
            "properties": {"value": 38.79, "currency": "EUR", "order_id": "K3V9"}
            | product
            | {"contents": [{"content_id": "rose-serum"}]},
        },
    ]


def test_posthog_hears_of_every_step(receivers):
    happened()
    assert all_forwarded("posthog") == 4
    (post,) = receivers["posthog"].taken
    events = post.body["batch"]
    assert (post.body["api_key"], [event["event"] for event in events]) == (
        "posthog-secret",
        ["view_item", "rage_tap", "add_to_cart", "purchase"],
    )
    assert {event["distinct_id"] for event in events} == {pseudonym("posthog", 7)}
    assert events[3]["timestamp"] == moment(stored(Step.PURCHASE).at).isoformat()
    assert events[3]["properties"] == {
        "$lib": "scrollshop",
        "$process_person_profile": False,
        "device": "phone",
        "browser": "Chrome",
        "source": "direct",
        "product": "rose-serum",
        "order": "K3V9",
        "value": 38.79,
        "quantity": 3,
        "currency": "EUR",
    }


def test_nobody_learns_the_number_or_the_code_of_a_participant(receivers):
    number = 2**62 + 12_345
    happened(number)
    all_forwarded()
    said = [str(post) for receiver in receivers.values() for post in receiver.posts]
    assert len(said) == 3
    assert [text for text in said if str(number) in text or code_of(number) in text] == []
    assert len({pseudonym(name, number) for name in receivers}) == 3


def test_a_fact_goes_out_when_its_transaction_holds(receivers):
    def placed(code):
        commit_fact(Trail(7, "visitor", trail_number(now_us()), now_us(), Context()), Step.PURCHASE, code, {"value": 1})

    with transaction.atomic():
        placed("A")
        transaction.set_rollback(True)
    assert Outgoing.objects.count() == 0
    with transaction.atomic():
        placed("B")
    assert sorted(Outgoing.objects.values_list("destination", flat=True)) == ["ga4", "posthog", "tiktok"]
    assert [receiver.posts for receiver in receivers.values()] == [[], [], []]
    assert (all_forwarded(), len(receivers["tiktok"].taken)) == (3, 1)


def test_a_destination_that_was_turned_off_is_sent_nothing(receivers, settings):
    happened()
    del settings.FORWARDING["tiktok"]
    assert (forward("tiktok"), receivers["tiktok"].posts) == (0, [])


def test_nothing_is_written_down_when_forwarding_is_off():
    assert store.after_insert == []
    happened()
    assert Outgoing.objects.count() == 0


@pytest.mark.parametrize(("kind", "rows"), [(kind, 4 * (kind in outbox.COUNTED)) for kind in Participant.Kind.values])
def test_only_people_who_count_go_out(receivers, kind, rows):
    happened(kind=kind)
    assert Outgoing.objects.filter(destination="posthog").count() == rows


def test_who_turns_out_to_be_a_robot_is_not_sent(receivers):
    happened()
    Participant.objects.update(kind="bot")
    assert (all_forwarded(), Outgoing.objects.count()) == (0, 0)


def test_who_is_forgotten_is_not_sent(receivers):
    happened(7)
    happened(8, [(0, "search", {"term": "serum"})])
    outbox.forget([7])
    assert (all_forwarded(), set(Outgoing.objects.values_list("participant", flat=True))) == (3, {8})


def test_a_batch_that_comes_again_is_not_sent_again(receivers):
    payload = happened()
    assert all_forwarded() == 10
    store.store([payload, payload])
    assert (Outgoing.objects.waiting().count(), all_forwarded()) == (0, 0)


def test_what_was_sent_is_forgotten_once_its_batch_is_too_old_to_come_again(receivers):
    payload = happened(ago=outbox.OLDEST - HOUR)
    all_forwarded("posthog")
    Outgoing.objects.update(made_at=now_us() - outbox.KEPT - 1)
    outbox.tidy()
    assert Outgoing.objects.count() == 0
    Event.objects.all().delete()
    store.store([batch(7, *BOUGHT, at=now_us() - outbox.OLDEST - HOUR)])
    assert Outgoing.objects.count() == 0
    assert payload


def test_what_is_imported_from_a_file_is_no_news(receivers, tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps({"participant": "anna", "at": now_us() // 1_000_000 - 5, "step": "purchase"}))
    assert import_file(path, lambda size: None).stored == 1
    assert Outgoing.objects.count() == 0


def test_ga4_is_not_told_what_it_would_not_take(receivers):
    happened(ago=3 * DAY + HOUR)
    assert forward("ga4") == 0
    assert set(Outgoing.objects.failed().values_list("destination", "reason")) == {
        ("ga4", "It is older than 72 hours.")
    }
    assert (forward("tiktok"), forward("posthog")) == (3, 4)


def test_ga4_gets_25_events_of_one_client_a_request(receivers):
    happened(7, [(n, "add_to_cart", {"product": "p"}) for n in range(60)])
    happened(8, [(n, "add_to_cart", {"product": "p"}) for n in range(3)])
    assert all_forwarded("ga4") == 63
    sizes = [(post.body["client_id"], len(post.body["events"])) for post in receivers["ga4"].taken]
    assert sizes == [(client_of(7), 25), (client_of(7), 25), (client_of(7), 10), (client_of(8), 3)]


def test_a_session_of_ga4_is_a_journey(receivers):
    happened(7, [(0, "view_item"), (1_000, "search"), (1_000 + 1_801, "search")], ago=2 * HOUR)
    all_forwarded("ga4")
    first, second, third = (event["params"]["session_id"] for event in receivers["ga4"].taken[0].body["events"])
    assert (first == second, int(third) - int(first)) == (True, 2_801)


def test_what_waits_is_bounded_and_the_oldest_give_way(receivers, settings):
    settings.FORWARDING_LIMIT = 3
    happened(7, [(n, "rage_tap") for n in range(5)])
    outbox.tidy()
    assert sorted(Outgoing.objects.waiting().values_list("n", flat=True)) == [2, 3, 4]
    assert set(Outgoing.objects.failed().values_list("n", "reason")) == {
        (0, "It gave way to newer ones: too many waited."),
        (1, "It gave way to newer ones: too many waited."),
    }
