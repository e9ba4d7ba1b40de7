"""Events become journeys and counts, whatever the order in which they arrive."""

from datetime import date

import pytest

from analytics.counts import recounting
from analytics.counts.counting import count, count_participants
from analytics.models import FunnelCount, Journey, TouchedDay, offsets
from journey.models import Participant, Touched
from journey.steps import Step
from journey.store import store, touch
from tests.analytics.taken import BOUGHT, DAY, MINUTE, SECOND, START, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def reached():
    return {(c.funnel, c.day, c.reached): c.n for c in FunnelCount.objects.filter(field="")}


def test_a_journey_holds_its_path_its_times_and_what_it_was_about():
    store([batch(7, *BOUGHT, context=("phone", "Safari", "newsletter", "anchor=early"))])
    assert count() == 1
    journey = Journey.objects.get()
    assert (journey.participant, journey.start, journey.stop) == (7, START, START + 99 * SECOND)
    assert (journey.path, journey.stage, journey.revenue_cents) == ("saAvtKB", 5, 1690)
    assert offsets(journey.pauses) == [int(event[0] * SECOND) for event in BOUGHT]
    assert (journey.device, journey.browser, journey.source) == ("phone", "Safari", "newsletter")
    assert (journey.kind, journey.arms, journey.day) == ("visitor", "anchor=early", date(2026, 9, 21))
    assert (journey.video, journey.creator, journey.product) == ("rose-serum-in-a-week", "mira-glows", "rose-serum")


def test_a_dimension_is_that_of_the_first_event_that_has_one():
    store(
        [
            batch(7, (0, Step.VIEW_FEED), context=("phone", "", "", "")),
            batch(7, (5, Step.VIEW_PROFILE, {"creator": "mira-glows"}), context=("tablet", "Safari", "friend", "a=b")),
        ]
    )
    count()
    journey = Journey.objects.get()
    assert (journey.device, journey.browser, journey.source, journey.arms) == ("phone", "Safari", "friend", "a=b")
    assert journey.creator == "", "the creator is that of the entry video, and there was none"


def test_thirty_quiet_minutes_are_one_journey_and_a_microsecond_more_are_two():
    store([batch(1, (0, Step.VIEW_FEED), (30 * 60, Step.VIEW_FEED))])
    store([batch(2, (0, Step.VIEW_FEED), (30 * 60 + 0.000001, Step.VIEW_FEED))])
    count()
    assert [Journey.objects.filter(participant=number).count() for number in (1, 2)] == [1, 2]


def test_a_late_event_makes_one_journey_out_of_two():
    store([batch(1, *WATCHED), batch(1, *TAPPED, at=START + 31 * MINUTE)])
    count()
    assert reached()[("stages", date(2026, 9, 21), 0b000001)] == 1
    store([batch(1, (0, Step.VIEW_FEED), at=START + 10 * MINUTE)])
    count()
    assert Journey.objects.count() == 1
    others = {(slug, date(2026, 9, 21), 0): 1 for slug in ("path", "shop", "support")}
    assert reached() == {("stages", date(2026, 9, 21), 0b001011): 1} | others


def test_a_batch_that_comes_twice_changes_nothing():
    batches = [batch(1, *BOUGHT), batch(2, *WATCHED)]
    store(batches)
    count()
    before = set(Journey.objects.values_list("pk", "path")), reached()
    store(batches)
    count()
    assert (set(Journey.objects.values_list("pk", "path")), reached()) == before


def test_the_days_of_old_and_new_journeys_are_counted_again():
    store([batch(1, *WATCHED, at=START)])
    count()
    store([batch(1, *WATCHED, at=START + DAY)])
    count_participants(10)
    assert [touched.day for touched in TouchedDay.objects.all()] == [date(2026, 9, 22)]
    count()
    assert {day for _, day, _ in reached()} == {date(2026, 9, 21), date(2026, 9, 22)}


def test_a_participant_who_became_a_bot_is_counted_as_one():
    store([batch(1, *WATCHED)])
    count()
    Participant.objects.update(kind="bot")
    touch([1])
    count()
    assert list(FunnelCount.objects.values_list("kind", flat=True).distinct()) == ["bot"]


def test_counting_leaves_no_mark_behind():
    store([batch(number, *WATCHED) for number in range(1, 8)])
    assert count(most=3) == 7
    assert not Touched.objects.exists()
    assert not TouchedDay.objects.exists()


def test_what_was_tampered_with_is_found_and_put_right():
    store([batch(1, *BOUGHT), batch(2, *TAPPED)])
    count()
    assert recounting.drift() == recounting.Drift(journeys=2, counts=72)
    Journey.objects.filter(participant=1).update(stage=1)
    Journey.objects.filter(participant=2).delete()
    FunnelCount.objects.filter(funnel="shop", reached=0b1111).update(n=5)
    Journey.objects.create(participant=3, start=1, stop=1, day=date(2026, 9, 21), path="", pauses=b"", stage=0)
    found = recounting.drift().differences
    assert found[:3] == [
        f"(2, {START}) is missing",
        f"(1, {START}): stage is 1 instead of 5",
        "(3, 1) has no participant",
    ]
    assert any("n is 5 instead of 1" in difference for difference in found[3:])
    recounting.recount_all()
    assert recounting.drift() == recounting.Drift(journeys=2, counts=72)
