"""The conversion day by day: which day somebody belongs to, and which days may still change."""

from datetime import UTC, date, datetime

import pytest

from analytics.answers.questions import Question, funnel_of
from analytics.answers.trends import Day, trend
from analytics.counts.counting import count
from analytics.screens.trend_charts import DayUrl, chart
from analytics.semantics.funnels import SHOP, SIX_STAGES
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import BOUGHT, DAY, SECOND, START, WATCHED, batch

MONDAY, TUESDAY, WEDNESDAY = date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 23)
MIDNIGHT = START - START % DAY + DAY
LATER = START + 60 * DAY


def moment(*when):
    return int(datetime(*when, tzinfo=UTC).timestamp()) * SECOND


@pytest.mark.django_db
def test_days_without_anybody_stand_between_the_others():
    store([batch(1, *BOUGHT), batch(2, *WATCHED, at=START + 2 * DAY), batch(3, *BOUGHT, at=START + 2 * DAY)])
    count()
    assert trend(Question(SIX_STAGES), LATER) == [
        Day(MONDAY, 1, 1, True),
        Day(TUESDAY, 0, 0, True),
        Day(WEDNESDAY, 2, 1, True),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("funnel", [SHOP, funnel_of("view_item,purchase", "7d", "ordered")], ids=["counted", "walked"])
def test_who_enters_after_midnight_belongs_to_the_new_day(funnel):
    store([batch(1, (0, Step.VIEW_FEED), (9, Step.VIEW_ITEM, {}), at=MIDNIGHT - 5 * SECOND)])
    count()
    assert trend(Question(funnel), LATER) == [Day(TUESDAY, 1, 0, True)]


@pytest.mark.django_db
@pytest.mark.parametrize(("unit", "mature"), [("journey", True), ("participant", False)])
def test_a_day_is_too_young_while_somebody_may_still_go_on(unit, mature):
    """A journey is over after half an hour; a participant may come back within the window of seven days."""
    store([batch(1, *BOUGHT)])
    count()
    on_tuesday, a_week_later = moment(2026, 9, 22, 0, 31), moment(2026, 9, 29)
    assert [day.mature for day in trend(Question(SIX_STAGES, unit=unit), on_tuesday)] == [mature]
    assert [day.mature for day in trend(Question(SIX_STAGES, unit=unit), a_week_later)] == [True]
    assert not trend(Question(SIX_STAGES, unit=unit), moment(2026, 9, 22, 0, 29))[0].mature


def test_the_line_is_dotted_where_it_may_change_and_broken_where_nobody_came():
    days = [Day(MONDAY, 100, 5, True), Day(TUESDAY, 0, 0, True), Day(WEDNESDAY, 100, 8, True)]
    young = Day(date(2026, 9, 24), 100, 1, False)
    drawn = chart([*days, young], DayUrl())
    assert (len(drawn.line), len(drawn.dotted), len(drawn.band), drawn.immature) == (2, 1, 2, 1)
    assert [tick.label for tick in drawn.rates] == ["0 %", "8 %", "16 %"]


def test_one_day_and_no_day_can_be_drawn():
    assert len(chart([Day(MONDAY, 3, 1, True)], DayUrl()).points) == 1
    assert chart([], DayUrl()).points == []
