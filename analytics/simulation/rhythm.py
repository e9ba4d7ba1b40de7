"""When people come: evenings more than nights, weekends more than weekdays, every day a little more."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

SECOND = 1_000_000  # all times are microseconds
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Share of each UTC hour of a day, in no unit.
HOURS = [14, 9, 5, 3, 3, 4, 8, 14, 20, 24, 26, 29, 34, 33, 30, 30, 33, 38, 46, 58, 68, 70, 52, 29]
WEEKEND = 1.25
TREND = 0.15  # the last day against the first


def midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND


class Rhythm:
    """Draws moments of whole days, from the first to the last."""

    def __init__(self, first: date, last: date) -> None:
        self.days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        self._weights = list(accumulate(self._weight(number, day) for number, day in enumerate(self.days)))
        self._hours = list(accumulate(HOURS))

    def _weight(self, number: int, day: date) -> float:
        return (1 + TREND * number / len(self.days)) * (WEEKEND if day.weekday() >= 5 else 1)

    def moment(self, rng: Random) -> int:
        return midnight(rng.choices(self.days, cum_weights=self._weights)[0]) + self.hour(rng)

    def days_later(self, rng: Random, moment: int, days: int) -> int:
        return moment - moment % DAY + days * DAY + self.hour(rng)

    def hour(self, rng: Random) -> int:
        """A time of day."""
        return int((rng.choices(range(24), cum_weights=self._hours)[0] + rng.random()) * HOUR)
