"""What an experiment says, in one word with its reasons. Pure: what is measured comes in, a verdict goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from analytics.experiments.metrics import LEAST_EACH
from analytics.experiments.sequences import Interval
from analytics.written import p_value

LEAST_DAYS = 7  # whole weeks have all their days in them
LEAST_SUCCESSES = 10
CARES = 0.1  # of the smallest lift that matters: a wrong choice that costs less on average is no matter
CROSSED = 0.01  # share of participants seen in two arms that spoils an experiment


class Word(StrEnum):
    INVALID = "invalid"
    ROLL_BACK = "roll back"
    SHIP = "ship"
    NO_EFFECT = "no effect"
    KEEP_RUNNING = "keep running"


@dataclass(frozen=True, slots=True)
class Health:
    """What must be right before any number is believed; None is what could not be measured."""

    split_p: float = 1.0
    split_broken: bool = False
    crossed: float = 0.0  # share of participants seen in two arms
    loss_differs: bool = False  # lost steps, by arm
    bots_differ: bool = False
    selection: str = ""  # where a broken split comes from
    reassignment: str = ""  # and who was moved to another arm

    def problems(self) -> list[str]:
        found = []
        if self.split_broken:
            broken = f"The arms did not get the shares that were planned ({p_value(self.split_p)})."
            found.append(" ".join(filter(None, (broken, self.selection))))
        if self.crossed > CROSSED:
            two = f"{100 * self.crossed:.1f} % of participants were seen in two arms."
            found.append(" ".join(filter(None, (two, self.reassignment))))
        if self.loss_differs:
            found.append("One arm loses more of its steps than the other, so its outcomes look worse than they are.")
        if self.bots_differ:
            found.append("Bots are spread unevenly over the arms.")
        return found


@dataclass(frozen=True, slots=True)
class Guardrail:
    """Something that must not get worse: the effect on it, where more is better, and what loss may be borne."""

    name: str
    effect: Interval | None
    bearable: float = 0.0  # a loss up to here is no harm; 0 or more
    harm: str = ""  # what is said of it: "slower pages"

    @property
    def harmed(self) -> bool:
        return self.effect is not None and self.effect.negative

    @property
    def safe(self) -> bool:
        return self.effect is not None and self.effect.low > -self.bearable


@dataclass(frozen=True, slots=True)
class Odds:
    """The Bayesian view: how likely it is better, and what choosing either arm costs on average, as shares of the
    control's rate.
    """

    better: float
    loss: float
    loss_of_control: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One treatment against the control: the goal's lift, its guardrails, how long and on how many."""

    lift: Interval | None
    guardrails: Sequence[Guardrail]
    health: Health
    days: int
    worth: float  # the smallest lift that would matter, e.g. 0.05
    fewest: int  # participants of the smaller arm
    successes: int  # of the control: an arm that has none of its own is harm, and not too few
    waits: str = ""  # why nothing is said yet, when looks were planned
    days_to_wait: int | None = None
    odds: Odds | None = None  # decides instead of the lift, when the experiment is read so


@dataclass(frozen=True, slots=True)
class Decision:
    word: Word
    reasons: tuple[str, ...]
    days_left: int | None = None


def decide(seen: Measured) -> Decision:
    """invalid > roll back > ship > no effect > keep running; and never before a whole week, but for harm."""
    if problems := seen.health.problems():
        return Decision(Word.INVALID, tuple(problems))
    if harmed := [rail.harm for rail in seen.guardrails if rail.harmed]:
        return Decision(Word.ROLL_BACK, tuple(f"Certainly {worse}." for worse in harmed))
    if seen.waits:
        return Decision(Word.KEEP_RUNNING, (seen.waits,), seen.days_to_wait)
    if seen.lift is None or seen.fewest < LEAST_EACH or seen.successes < LEAST_SUCCESSES:
        few = (
            f"Fewer than {LEAST_EACH} participants in an arm, or {LEAST_SUCCESSES} successes in the control:"
            " too early to show a lift."
        )
        return Decision(Word.KEEP_RUNNING, (few,), _left(seen))
    return _of_goal(seen, seen.lift)


def _of_goal(seen: Measured, lift: Interval) -> Decision:
    if lift.negative and not seen.odds:
        return Decision(Word.ROLL_BACK, (f"The goal fell: {_range(lift)}.",))
    if seen.days < LEAST_DAYS:
        return Decision(Word.KEEP_RUNNING, ("Less than a week: not every weekday was seen.",), LEAST_DAYS - seen.days)
    if seen.odds:
        return _by_odds(seen, seen.odds)
    if lift.positive:
        return _guarded(seen, f"The goal rose: {_range(lift)}.")
    if lift.low > -seen.worth and lift.high < seen.worth:
        return Decision(
            Word.NO_EFFECT, (f"Whatever it does is smaller than {100 * seen.worth:.0f} %: {_range(lift)}.",)
        )
    return Decision(Word.KEEP_RUNNING, (f"It could still be either: {_range(lift)}.",), _left(seen))


def _by_odds(seen: Measured, odds: Odds) -> Decision:
    """Stops on what a wrong choice costs, never on how likely it is better: that alone is wrong in half of all A/A."""
    cares = seen.worth * CARES
    better = (
        f"It is better with {100 * odds.better:.0f} %; choosing it costs {100 * odds.loss:.2f} % on average if not."
    )
    if odds.loss >= cares and odds.loss_of_control >= cares:
        return Decision(Word.KEEP_RUNNING, (f"{better} That is more than the {100 * cares:.2f} % that matter.",), None)
    if odds.loss < cares and odds.loss_of_control < cares:
        return Decision(Word.NO_EFFECT, (f"Either choice costs less than {100 * cares:.2f} %.",))
    if odds.loss >= cares:
        return Decision(Word.ROLL_BACK, (f"Keeping the control costs {100 * odds.loss_of_control:.2f} % on average.",))
    return _guarded(seen, better)


def _guarded(seen: Measured, good: str) -> Decision:
    """Good news, if no guardrail may have lost more than is bearable."""
    unsafe = [rail.name for rail in seen.guardrails if not rail.safe]
    if unsafe:
        unsure = (f"Whether it harms {name.lower()} is not certain yet." for name in unsafe)
        return Decision(Word.KEEP_RUNNING, (good, *unsure), _left(seen))
    safe = f"No harm to {listed([rail.name for rail in seen.guardrails])}." if seen.guardrails else ""
    return Decision(Word.SHIP, tuple(filter(None, (good, safe))))


def _left(seen: Measured) -> int | None:
    """Days until the interval is as narrow as the smallest lift that matters, if participants go on coming alike.

    A half-width shrinks with the root of the participants; at least the first week is waited for.
    """
    week = max(0, LEAST_DAYS - seen.days)
    if seen.lift is None or seen.days < 1:
        return week or None
    half = (seen.lift.high - seen.lift.low) / 2
    needed = seen.days * (half / seen.worth) ** 2 if seen.worth else 0
    return max(week, ceil(round(needed - seen.days, 6)), 1)


def _range(lift: Interval) -> str:
    value, low, high = (f"{100 * share:+.1f} %".replace("-", "−") for share in (lift.value, lift.low, lift.high))
    return f"{value}, 95 % sure between {low} and {high}"


def listed(names: Sequence[str]) -> str:
    """Refunds, tickets and checkout errors."""
    words = [name.lower() for name in names]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
