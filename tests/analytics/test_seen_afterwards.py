"""What became of an order is counted beside it, once, also when its journey is closed; the forgotten leave no trace."""

import pytest

from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.keeping.retention import enforce
from analytics.models import ProductDay, VideoDay
from analytics.videos import periods
from analytics.videos.video_figures import VideoFigures
from journey import privacy
from journey.models import Event
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import DAY, HOUR, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LED = {"product": "serum", "video": "week"}
ORDERED = [
    (0, Step.VIDEO_IMPRESSION, {"video": "week"}),
    (3, Step.SELECT_PROMOTION, LED),
    (4, Step.VIEW_ITEM, LED),
    (9, Step.PURCHASE, {**LED, "order": "K3V9", "value": 1690, "quantity": 1}),
]
BACK = {"order": "K3V9", "value": 400}


@pytest.fixture(autouse=True)
def _periods(settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS = 90, 395


def video() -> VideoFigures:
    return periods.figures(None, None, ["visitor"])["week"]


def told() -> tuple[int, ...]:
    one = video()
    return one.orders, one.refunded, one.refund_cents, one.tickets, one.participants


def test_a_refund_and_a_ticket_of_another_day_count_beside_the_order():
    begin = now_us() - 20 * DAY
    store([batch(1, *ORDERED, at=begin)])
    settle()
    store(
        [
            batch(
                1,
                (0, Step.REFUND, BACK),
                (5, Step.SUPPORT_OPEN, {"order": "K3V9", "kind": "where"}),
                at=begin + 6 * DAY,
            )
        ]
    )
    settle()
    assert told() == (1, 1, 400, 1, 1)
    assert [row.refunded for row in VideoDay.objects.all()] == [1]
    assert [row.refund_cents for row in ProductDay.objects.all()] == [400]
    assert recounting.drift().differences == []


def test_what_comes_after_the_journey_of_the_order_is_closed_counts_once_in_its_own(settings):
    begin = now_us() - 100 * DAY
    store([batch(1, *ORDERED, at=begin), batch(1, (0, Step.REFUND, BACK), at=begin + 30 * DAY)])
    settle()
    assert told() == (1, 1, 400, 0, 1)
    enforce()
    assert Event.objects.filter(at__lt=begin + HOUR).count() == 0
    store([batch(1, (0, Step.REFUND, BACK), (9, Step.VIDEO_IMPRESSION, {"video": "week"}), at=begin + 50 * DAY)])
    settle()
    assert told() == (1, 1, 800, 0, 1)
    recounting.recount_all()
    assert told() == (1, 1, 800, 0, 1)
    assert recounting.drift().differences == []


def test_days_stay_when_their_journeys_go_and_who_comes_again_is_counted_anew():
    begin = now_us() - 500 * DAY
    store([batch(1, *ORDERED, at=begin)])
    store([batch(1, *ORDERED[:1], at=now_us() - 2 * DAY)])
    settle()
    before = told()
    enforce()
    settle()
    assert (before, told()) == ((1, 0, 0, 0, 1), (1, 0, 0, 0, 2))
    assert recounting.drift().differences == []


def test_a_day_that_was_tampered_with_is_found():
    store([batch(1, *ORDERED)])
    settle()
    VideoDay.objects.update(orders=7)
    ProductDay.objects.all().delete()
    assert recounting.drift().differences == [
        "('2026-09-21', 'visitor', 'week'): orders is 7 instead of 1",
        "('2026-09-21', 'visitor', 'serum') is missing",
    ]


def test_who_is_forgotten_is_in_no_day_any_more():
    store([batch(1, *ORDERED), batch(2, *ORDERED[:1])])
    settle()
    privacy.forget(privacy.Person(frozenset({1})))
    settle()
    assert told() == (0, 0, 0, 0, 1)
    assert not ProductDay.objects.exists()
