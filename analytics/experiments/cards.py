"""An arm's numbers as the results page draws them: texts, lengths, and how sure they are."""

from dataclasses import dataclass

from django.conf import settings

from analytics.experiments.charts import Forest, Ripening, Scale, forests, ripening
from analytics.experiments.metrics import REVENUE, Metric
from analytics.experiments.planning import LONG
from analytics.experiments.reading import Compared, Results
from analytics.experiments.results import ArmResult
from analytics.experiments.samples import Ratio, Sample
from analytics.stats import wilson

WORDS = {
    "invalid": "Do not believe it",
    "roll back": "Roll it back",
    "ship": "Ship it",
    "no effect": "It makes no difference",
    "keep running": "Keep it running",
}
DISCOVERY = 0.1  # q below which a metric is called different
SAVED = 0.01  # of the interval's width: less is no help


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it is drawn for one arm: a rate of all exposed, its interval, its lift over the control."""

    label: str
    count: int
    rate: float
    low: float
    high: float
    of_previous: float | None
    forest: Forest | None
    is_goal: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A metric of one arm: how many, how much, and its lift in which more is better."""

    count: int | None
    text: str
    forest: Forest | None = None
    q: float | None = None

    @property
    def is_found(self) -> bool:
        return self.q is not None and self.q < DISCOVERY


@dataclass(frozen=True, slots=True)
class ArmCard:
    result: ArmResult
    steps: list[StepRow]
    revenue: Cell
    aim: Cell
    rails: list[Cell]
    others: list[Cell]
    with_before: Forest | None
    saved: float  # percent of the interval's width that what was done before takes away
    word: str = ""
    verdict: str = ""
    reasons: tuple[str, ...] = ()
    days_left: int | None = None
    ripening: Ripening | None = None

    @property
    def too_long(self) -> bool:
        return self.days_left is not None and self.days_left > LONG

    @property
    def before_helps(self) -> bool:
        return self.saved >= 100 * SAVED

    @property
    def chance(self) -> str:
        """How likely it is better: never certain."""
        better = 100 * self.result.chances.better if self.result.chances else 0.0
        return "> 99.9 %" if better >= 99.95 else "< 0.1 %" if better < 0.05 else f"{better:.1f} %"

    @property
    def loss(self) -> float:
        return 100 * self.result.chances.loss if self.result.chances else 0.0


def cards_of(found: Results) -> list[ArmCard]:
    """The control first. Lifts share a scale, on which the goal's are whole; those of guardrails have their own."""
    arms = [compared.arm for compared in found.compared]
    lifts = [step.lift for arm in arms for step in arm.steps]
    lifts += [lift for arm in arms for lift in (arm.revenue_lift, arm.aim_lift, *(o.lift for o in arm.others))]
    rails = [effect for arm in arms for _, effect in arm.guardrails.values()]
    scale = forests(lifts, whole=[arm.aim_lift for arm in arms])
    small = forests(rails, least=0.01, whole=rails)
    control = _card(found, found.control, None, scale, small)
    return [control, *(_card(found, compared.arm, compared, scale, small) for compared in found.compared)]


def _card(found: Results, arm: ArmResult, compared: Compared | None, scale: Scale, small: Scale) -> ArmCard:
    aims, decision = found.aims, compared.decision if compared else None
    card = ArmCard(
        arm,
        [_step(found, arm, k, scale) for k in range(len(arm.steps))],
        Cell(None, money(arm.revenue.mean), scale(arm.revenue_lift)),
        Cell(arm.successes, text_of(aims.goal, arm.aim), scale(arm.aim_lift)),
        [_rail(metric, *arm.guardrails[metric.key], small) for metric in aims.guardrails],
        [Cell(_count(o.metric, o.sample), text_of(o.metric, o.sample), scale(o.lift), o.q) for o in arm.others],
        scale(arm.goal_with_before),
        _saved(arm),
    )
    if compared is None or decision is None:
        return card
    verdict = (decision.word.value, WORDS[decision.word.value], decision.reasons, decision.days_left)
    return ArmCard(
        card.result, card.steps, card.revenue, card.aim, card.rails, card.others, card.with_before, card.saved,
        *verdict, ripening(compared.by_day),
    )  # fmt: skip


def _rail(metric: Metric, sample: Sample | Ratio, effect: object, small: Scale) -> Cell:
    return Cell(_count(metric, sample), text_of(metric, sample), small(effect))  # type: ignore[arg-type]


def _step(found: Results, arm: ArmResult, k: int, scale: Scale) -> StepRow:
    step = arm.steps[k]
    low, high = wilson(step.sample.total, arm.n) if arm.n else (0.0, 0.0)
    return StepRow(
        step.label,
        int(step.sample.total),
        100 * step.sample.mean,
        100 * low,
        100 * high,
        100 * step.of_previous.mean if k and step.of_previous.n else None,
        scale(step.lift),
        found.aims.goal.key == f"step:{k}",
    )


def _saved(arm: ArmResult) -> float:
    plain, less = arm.aim_lift, arm.goal_with_before
    if plain is None or less is None or plain.high == plain.low:
        return 0.0
    return 100 * (1 - (less.high - less.low) / (plain.high - plain.low))


def _count(metric: Metric, sample: Sample | Ratio) -> int | None:
    """How many did it; of money and of seconds that says nothing."""
    return None if metric.unit in ("cents", "ms") else int(sample.total)


def text_of(metric: Metric, sample: Sample | Ratio) -> str:
    if metric.unit == "ms":
        return f"{sample.mean / 1000:.2f} s" if sample.n else "not told"
    if metric.unit == "cents":
        return money(sample.mean)
    if metric.unit == "ratio":
        return f"{100 * sample.mean:.1f}"
    return f"{100 * sample.mean:.1f} %"


def money(cents: float) -> str:
    return f"{cents / 100:,.2f} {settings.CURRENCY}"


def question(found: Results, arm: str) -> str:
    """In words, as it stands above the number."""
    goal = found.aims.goal
    if goal.key == REVENUE:
        return f"Does {arm} bring more revenue a participant than the control?"
    if goal.key == f"step:{found.funnel.goal}":
        return f"Does {arm} sell better than the control?"
    return f"Does {arm} bring more participants to “{goal.label}” than the control?"
