"""How often guardrails see harm where there is none, and how soon where there is (docs/decisions/0034).

Thousands of experiments looked at every day, through the code of the results page; python -m tests.bench.rails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.experiments.metrics import aims_of
from analytics.experiments.results import Reading, watched
from analytics.experiments.rows import Row
from analytics.semantics.funnels import FUNNELS
from tests.bench.experiments import A_DAY, DAYS, reach_always

RAILS = ("refunds", "tickets", "errors", "speed")
AIMS = aims_of(FUNNELS["shop"], guardrails=RAILS)
SUMS = (
    *("n", "buyers", "refunded", "refunded_purchases", "with_error", "error_purchases"),
    *("tickets", "ticket_squares", "ticket_purchases", "purchases", "purchase_squares"),
    *("timed", "load_ms", "load_squares"),
)


@dataclass(frozen=True)
class Shop:
    """What happens in an arm. One buyer of ten buys twice, one ticket of five is followed by another one."""

    buys: float = 0.1  # of participants
    refund: float = 0.05  # of a purchase
    ticket: float = 0.1
    error: float = 0.08  # of a try to order; half as many as buy try and give up
    ms: float = 1_500  # until a page is there: mean of a log-normal with σ = 1

    def days(self, rng: np.random.Generator, runs: int, a_day: int) -> np.ndarray:
        """[run, day, sum], from the start to the end of each day."""
        buyers = rng.binomial(a_day, self.buys, (runs, DAYS))
        twice = rng.binomial(buyers, 0.1)
        once = buyers - twice
        tried = rng.binomial(a_day, self.buys / 2, (runs, DAYS))
        back, back_twice = rng.binomial(once, self.refund), rng.binomial(twice, 1 - (1 - self.refund) ** 2)
        wrong, wrong_twice = rng.binomial(once, self.error), rng.binomial(twice, self.error)
        asked, asked_twice = rng.binomial(once, self.ticket), rng.binomial(twice, 2 * self.ticket)
        again = rng.binomial(asked, 0.2)
        loads = np.minimum(rng.lognormal(np.log(self.ms) - 0.5, 1, (runs, DAYS, a_day // 2)), 30_000)
        sums = (
            np.full((runs, DAYS), a_day), buyers, back + back_twice, back + 2 * back_twice,
            wrong + wrong_twice + rng.binomial(tried, self.error), wrong + 2 * wrong_twice,
            asked + again + asked_twice, asked + 3 * again + asked_twice, asked + again + 2 * asked_twice,
            once + 2 * twice, once + 4 * twice,
            np.full((runs, DAYS), a_day // 2), loads.sum(2), (loads**2).sum(2),
        )  # fmt: skip
        return np.stack(sums, axis=2).cumsum(axis=1)


def rows_of(sums: np.ndarray) -> list[Row]:
    n, buyers, *others = (float(one) for one in sums)
    named = dict(zip(SUMS[2:], others, strict=True))
    stayed = Row("", date(2026, 10, 2), False, 0b1, 0, int(n - buyers), 0, 0)
    return [stayed, Row("", date(2026, 10, 2), False, 0b1111, 0, int(buyers), 0, 0, **named)]


def harmed_on(control: np.ndarray, arm: np.ndarray) -> dict[str, int]:
    """Guardrail, or "goal" → the first day on which it would roll back this experiment."""
    found: dict[str, int] = {}
    for day in range(DAYS):
        rows = rows_of(control[day]), rows_of(arm[day])
        goal = (AIMS.goal, Reading().of(AIMS.goal.effect(*rows)))
        for rail, effect in [*watched(*rows, AIMS.guardrails), goal]:
            if effect and effect.negative:
                found.setdefault("goal" if rail is AIMS.goal else rail.key, day + 1)
    return found


def measured(runs: int, arm: Shop, seed: int, a_day: tuple[int, int] = (A_DAY, A_DAY)) -> list[dict[str, int]]:
    rng = np.random.default_rng(seed)
    control, other = Shop().days(rng, runs, a_day[0]), arm.days(rng, runs, a_day[1])
    return [harmed_on(a, b) for a, b in zip(control, other, strict=True)]


def rolled_back(found: list[dict[str, int]], *by: str) -> float:
    """The share that one of these would roll back on one of the days."""
    return sum(any(rail in days for rail in by) for days in found) / len(found)


def by_participant(runs: int, arm: Shop, seed: int) -> float:
    """The same for who counts refunds, tickets and errors of all exposed, each with an interval of its own."""
    rng = np.random.default_rng(seed)
    sides = [shop.days(rng, runs, A_DAY) for shop in (Shop(), arm)]
    n, harmed = sides[0][0, :, 0], np.zeros(runs, bool)
    for name in ("refunded", "with_error"):
        pa, pb = (side[:, :, SUMS.index(name)] / n for side in sides)
        error = np.sqrt((pa * (1 - pa) + pb * (1 - pb)) / (n - 1))
        harmed |= (pb - pa > reach_always(2 * n) * error).any(axis=1)
    return float(harmed.mean())


PLAIN = Shop()
PLANTED = {
    "nothing": PLAIN,
    "20 % more sales": replace(PLAIN, buys=0.12),
    "twice the refunds": replace(PLAIN, refund=0.1),
    "20 % more sales, twice the refunds": replace(PLAIN, buys=0.12, refund=0.1),
    "twice the tickets": replace(PLAIN, ticket=0.2),
    "twice the checkout errors": replace(PLAIN, error=0.16),
    "pages 10 % slower": replace(PLAIN, ms=1_650),
}


def tables(runs: int = 2_000, seed: int = 7) -> Iterator[str]:
    """The lines of docs/experiments.md."""
    for name, shop in PLANTED.items():
        found = measured(runs, shop, seed)
        shares = ", ".join(f"{rail} {rolled_back(found, rail):.1%}" for rail in RAILS)
        days = [min(one[rail] for rail in RAILS if rail in one) for one in found if one.keys() - {"goal"}]
        median = f", median day {np.median(days):.0f}" if days else ""
        everything = f"with the goal {rolled_back(found, *RAILS, 'goal'):.1%}"
        yield f"{name}: a guardrail {rolled_back(found, *RAILS):.1%} ({shares}){median}; {everything}"
    for a_day in ((80, 720), (720, 80)):
        yield f"nothing, {a_day[0]} : {a_day[1]} a day: {rolled_back(measured(runs, PLAIN, seed, a_day), *RAILS):.1%}"
    for name in ("nothing", "20 % more sales"):
        yield f"{name}, counted by participant: {by_participant(runs, PLANTED[name], seed):.1%}"


if __name__ == "__main__":
    for line in tables():
        print(line, flush=True)  # noqa: T201
