"""The events of a period and of some kinds of participants, some thousands at a time, in the order of identity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from analytics.incoming.foreign import EPOCH, LAST_US, MICROSECOND
from journey.models import Event

ROWS_A_READ = 10_000
Identity = tuple[int, int, int]
FIELDS = """e.participant_id, e.trail, e.n, e.at, e.step, p.kind, p.label,
    p.study, c.device, c.browser, c.source, c.campaign, c.arms, e.props"""
JOINED = """journey_event e
    JOIN journey_participant p ON p.number = e.participant_id
    JOIN journey_context c ON c.id = e.context_id"""


class Exported(NamedTuple):
    """An event with all that is known of it; `props` is JSON text or None."""

    participant: int
    trail: int
    n: int
    at: int
    letter: str
    kind: str
    label: str
    study: str
    device: str
    browser: str
    source: str
    campaign: str
    arms: str
    props: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whole days, UTC, both included; no kinds are all kinds."""

    first: date | None = None
    last: date | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def span(self) -> tuple[int, int]:
        """Microseconds: from, and up to but not including."""
        return _us(self.first, 0), _us(self.last and self.last + timedelta(days=1), LAST_US)

    def count(self) -> int:
        start, stop = self.span
        events = Event.objects.filter(at__gte=start, at__lt=stop)
        return (events.filter(participant__kind__in=self.kinds) if self.kinds else events).count()

    def chunks(self) -> Iterator[list[Exported]]:
        """Never all at once: each read goes on behind the last identity of the one before."""
        return self.some((0, 0, -1), None)

    def some(self, place: Identity, most: int | None) -> Iterator[list[Exported]]:
        """So many reads of what lies behind an identity, or all of them."""
        while (most is None or most > 0) and (rows := self.behind(place)):
            yield rows
            place, most = rows[-1][:3], most and most - 1

    def behind(self, place: Identity) -> list[Exported]:
        kinds = sorted(self.kinds)
        of_kinds = f"AND p.kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {FIELDS} FROM {JOINED}"  # noqa: S608 - our own words, and places for values
                f" WHERE (e.participant_id, e.trail, e.n) > (%s, %s, %s) AND e.at >= %s AND e.at < %s {of_kinds}"
                f" ORDER BY e.participant_id, e.trail, e.n LIMIT {ROWS_A_READ}",
                [*place, *self.span, *kinds],
            )
            return [Exported(*row) for row in cursor.fetchall()]


def _us(day: date | None, otherwise: int) -> int:
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - EPOCH) // MICROSECOND if day else otherwise
