"""What an experiment may be asked for: its goal, what must not get worse, and what else is looked at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from analytics.experiments import rows as sums
from analytics.experiments.cuped import Paired
from analytics.experiments.rows import Row
from analytics.experiments.samples import Effect, Ratio, Sample, difference, lift
from analytics.semantics.funnels import Funnel

REVENUE = "revenue"
STEP = "step:"
LEAST_EACH = 100  # participants an arm, before an interval is believed
LEAST_TRIES = 50  # purchases, or tries to order


@dataclass(frozen=True, slots=True)
class Metric:
    """`of` an arm's rows: what is shown of it. Effects are such that more is better, whatever is measured."""

    key: str
    label: str
    of: Callable[[Sequence[Row]], Sample | Ratio]
    unit: str = "share"  # or cents, ms, ratio
    per: str = ""  # what a ratio's are counted by: "a purchase"
    among: str = ""  # the same where it is written as a number: "in 100 purchases"
    harm: str = ""  # a guardrail's bad news

    @property
    def name(self) -> str:
        return f"{self.label} {self.per}".strip()

    def effect(self, control: Sequence[Row], rows: Sequence[Row]) -> Effect | None:
        """A lift; of a ratio how much lower it is, of a time how much faster: the control's by mine, less 1."""
        base, mine = self.of(control), self.of(rows)
        if isinstance(base, Ratio) and isinstance(mine, Ratio):
            return difference(base, mine)
        return lift(mine, base) if self.unit == "ms" else lift(base, mine)

    def is_enough(self, *arms: Sequence[Row]) -> bool:
        """Whether there is so much of it in each arm that its interval means something."""
        found = [self.of(rows) for rows in arms]
        return all(one.under >= LEAST_TRIES if isinstance(one, Ratio) else one.n >= LEAST_EACH for one in found)

    def count(self, rows: Sequence[Row]) -> int:
        return int(self.of(rows).total)


BOUGHT, TRIED = ("a purchase", "in 100 purchases"), ("a try", "in 100 tries to order")
GUARDRAILS = {
    metric.key: metric
    for metric in (
        Metric("refunds", "Refunds", sums.refunds_a_purchase, "ratio", *BOUGHT, "more refunds a purchase"),
        Metric("tickets", "Tickets", sums.tickets_a_purchase, "ratio", *BOUGHT, "more tickets a purchase"),
        Metric("errors", "Checkout errors", sums.errors_a_try, "ratio", *TRIED, "more checkout errors a try to order"),
        Metric("speed", "Page speed", sums.speed, "ms", harm="slower pages"),
    )
}
MONEY = Metric(REVENUE, "Revenue a participant", sums.money, "cents")


def step_metric(funnel: Funnel, step: int) -> Metric:
    return Metric(f"{STEP}{step}", funnel.labels[step], partial(sums.share, step=step))


def metrics_of(funnel: Funnel) -> dict[str, Metric]:
    """All that can be asked of an experiment with this funnel, by key."""
    steps = (step_metric(funnel, k) for k in range(len(funnel.steps)))
    return {metric.key: metric for metric in (*steps, MONEY, *GUARDRAILS.values())}


def goals_of(funnel: Funnel) -> dict[str, Metric]:
    """What can decide: a step that not everybody takes, or money."""
    return {key: metric for key, metric in metrics_of(funnel).items() if key not in GUARDRAILS}


@dataclass(frozen=True, slots=True)
class Aims:
    """What one experiment is asked for."""

    goal: Metric
    guardrails: tuple[Metric, ...]
    secondary: tuple[Metric, ...]

    def paired(self, rows: Iterable[Row]) -> Paired:
        """The goal after the exposure and before it."""
        if self.goal.key == REVENUE:
            return sums.paired_money(rows)
        return sums.paired_share(rows, int(self.goal.key.removeprefix(STEP)))


def aims_of(
    funnel: Funnel, goal: str = "", guardrails: Iterable[str] = ("refunds", "tickets", "errors"),
    secondary: Iterable[str] = (),
) -> Aims:  # fmt: skip
    """What a release does not know any more is left out; without a goal it is what the funnel leads to."""
    known, goals = metrics_of(funnel), goals_of(funnel)
    aim = goals.get(goal) or step_metric(funnel, funnel.goal)
    others = tuple(known[key] for key in secondary if key in known and key != aim.key)
    return Aims(aim, tuple(GUARDRAILS[key] for key in guardrails if key in GUARDRAILS), others)


def successes(metric: Metric, rows: Sequence[Row]) -> int:
    """Participants who did it; for money, purchases."""
    return int(sum(row.purchases for row in rows)) if metric.key == REVENUE else metric.count(rows)
