"""What share of steps was lost on the way, of whom: per device, browser, arm and day, and whether arms differ."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from math import sqrt
from statistics import NormalDist

from django.db.models import Sum

from analytics.answers.questions import Question
from analytics.answers.sources import told
from analytics.models import FunnelCount
from analytics.semantics.funnels import SIX_STAGES
from analytics.stats import wilson

WORTH_SAYING = 0.01  # a report says nothing of a smaller share
BEACON = 20  # steps that travel, and are lost, together: the twentieth part of them are independent
FEW = 30  # beacons; a share of fewer says little
SURE = 0.001  # how rarely equal arms may be told apart

Sums = tuple[int, int]  # steps said, steps missing


@dataclass(frozen=True, slots=True)
class Lost:
    """Steps that never arrived, of those that were said by one group."""

    name: str
    said: int
    missing: int

    @property
    def share(self) -> float:
        return self.missing / self.said if self.said else 0.0

    @property
    def percent(self) -> float:
        return 100 * self.share

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Wilson, with a beacon as one observation."""
        return wilson(self.missing / BEACON, self.said / BEACON)

    @property
    def few(self) -> bool:
        return self.said < FEW * BEACON


@dataclass(frozen=True, slots=True)
class Unequal:
    """Two arms of an experiment, of which the first loses more."""

    experiment: str
    more: Lost
    less: Lost
    p: float


def lost_by(question: Question, field: str) -> list[Lost]:
    """Per value of a field of journeys, or per day; those that lost most steps in their share first, days in order."""
    column = "day" if field == "day" else "value"
    rows = (
        FunnelCount.objects.filter(funnel=SIX_STAGES.slug, field="" if field == "day" else field)
        .between(question.first, question.last)
        .of_kinds(question.kinds)
        .values_list(column)
        .annotate(said=Sum("said"), missing=Sum("missing"))
        .order_by(column)
    )
    found = [Lost(str(value), said, missing) for value, said, missing in rows if said]
    return found if field == "day" else worst_first(found)


def lost_by_arm(question: Question) -> dict[str, list[Lost]]:
    """Experiment → its arms, in their order. A journey is in one arm of each experiment."""
    arms: dict[str, Sums] = {}
    for row in lost_by(question, "arms"):
        for pair in filter(None, row.name.split(";")):
            said, missing = arms.get(pair, (0, 0))
            arms[pair] = said + row.said, missing + row.missing
    found: dict[str, list[Lost]] = {}
    for pair, sums in sorted(arms.items()):
        experiment, _, arm = pair.partition("=")
        found.setdefault(experiment, []).append(Lost(arm, *sums))
    return found


def unequal(arms: dict[str, list[Lost]]) -> list[Unequal]:
    """Pairs of arms that lose different shares: what is measured of them cannot be compared."""
    pairs = [(experiment, pair) for experiment, some in arms.items() for pair in combinations(some, 2)]
    told = []
    for experiment, pair in pairs:
        more, less = worst_first(pair)
        p = two_proportions(more, less)
        if p < SURE:
            told.append(Unequal(experiment, more, less, p))
    return told


def two_proportions(one: Lost, other: Lost) -> float:
    """p of the pooled z-test that both lose the same share, with a beacon as one observation."""
    n, m = one.said / BEACON, other.said / BEACON
    if not n or not m:
        return 1.0
    pooled = (one.missing + other.missing) / (one.said + other.said)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return 2 * NormalDist().cdf(-abs(one.share - other.share) / spread) if spread else 1.0


def worst_browser(question: Question) -> Lost | None:
    """Of the journeys a report is about; small groups are passed over, unless there are only such."""
    asked = replace(question, funnel=SIX_STAGES, by=("browser",), unit="journey", attribute="")
    found = [Lost(value, tally.said, tally.missing) for (value,), tally in told(asked).parts.items() if tally.said]
    return next(iter(worst_first([row for row in found if not row.few] or found)), None)


def worst_first(rows: Iterable[Lost]) -> list[Lost]:
    return sorted(rows, key=lambda row: (-row.share, row.name))
