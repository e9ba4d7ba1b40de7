"""Who wants to be forgotten is found nowhere afterwards, whatever was still on its way, and all sums are right."""

import time
from dataclasses import dataclass
from threading import Event as Signal
from threading import Thread

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from analytics import recounting
from analytics.collecting import settle
from analytics.forwarding import outbox
from analytics.forwarding.models import Outgoing
from analytics.models import FunnelCount, Journey, StepCount
from journey import privacy, sink, spool
from journey import store as store_module
from journey.admitting import bury
from journey.consent import COOKIE as CONSENT
from journey.identity import COOKIE as PARTICIPANT
from journey.models import Consent, DeadEvent, Event, Forgotten, SpooledBatch, Touched
from journey.models.participant import code_of
from journey.privacy import Person
from journey.steps import Step
from journey.store import commit_fact, store
from journey.trails import Context, Trail, now_us
from shop.buyers import COOKIE as BUYER
from shop.models import Order, Return, Ticket
from tests.analytics.taken import batch
from tests.factories import SkuFactory
from tests.journey.test_consent import beacon, say
from tests.searching import everything, places_of
from tests.shop.buying import bought
from tests.shop.lived import Life
from tests.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
WORDS = "Whispering walnut 4711"
ON_THE_WAY = ("a word in the stream", "a word in the spool")


@dataclass
class Known:
    """Somebody, and all they can be found by."""

    life: Life
    number: int
    needles: list[int | str]


@pytest.fixture
def forwarded(settings, monkeypatch) -> None:
    """What is stored goes to another service as well, which does not answer."""
    settings.FORWARDING = {"posthog": {"api_key": "key", "url": "http://127.0.0.1:9"}}
    monkeypatch.setattr(store_module, "after_insert", [outbox.keep])


@pytest.fixture
def known(db, forwarded) -> Known:
    """Who has done everything a buyer can do; their last steps wait in the stream and in the spool."""
    life = Life(WORDS)
    life.upload.delete()  # that was staff's
    number, buyer = life.walker.participant, life.order.buyer
    say(life.walker, "yes")
    settle()
    codes = [*Order.objects.values_list("code", flat=True), *Ticket.objects.values_list("code", flat=True)]
    codes += Return.objects.values_list("code", flat=True)
    on_the_way(number)
    return Known(life, number, [number, str(number), code_of(number), buyer, WORDS, WORDS[:40], *codes, *ON_THE_WAY])


def on_the_way(number: int) -> None:
    for place, word in zip((sink.send, lambda late: spool.put(orjson.dumps(late))), ON_THE_WAY, strict=True):
        place(said_by(number, word))


def said_by(number: int, word: str) -> dict:
    trail = Trail(number, "visitor", now_us(), now_us(), Context("phone", "Chrome"))
    trail.begin("search", {"term": word})
    return trail.batch([(f'{{"step": "{word}"}}', "there is no such step")])


def forget_by(walker: Walker):
    return walker.post("shop:my-data-delete")


def test_after_deletion_nothing_can_be_found_anywhere(known):
    collected = DeadEvent.objects.count()
    assert places_of(*known.needles) >= {
        "stream", "journey_spooledbatch.payload", "journey_participant.number", "journey_event.props",
        "journey_fact.key", "journey_consent.participant_id", "analytics_journey.participant",
        "analytics_outgoing.participant",
        "shop_order.buyer", "shop_order.full_name", "shop_message.text", "shop_review.text", "shop_comment.text",
        "shop_question.text", "shop_return.text", "shop_attachment.name", "shop_stockmovement.order",
        "shop_wish.buyer", "shop_engagement.buyer",
    }  # fmt: skip
    assert forget_by(known.life.walker).status_code == 303
    assert places_of(*known.needles) == {"stream", "journey_spooledbatch.payload"}, "what waits is dropped when read"
    settle()
    assert places_of(*known.needles) == set()
    assert list(StepCount.objects.all()) == list(FunnelCount.objects.all()) == [], "nobody else was here"
    assert (SpooledBatch.objects.count(), DeadEvent.objects.count()) == (0, collected)
    assert recounting.drift().differences == []


def test_without_the_tombstone_what_waited_would_bring_them_back(known):
    forget_by(known.life.walker)
    Forgotten.objects.all().delete()
    settle()
    assert {"journey_participant.number", "journey_event.props", "journey_deadevent.raw"} <= places_of(*known.needles)


def test_what_waits_to_be_told_to_another_service_is_not_told(known):
    waiting = Outgoing.objects.filter(participant=known.number)
    told = {kept.name: kept for kept in privacy.kept_about(Person(frozenset({known.number})))}["forwarded"]
    rows = list(told.rows())
    assert (len(rows), told.count, told.how_long) == (waiting.count(), waiting.count(), "8 days")
    assert {(row["participant"], row["to"], row["state"], row["sent_at"]) for row in rows} == {
        (code_of(known.number), "posthog", "waiting", None)
    }
    forget_by(known.life.walker)
    settle()
    assert not Outgoing.objects.exists()


def test_no_file_of_theirs_is_left(db):
    before = files()
    life = Life(WORDS)
    life.upload.original.delete()  # that was staff's
    theirs = files() - before
    forget_by(life.walker)
    assert (len(theirs), files() - before) == (3, set()), "a picture of the review and of the return, and a paper"


def files() -> set[object]:
    return {said for place, said in everything() if place == "name of a file" and "." in str(said)}


