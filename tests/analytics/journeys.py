"""Journeys by the hundred, with a seed: whatever paths, pauses and values."""

from random import Random

from analytics.counts.journeys import day_of
from analytics.models import FIELDS, Journey, packed
from tests.analytics.taken import DAY, MINUTE, START

VALUES = {"arms": ["", "a=1", "a=1;b=2", "b=2"], "device": ["phone", "desktop", ""], "video": ["v1", "v2", "ü"]}
KINDS = ["visitor", "visitor", "visitor", "bot", "simulated"]
PAUSES = [0, 0, 1, 999, 1_000, 5_000_000, 5_000_000, 29 * MINUTE]


def lived(seed: int, many: int, people: int = 12) -> None:
    """So many journeys of some people, on a few days; those of one person with more than 30 minutes between them."""
    dice = Random(seed)
    stops = [START + dice.randrange(DAY) for _ in range(people)]
    journeys = []
    for _ in range(many):
        participant = dice.randrange(people)
        start = stops[participant] + 30 * MINUTE + 1 + dice.choice([0, dice.randrange(DAY // 4)])
        journeys.append(_journey(dice, participant, start))
        stops[participant] = journeys[-1].stop
    Journey.objects.bulk_create(journeys)


def _journey(dice: Random, participant: int, start: int) -> Journey:
    path = "".join(dice.choices("svtKBfaAPTé", k=dice.randint(1, 30)))
    times = [start]
    for _ in path[1:]:
        times.append(times[-1] + dice.choice(PAUSES))
    values = {field: dice.choice(VALUES.get(field, ["", "x", "y"])) for field in FIELDS}
    sums = {"revenue_cents": dice.randrange(10**6), "said": dice.randrange(50), "missing": dice.randrange(5)}
    return Journey(
        participant=participant,
        start=start,
        stop=times[-1],
        day=day_of(start),
        kind=dice.choice(KINDS),
        path=path,
        pauses=packed(times),
        stage=0,
        **values,
        **sums,
    )
