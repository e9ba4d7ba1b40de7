"""Everyone who comes in a period, one after another, each with their walks in the order of time."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count, islice
from random import Random

from analytics.simulation import journeys
from analytics.simulation.dice import dice
from analytics.simulation.effects import NeverAnswered
from analytics.simulation.looking_after import Return, reasons_to_return
from analytics.simulation.people import Person, SightOf, number_of, person, seed_of
from analytics.simulation.rhythm import HOUR, MINUTE, Rhythm, midnight
from analytics.simulation.walk import Walk
from analytics.simulation.world import World

COMES_AGAIN = 0.4
QUIET = 45 * MINUTE  # longer than the half hour that ends a journey

Errand = Callable[[Walk], None]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, of which the last need not be over: nothing happens from `end` on."""

    seed: int
    journeys: int
    first: date
    last: date
    end: int

    @classmethod
    def before(cls, day: date, days: int, seed: int, journeys: int) -> "Period":
        return cls(seed, journeys, day - timedelta(days), day - timedelta(1), midnight(day))

    @classmethod
    def until_now(cls, now: int, days: int, seed: int, journeys: int) -> "Period":
        """So many whole days, and today up to the last full hour."""
        today = datetime.fromtimestamp(now / 1e6, UTC).date()
        return cls(seed, journeys, today - timedelta(days), today, now - now % HOUR)

    @property
    def name(self) -> str:
        """Whoever walks in another period is someone else, lest two months of one person lie over each other."""
        return f"{self.seed}:{self.first}:{self.last}"


def crowd(period: Period, world: World, sight_of: SightOf) -> Iterator[tuple[Person, list[Walk]]]:
    """People until their walks are as many as the period asks for.

    Nobody's walk hangs on anybody else's: more journeys mean more people, and change nothing of those before.
    """
    rhythm = Rhythm(period.first, period.last)
    missing = period.journeys
    for index in count():
        number = number_of(period.name, index)
        rng = dice(seed_of(period.name, index))
        who = person(rng, number, sight_of)
        walks = list(islice(_walks(world, who, rng, rhythm, period.end), missing))
        missing -= len(walks)
        if walks:
            yield who, walks
        if not missing:
            return


def _walks(world: World, who: Person, rng: Random, rhythm: Rhythm, end: int) -> Iterator[Walk]:
    """The walks of one person that are over before `end`."""
    plans: list[tuple[int, int, Errand | None]] = [(rhythm.moment(rng), 0, None)]
    while rng.random() < COMES_AGAIN:
        plans.append((rhythm.moment(rng), len(plans), None))
    heapify(plans)
    ids = iter(range(len(plans), 1_000_000))
    free_from = 0
    while plans:
        start, _, errand = heappop(plans)
        walk = Walk(world, who, rng, max(start, free_from), _source(who, rng, first=not free_from))
        for since, reason in _come_by(walk, errand):
            heappush(plans, (rhythm.days_later(rng, since, reason.days), next(ids), reason.errand))
        for days, come_back in walk.plans:
            heappush(plans, (rhythm.days_later(rng, walk.now, days), next(ids), come_back))
        walk.leave()
        if walk.now >= end:
            return
        free_from = walk.now + QUIET
        if walk.trails:
            yield walk


def _come_by(walk: Walk, errand: Errand | None) -> list[tuple[int, Return]]:
    """Do what one comes for; moments from which on there are reasons to come back."""
    with suppress(NeverAnswered):
        if errand:
            errand(walk)
        elif order := journeys.stroll(walk):
            return [(order.placed_at, reason) for reason in reasons_to_return(walk, order)]
    return []


def _source(who: Person, rng: Random, first: bool) -> str:
    """Who comes again knows the way half of the time."""
    return who.source if first or rng.random() < 0.5 else "direct"
