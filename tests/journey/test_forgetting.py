"""Who wants to be forgotten is found nowhere afterwards, whatever was still on its way, and all sums are right."""

import orjson
import pytest
from django.core.management import CommandError, call_command

from analytics.columns import days as columns
from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.forwarding.models import Outgoing
from analytics.models import FunnelCount, Journey, StepCount
from journey import privacy
from journey.admitting import bury
from journey.consent import COOKIE as CONSENT
from journey.identity import COOKIE as PARTICIPANT
from journey.models import Consent, DeadEvent, Event, Forgotten, SpooledBatch, Touched
from journey.models.participant import code_of
from journey.privacy import Person
from journey.steps import Step
from journey.store import store
from shop.buyers import COOKIE as BUYER
from shop.models import Order
from tests.analytics.taken import batch
from tests.factories import SkuFactory
from tests.journey.known import WORDS, said_by
from tests.journey.test_consent import beacon, say
from tests.searching import everything, places_of
from tests.shop.buying import bought
from tests.shop.lived import Life
from tests.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def forget_by(walker: Walker):
    return walker.post("shop:my-data-delete")


def test_after_deletion_nothing_can_be_found_anywhere(known):
    collected = DeadEvent.objects.count()
    list(columns.between(None, None))
    assert places_of(*known.needles) >= {
        "stream", "journey_spooledbatch.payload", "journey_participant.number", "journey_event.props",
        "journey_fact.key", "journey_consent.participant_id", "analytics_journey.participant",
        "analytics_outgoing.participant", "columns",
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