def test_a_neighbour_keeps_everything(known):
    other = Life("Nebulous nectarine 0815")
    settle()
    needles = (other.walker.participant, other.order.buyer, other.words, other.words[:40], other.order.code)
    before = sorted(place for place, said in everything() if any(str(one) in str(said) for one in needles))
    forget_by(known.life.walker)
    settle()
    after = sorted(place for place, said in everything() if any(str(one) in str(said) for one in needles))
    assert (after, recounting.drift().differences) == (before, [])


def test_numbers_that_everyone_sees_are_right_again(known):
    video, product = known.life.video, known.life.sku.product
    forget_by(known.life.walker)
    video.refresh_from_db()
    product.refresh_from_db()
    assert (video.likes, video.comments.count(), product.reviews.count()) == (0, 0, 0)
    sku = known.life.sku
    sku.refresh_from_db()
    assert sku.stock == sum(sku.movements.values_list("change", flat=True)), "what was sold stays sold"


def test_the_device_forgets_as_well_and_an_old_page_says_nothing_more(walker):
    page = walker.get("shop:shop")
    old = {name: walker.client.cookies[name].value for name in (PARTICIPANT,)}
    number = walker.participant
    forget_by(walker)
    assert {walker.client.cookies[name].value for name in (PARTICIPANT, BUYER) if name in walker.client.cookies} == {""}
    assert beacon(walker, page).status_code == 403
    # A copy of the old cookies in a browser that never heard of it:
    del walker.client.cookies[CONSENT]
    walker.client.cookies[PARTICIPANT] = old[PARTICIPANT]
    assert beacon(walker, page).status_code == 204
    walker.get("shop:feed")
    bought(walker, SkuFactory())
    say(walker, "yes")
    settle()
    assert places_of(number, code_of(number)) <= {"shop_order.participant"}
    assert Event.objects.filter(participant=number).count() == 0
    assert Event.objects.get(step=Step.PURCHASE.letter).participant.kind == "anonymous"


def test_forgetting_twice_changes_nothing(known):
    forget_by(known.life.walker)
    left = sorted(place for place, _ in everything())
    privacy.forget(Person(frozenset({known.number})))
    assert sorted(place for place, _ in everything()) == left


def test_a_batch_that_is_buried_instead_of_stored_names_nobody_who_is_forgotten(known):
    forget_by(known.life.walker)
    bury(orjson.dumps(said_by(known.number, "poison")), "whoever collected it died")
    store([orjson.dumps(said_by(known.number, "nonsense") | {"kind": "nobody knows"})])
    settle()
    assert places_of(*known.needles, "poison", "nonsense") == set()


def test_steps_that_nobody_has_counted_yet_leave_nothing_behind(known):
    store([batch(known.number, (0, Step.VIEW_FEED))])
    assert Touched.objects.filter(participant=known.number).exists()
    privacy.forget(Person(frozenset({known.number})))
    settle()
    assert (Journey.objects.count(), Touched.objects.count(), Consent.objects.count()) == (0, 0, 0)


def at_the_same_moment(work, has_looked: Signal, known: Known) -> list[Exception]:
    """Forget them while this work goes on, from when it has looked for a tombstone; returns what went wrong."""
    failures: list[Exception] = []

    def run(part):
        try:
            part()
        except Exception as failure:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(failure)
        finally:
            connection.close()

    working = Thread(target=run, args=[work])
    forgetting = Thread(target=run, args=[lambda: privacy.forget(Person(frozenset({known.number})))])
    working.start()
    assert has_looked.wait(timeout=30)
    forgetting.start()
    working.join()
    forgetting.join()
    return failures


def test_a_batch_that_is_being_stored_right_now_is_waited_for(known, monkeypatch):
    let_in = Signal()

    def slowly(batches, at_once=store_module._keep_participants):
        let_in.set()  # no tombstone was found, and nothing is written yet
        time.sleep(0.5)
        return at_once(batches)

    monkeypatch.setattr(store_module, "_keep_participants", slowly)
    late = orjson.dumps(said_by(known.number, "at the same moment"))
    failures = at_the_same_moment(lambda: store([late]), let_in, known)
    settle()
    assert failures == []
    assert places_of(*known.needles, "at the same moment") == set()


def test_the_command_says_what_would_go_and_deletes_when_told_to(known, capsys):
    call_command("forget", code_of(known.number))
    assert "Orders, with names and addresses" in capsys.readouterr().out
    assert Order.objects.count() == 2
    call_command("forget", code_of(known.number), "--yes")
    settle()
    assert places_of(*known.needles) == set()
    with pytest.raises(CommandError, match="There is no participant"):
        call_command("forget", code_of(known.number))
    with pytest.raises(CommandError, match="is no participant's code"):
        call_command("forget", "not a code")


def test_deleting_is_confirmed_first_and_cannot_be_followed_like_a_link(known):
    page = known.life.walker.get("shop:my-data-delete")
    said = page.content.decode()
    assert ("Yes, delete everything" in said, "1 order is not delivered yet" in said) == (True, True)
    assert places_of(known.number) >= {"journey_participant.number"}


def test_a_fact_at_the_very_moment_of_forgetting_leaves_no_number_behind(known, monkeypatch):
    """The tombstone is looked for, and then the event is written: without waiting, it would outlive the deletion."""
    looked = Signal()

    def slowly(*args, at_once=store_module._keep_participants):
        looked.set()
        time.sleep(0.5)
        return at_once(*args)

    monkeypatch.setattr(store_module, "_keep_participants", slowly)
    trail = Trail(known.number, "visitor", now_us(), now_us(), Context())

    def fact():
        with transaction.atomic():
            commit_fact(trail, Step.REQUEST_RETURN, "at-that-moment", {})

    failures = at_the_same_moment(fact, looked, known)
    monkeypatch.undo()
    settle()
    assert failures == []
    assert places_of(known.number, code_of(known.number)) == set()
