"""What was kept for long enough goes, and no report of the time before changes by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.answers.questions import FIELDS, Question
from analytics.answers.reports import report
from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.keeping import retention
from analytics.keeping.retention import enforce
from analytics.models import FunnelCount, Journey
from analytics.semantics.funnels import SIX_STAGES
from journey.models import Consent, DeadEvent, Event, Forgotten, Horizon, Participant
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, HOUR, MINUTE, TAPPED, WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEWS = ("phone", "Safari", "newsletter", "anchor=early")


@pytest.fixture(autouse=True)
def _periods(settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS, settings.RETENTION_DEAD_DAYS = 90, 395, 90


def days_ago(days: float) -> int:
    return now_us() - int(days * DAY)


@pytest.fixture
def history(db) -> None:
    """Four people: of long ago, of a time whose events are due, of lately, and one who came in all these times."""
    store([batch(1, *BOUGHT, at=days_ago(500), context=NEWS), batch(2, *TAPPED, at=days_ago(120))])
    store([batch(3, *BOUGHT, at=days_ago(2)), batch(3, *WATCHED, at=days_ago(1), context=NEWS)])
    store([batch(4, *TAPPED, at=days_ago(days), context=NEWS) for days in (450, 120, 3)])
    settle()


def told() -> list[object]:
    """All that counts can tell: in all, by each field, and cell by cell."""
    asked = [Question(SIX_STAGES), *(Question(SIX_STAGES, by=(field,)) for field in FIELDS if field != "variant")]
    cells = FunnelCount.objects.order_by("pk").values_list("funnel", "field", "day", "kind", "value", "reached", "n")
    return [*map(report, asked), sorted(cells)]


def left() -> dict[str, list[int]]:
    return {
        "events of": sorted(set(Event.objects.values_list("participant_id", flat=True))),
        "journeys of": sorted(Journey.objects.values_list("participant", flat=True)),
        "participants": sorted(Participant.objects.values_list("pk", flat=True)),
    }


def test_events_go_after_ninety_days_and_people_after_thirteen_months_and_reports_stay(history):
    before = told()
    enforce()
    assert left() == {"events of": [3, 4], "journeys of": [2, 3, 3, 4, 4], "participants": [2, 3, 4]}
    assert Event.objects.filter(at__lt=days_ago(90)).count() == 0
    assert told() == before


def test_what_is_frozen_is_not_counted_again_and_there_is_no_drift(history):
    before = told()
    enforce()
    assert recounting.drift().differences == []
    recounting.recount_all()
    assert (told(), recounting.drift().differences) == (before, [])


def test_once_more_changes_nothing(history):
    enforce()
    before = left(), told(), list(Journey.objects.order_by("pk").values())
    enforce()
    assert (left(), told(), list(Journey.objects.order_by("pk").values())) == before


def test_somebody_who_comes_back_is_counted_beside_what_is_frozen(history):
    enforce()
    before = report(Question(SIX_STAGES)).units
    store([batch(2, *BOUGHT, at=days_ago(0.01))])
    settle()
    assert report(Question(SIX_STAGES)).units == before + 1
    assert Journey.objects.filter(participant=2).count() == 2
    assert recounting.drift().differences == []


def test_a_late_event_of_frozen_time_is_refused_with_the_reason(history):
    enforce()
    before = told()
    store([batch(2, (0, Step.ADD_TO_CART), at=days_ago(120)), batch(9, *BOUGHT, at=days_ago(91))])
    settle()
    assert told() == before
    reasons = set(DeadEvent.objects.values_list("reason", flat=True))
    assert [reason.startswith("it is from before") for reason in reasons] == [True]
    assert (DeadEvent.objects.count(), Participant.objects.filter(pk=9).exists()) == (1 + len(BOUGHT), False)


def test_without_the_horizon_a_late_event_would_change_a_closed_day(history):
    enforce()
    before = told()
    Horizon.objects.all().delete()
    store([batch(2, *BOUGHT, at=days_ago(120))])
    settle()
    assert told() != before


def test_a_walk_across_the_horizon_stays_whole(db):
    at = days_ago(90) - 5 * MINUTE
    store([batch(5, (0, Step.VIEW_FEED), (10 * 60, Step.VIEW_ITEM), at=at)])
    settle()
    enforce()
    assert Event.objects.filter(participant=5).count() == 2
    assert recounting.drift().differences == []
    Horizon.move(Horizon.Name.EVENTS, at + HOUR)
    retention.clear_events()
    assert (Event.objects.filter(participant=5).count(), Journey.objects.get().path) == (0, "fv")
    assert recounting.drift().differences == []


def test_what_was_not_counted_yet_is_counted_before_its_events_go(db):
    store([batch(6, *BOUGHT, at=days_ago(120))])
    enforce()
    assert (Event.objects.count(), Journey.objects.get().stage) == (0, 5)
    settle()
    assert report(Question(SIX_STAGES)).units == 1


def test_zero_days_keep_for_ever(history, settings):
    settings.RETENTION_EVENTS_DAYS = settings.RETENTION_PARTICIPANT_DAYS = settings.RETENTION_DEAD_DAYS = 0
    before = left()
    enforce()
    assert (left(), Horizon.objects.count()) == (before, 0)


def test_tombstones_answers_and_dead_events_go_when_they_are_due(history):
    for mark, days in {"old": 396, "young": 394}.items():
        Forgotten.objects.create(mark=mark)
        Forgotten.objects.filter(mark=mark).update(at=timezone.now() - timedelta(days=days))
    Consent.objects.create(participant_id=1, given=True, version=1, at=days_ago(500))
    for raw, days in {"old": 91, "young": 89}.items():
        DeadEvent.objects.create(raw=raw, reason="")
        DeadEvent.objects.filter(raw=raw).update(seen_at=timezone.now() - timedelta(days=days))
    enforce()
    assert [one.mark for one in Forgotten.objects.all()] == ["young"]
    assert [one.raw for one in DeadEvent.objects.all()] == ["young"]
    assert Consent.objects.count() == 0
