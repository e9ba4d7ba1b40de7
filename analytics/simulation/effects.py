"""What is planted in the arms of experiments: of those exposed, exactly so many more or fewer come to a step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

from analytics.simulation.dice import dice
from journey.steps import Step

# Steps that a single decision of the model leads to; all others follow from these.
LIFTABLE = (
    Step.SELECT_PROMOTION,
    Step.SELECT_ITEM,
    Step.ADD_TO_CART,
    Step.BEGIN_CHECKOUT,
    Step.PURCHASE,
    Step.CANCEL,
    Step.REQUEST_RETURN,
    Step.SUPPORT_OPEN,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an arm does to those exposed to it."""

    lifts: Mapping[Step, float] = field(default_factory=dict)  # step → lift of the share that comes to it, 0.1 for 10 %
    undelivered: float = 0.0  # share that has left before the arm's page is answered: nothing tells of them


class NeverAnswered(Exception):
    """The buyer left before the page was answered, so that the shop knows of no page."""


@dataclass(slots=True)
class Odds:
    """The chance to have come to a step by now: without the effect, and with it."""

    plain: float = 0.0
    lifted: float = 0.0
    reached: bool = False


class Sway:
    """The effects on one participant, "experiment=arm" → effect, each from their first exposure on.

    A participant has several chances p to come to a step. So that those who come at all are exactly so many more, each
    chance is made so large that having come by then is (1 + lift) times as likely as it would be: 1 − Π(1 − p).
    """

    def __init__(self, effects: Mapping[str, Effect], participant: int) -> None:
        self.effects = effects
        self._patience = dice(participant).random() if effects else 1.0
        self.odds: dict[Step, Odds] = {}
        self._exposed: set[str] = set()  # arms

    def meet(self, experiments: str) -> None:
        """A page that is part of these experiments. Raises NeverAnswered when this participant never waits for it."""
        met = {arm for arm in self.effects if arm.partition("=")[0] in experiments.split(";")}
        if any(self._patience < self.effects[arm].undelivered for arm in met):
            raise NeverAnswered
        self._exposed |= met

    def lift(self, step: Step) -> float:
        return prod(1 + self.effects[arm].lifts[step] for arm in self.lifting(step)) - 1

    def lifting(self, step: Step) -> list[str]:
        """The arms that lift a step for them now."""
        return [arm for arm in sorted(self._exposed) if step in self.effects[arm].lifts]

    def chance(self, step: Step, plain: float) -> float:
        """The chance to come to this step now, instead of `plain`; what was reached before is not reached again."""
        if not self._exposed or not (lift := self.lift(step)):
            return plain
        odds, plain = self.odds.setdefault(step, Odds()), min(1.0, plain)
        if odds.reached:
            return min(1.0, (1 + lift) * plain)
        missing = 1 - odds.lifted
        more = (1 - odds.plain) * plain
        odds.plain += more
        lifted = min(1.0, (1 + lift) * more / missing) if missing else 1.0
        odds.lifted += missing * lifted
        return lifted

    def without(self, arm: str, step: Step) -> float:
        """The chance that they would have come to a step by now, had this arm no effect: others go on having theirs."""
        others = prod(1 + self.effects[other].lifts[step] for other in self.lifting(step) if other != arm)
        return min(1.0, others * self.odds[step].plain)

    def reach(self, step: Step) -> None:
        if odds := self.odds.get(step):
            odds.reached = True
