"""What counts rest on when events are gone: what was judged by them stays, and nothing is missed in vain."""

import pytest

from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.counts.journeys import Taken
from analytics.counts.losses import losses
from analytics.keeping.retention import enforce
from analytics.models import Journey
from journey.models import Event
from journey.steps import Step
from journey.store import store
from journey.trails import born, now_us, trail_number
from tests.analytics.taken import DAY, HOUR, MINUTE, SECOND, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _periods(settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS = 90, 0


def frozen_from(settings, moment: int) -> None:
    """Time goes by, until what stopped before this moment is frozen."""
    settings.RETENTION_EVENTS_DAYS = (now_us() - moment - HOUR // 2) / DAY
    enforce()


def lookings(number, *at, trail=None):
    """A page at the first of these moments, and what its browser says at the others: numbers without a hole."""
    return batch(number, *[((one - at[0]) / SECOND, Step.VIDEO_START) for one in at], at=at[0], trail=trail)


def left_of(number: int) -> list[int]:
    return list(Event.objects.filter(participant=number).order_by("at").values_list("n", flat=True))


def test_the_beginning_of_a_trail_stays_while_somebody_walks_on_it_and_goes_afterwards(db, settings):
    begin = now_us() - 100 * DAY
    store([lookings(1, begin, begin + MINUTE, begin + 2 * MINUTE, begin + 20 * HOUR, begin + 20 * HOUR + MINUTE)])
    settle()
    assert Journey.objects.count() == 2
    frozen_from(settings, begin + 10 * HOUR)
    assert left_of(1) == [0, 1, 2, 3, 4]
    recounting.recount_all()
    assert (set(Journey.objects.values_list("missing", flat=True)), recounting.drift().differences) == ({0}, [])
    frozen_from(settings, begin + 21 * HOUR)
    assert (left_of(1), Journey.objects.count()) == ([], 2)
    assert recounting.drift().differences == []


def test_the_events_of_somebody_who_comes_every_day_go_day_by_day(db, settings):
    first = now_us() - 100 * DAY
    # A page in the morning that says something once more in the evening, a little later every day.
    walks = [(at, at + MINUTE, at + 20 * HOUR + day * MINUTE) for day in range(6) if (at := first + day * DAY)]
    store([lookings(1, *walk) for walk in walks])
    settle()
    counted = sorted(Journey.objects.values_list("start", "stop", "path", "missing"))
    for morning, *_ in walks:
        frozen_from(settings, morning + 10 * HOUR)
        kept = [at for walk in walks for at in walk if at >= morning]
        assert sorted(Event.objects.values_list("at", flat=True)) == kept
        recounting.recount_all()
        assert sorted(Journey.objects.values_list("start", "stop", "path", "missing")) == counted
        assert recounting.drift().differences == []


def test_who_does_not_come_back_within_a_day_leaves_at_once(db, settings):
    begin = now_us() - 100 * DAY
    store([lookings(1, begin, begin + MINUTE), lookings(1, begin + 25 * HOUR, begin + 25 * HOUR + MINUTE)])
    settle()
    frozen_from(settings, begin + 10 * HOUR)
    assert Event.objects.filter(at__lt=begin + HOUR).count() == 0
    assert len(left_of(1)) == 2
    assert recounting.drift().differences == []


def pages(number, at, spoken=False):
    """Four pages, whose browser says something or never does."""
    said = [(1, Step.VIDEO_START)] if spoken else []
    return [batch(number, (0, Step.VIEW_ITEM), *said, at=at + minute * MINUTE) for minute in range(4)]


@pytest.mark.parametrize("spoken", [False, True])
def test_what_somebody_was_judged_to_be_by_what_is_gone_they_stay(db, spoken):
    kind = "visitor" if spoken else "bot"
    store(pages(1, now_us() - 120 * DAY, spoken))
    settle()
    enforce()
    assert Event.objects.count() == 0
    store(pages(1, now_us() - HOUR, not spoken))
    settle()
    assert list(Journey.objects.values_list("kind", flat=True)) == [kind, kind]
    recounting.recount_all()
    assert list(Journey.objects.values_list("kind", flat=True)) == [kind, kind]
    assert recounting.drift().differences == []


@pytest.mark.parametrize(("later", "missing"), [(DAY, 3), (DAY + 1, 0)])
def test_of_a_trail_that_is_gone_an_end_that_is_told_late_misses_nothing(later, missing):
    begin = now_us() - 5 * DAY
    trail = trail_number(begin)
    props = f'{{"trail": "{trail}", "last": 3}}'
    walk = [Taken(1, born(trail) + later, Step.TRAIL_END.letter, 1, props, trail_number(begin + later), 1)]
    assert losses([walk]) == [(1 + missing, missing)]


def test_a_tab_that_was_left_open_until_its_events_were_gone_has_lost_nothing(db):
    begin = now_us() - 120 * DAY
    trail = trail_number(begin)
    store([lookings(1, begin, begin + MINUTE, begin + 2 * MINUTE, trail=trail)])
    settle()
    enforce()
    end = (1, Step.TRAIL_END, {"trail": str(trail), "last": 2})
    store([batch(1, (0, Step.VIEW_FEED), end, at=now_us() - HOUR, trail=trail_number(now_us() - HOUR))])
    settle()
    assert list(Journey.objects.values_list("missing", flat=True)) == [0, 0]
    assert recounting.drift().differences == []
