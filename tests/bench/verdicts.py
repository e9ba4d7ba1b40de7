"""What results say of experiments whose truth is planted, thousands of them: through the code of the results page."""

from collections import Counter
from datetime import UTC, date, datetime

import numpy as np

from analytics.experiments.decisions import Decision, Health, Word
from analytics.experiments.looks import Looks
from analytics.experiments.metrics import Aims, aims_of
from analytics.experiments.reading import _compared as compared
from analytics.experiments.results import Reading, results
from analytics.experiments.rows import Row
from analytics.experiments.split import split
from analytics.semantics.funnels import FUNNELS
from journey.models import Experiment

ARMS = ("control", "new")
PLANNED = dict.fromkeys(ARMS, 0.5)
START = datetime(2026, 10, 2, tzinfo=UTC)
FUNNEL = FUNNELS["shop"]
CAME, WENT = 0b1, 0b1111
BASE = 0.10
A_DAY = 400  # participants an arm
DAYS = 30
AIMS: Aims = aims_of(FUNNEL, guardrails=())


def rows_of(n: tuple[int, int], went: tuple[int, int]) -> list[Row]:
    """Everyone of two arms, as units are summed up."""
    day = date(2026, 10, 2)
    counts = ((arm, n[k] - went[k], went[k]) for k, arm in enumerate(ARMS))
    return [
        Row(arm, day, False, reached, 0, people, 0, 0, 0, 0, 0)
        for arm, stayed, through in counts
        for reached, people in ((CAME, stayed), (WENT, through))
    ]


def cumulative(runs: int, lift: float, seed: int, shares: tuple[float, float] = (1, 1)) -> np.ndarray:
    """[run, day, arm, (participants, purchases)] by the end of each day; `shares`: of an arm that are seen at all."""
    rng = np.random.default_rng(seed)
    n = np.stack([rng.binomial(A_DAY, share, (runs, DAYS)) for share in shares], axis=2)
    went = rng.binomial(n, (BASE, BASE * (1 + lift)))
    return np.stack([n, went], axis=3).cumsum(axis=1)


def covered(runs: int, lift: float, way: str, seed: int) -> float:
    """The share of experiments whose interval, at their end, has the planted lift in it."""
    hits = 0
    for found in cumulative(runs, lift, seed)[:, -1]:
        rows = rows_of(*pairs(found))
        control, new = ([row for row in rows if row.arm == arm] for arm in ARMS)
        shown = Reading(way).of(AIMS.goal.effect(control, new))
        hits += shown is not None and shown.low <= lift <= shown.high
    return hits / runs


def pairs(found: np.ndarray) -> list[tuple[int, int]]:
    """Participants of both arms, purchases of both arms."""
    return [(int(a), int(b)) for a, b in found.T]


def decided(n: tuple[int, int], went: tuple[int, int], days: int, worth: float) -> Decision:
    """What the results page says after so many days."""
    rows = rows_of(n, went)
    control, arm = results(rows, ARMS, FUNNEL, Reading(), AIMS)
    shares = split(Counter(dict(zip(ARMS, n, strict=True))), PLANNED)
    experiment = Experiment(slug="planted", funnel=FUNNEL.slug, worth_percent=worth, started_at=START)
    looks = Looks("always", START.date(), days, DAYS)
    health = Health(shares.p, shares.broken)
    return compared(experiment, control, arm, AIMS, FUNNEL, health, looks, rows).decision


def words(
    runs: int, lift: float, seed: int, shares: tuple[float, float] = (1, 1), worth: float = 25
) -> dict[Word, float]:
    """Verdicts after 30 days, by how often they are said."""
    said = Counter[Word]()
    for found in cumulative(runs, lift, seed, shares)[:, -1]:
        said[decided(*pairs(found), DAYS, worth).word] += 1
    return {word: said[word] / runs for word in Word}


def called_different(runs: int, seed: int) -> float:
    """The share of A/A experiments that ever say ship or roll back, with a look at the end of every day."""
    wrong = 0
    for run in cumulative(runs, 0.0, seed):
        for day, found in enumerate(run, 1):
            if decided(*pairs(found), day, 5).word in (Word.SHIP, Word.ROLL_BACK):
                wrong += 1
                break
    return wrong / runs


LIFTS = (-0.3, -0.1, 0.0, 0.1, 0.2, 0.5)
PLANTED = {"+20 %": (0.2, (1, 1)), "−20 %": (-0.2, (1, 1)), "0": (0.0, (1, 1)), "0, 10 % lost": (0.0, (1, 0.9))}


def tables(runs: int = 2_000, experiments: int = 1_000, seed: int = 7) -> list[str]:
    """The lines of docs/experiments.md."""
    lines = [
        f"{lift:+.0%}: " + ", ".join(f"{way} {covered(runs, lift, way, seed):.1%}" for way in ("always", "fixed"))
        for lift in LIFTS
    ]
    for name, (lift, shares) in PLANTED.items():
        said = words(experiments, lift, seed, shares)
        lines.append(f"{name}: " + ", ".join(f"{word} {share:.1%}" for word, share in said.items()))
    return [*lines, f"A/A called different at any of {DAYS} looks: {called_different(experiments, seed):.1%}"]
