"""What several panels look at: read once, by whoever asks first."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from analytics.answers.questions import Question, default_kinds
from analytics.answers.reports import FunnelReport, report
from analytics.dashboard.figures import Compared, today
from analytics.dashboard.verdicts import latest_day
from analytics.models import Journey
from analytics.semantics.funnels import SIX_STAGES

ENOUGH_TODAY = 100  # journeys; with fewer the headline is about the last seven days
DAYS = 7


@dataclass
class Moment:
    now: datetime = field(default_factory=timezone.now)

    @property
    def day(self) -> date:
        return self.now.astimezone(UTC).date()

    @property
    def first(self) -> date:
        """Of the last seven days."""
        return self.day - timedelta(days=DAYS - 1)

    @cached_property
    def is_new(self) -> bool:
        """Whether nobody has walked through the shop yet."""
        return not Journey.objects.exists()

    @cached_property
    def today(self) -> FunnelReport:
        return self._report(self.day)

    @cached_property
    def week(self) -> FunnelReport:
        return self._report(self.first)

    @cached_property
    def is_about_today(self) -> bool:
        return self.today.units >= ENOUGH_TODAY

    @property
    def report(self) -> FunnelReport:
        """Of today, or of the last seven days when today is too young to say much."""
        return self.today if self.is_about_today else self.week

    @cached_property
    def told(self) -> date | None:
        """The last day the diagnosis has told of."""
        return latest_day()

    @cached_property
    def compared(self) -> Compared:
        return today(self.now)

    def _report(self, first: date) -> FunnelReport:
        return report(Question(SIX_STAGES, first, self.day, default_kinds()))
