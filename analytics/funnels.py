"""What "reached" means. Pure: no database here, and every number of a report comes from `walk`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from analytics.chains import Chain
from journey.steps import Stage, Step

SECOND_US = 1_000_000
WEEK_US = 7 * 86_400 * SECOND_US


class Order(StrEnum):
    """What may lie between two steps: anything, nothing, or they may even come in another order."""

    ORDERED = "ordered"
    STRICT = "strict"
    ANY = "any"


@dataclass(frozen=True)
class Funnel:
    """Sets of steps to be taken by distinct events within a window of microseconds, both ends included.

    Optional steps (indexes, for order "any") may be left out: they are counted when they were taken, and no
    later step needs them. Raises ValueError, in words, for a funnel that could not be counted.
    """

    slug: str
    name: str
    steps: tuple[frozenset[Step], ...]
    labels: tuple[str, ...]
    window_us: int = WEEK_US
    order: Order = Order.ORDERED
    optional: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.steps or not all(self.steps):
            raise ValueError("A funnel has at least one step.")
        if len(self.labels) != len(self.steps):
            raise ValueError("Every step of a funnel has a label.")
        if self.optional and (self.order is not Order.ANY or not self.optional <= set(range(1, len(self.steps)))):
            raise ValueError("Optional steps need the order “any”, and the first step is never one.")
        if self.order is Order.ANY and any(a != b and a & b for a in self.steps for b in self.steps):
            raise ValueError("In a funnel of any order two steps are the same or have nothing in common.")

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(step.letter for step in steps) for steps in self.steps)

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Letter → the steps it can be, the last first."""
        last_first = range(len(self.steps) - 1, -1, -1)
        return {
            letter: tuple(k for k in last_first if letter in self.letters[k]) for letter in set().union(*self.letters)
        }

    @cached_property
    def required(self) -> tuple[int, ...]:
        return tuple(k for k in range(len(self.steps)) if k not in self.optional)

    def before(self, k: int) -> int | None:
        """The step that step `k` is compared with: the last required one before it."""
        return max((j for j in self.required if j < k), default=None)

    @cached_property
    def goal(self) -> int:
        """The purchase, or the last step of a funnel without one. Who stops after it is not lost."""
        bought = frozenset({Step.PURCHASE})
        return self.steps.index(bought) if bought in self.steps else len(self.steps) - 1

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """What order "any" looks for: all required steps, and each optional one with the required ones before it."""
        optional = [(*(j for j in self.required if j < k), k) for k in sorted(self.optional)]
        return tuple(Chain.of(self.letters, steps) for steps in [self.required, *optional])


@dataclass(frozen=True, slots=True)
class Walked:
    """How far one walk got: bit `k` of `reached` is step k; times are those of the reported chain.

    `gaps` are microseconds since the last required step before, so an optional step never shortens the next one's.
    """

    reached: int
    at: tuple[int | None, ...]
    gaps: tuple[int | None, ...]


def walk(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    """The best attempt of a walk, whose events are given in order as letters and times in microseconds.

    The reported chain goes furthest, completes earliest and then starts latest, with the latest possible event of
    every step. In order "any", step k has its time when steps 1 to k were complete, seen from the end of the chain
    one window back.
    """
    return _WALKS[funnel.order](funnel, path, at)


def _ordered(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    starts: list[int | None] = [None] * len(funnel.steps)  # per step: the latest start of a chain that got there
    depth = end = 0
    for i, letter in enumerate(path):
        # The last step first, so that one event cannot serve two steps.
        for k in funnel.places.get(letter, ()):
            start = starts[k - 1] if k else at[i]
            if start is None or at[i] - start > funnel.window_us:
                continue
            starts[k] = start
            if k == depth:
                depth, end = k + 1, i
    return _chained(funnel, _back(funnel, path, at, depth, end))


def _back(funnel: Funnel, path: str, at: Sequence[int], depth: int, end: int) -> list[int]:
    """Times of the chain that ends at event `end`, taking the latest event for every step before."""
    times = []
    i = end
    for k in range(depth - 1, -1, -1):
        while path[i] not in funnel.letters[k]:
            i -= 1
        times.append(at[i])
        i -= 1
    return times[::-1]


def _strict(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    best: Sequence[int] = ()
    for i in range(len(path)):
        run = 0
        for letter, time, letters in zip(path[i:], at[i:], funnel.letters, strict=False):
            if letter not in letters or time - at[i] > funnel.window_us:
                break
            run += 1
        if run > len(best):
            best = at[i : i + run]
    return _chained(funnel, best)


def _chained(funnel: Funnel, times: Sequence[int]) -> Walked:
    missing = (None,) * (len(funnel.steps) - len(times))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    first = (None,) if times else ()
    return Walked((1 << len(times)) - 1, (*times, *missing), (*first, *gaps, *missing))


def _any(funnel: Funnel, path: str, at: Sequence[int]) -> Walked:
    times: list[int | None] = [None] * len(funnel.steps)
    gaps: list[int | None] = [None] * len(funnel.steps)
    required, *optional = funnel.chains
    found = required.complete(path, at, funnel.window_us)
    for k, time, before in zip(required.steps, found, [None, *found], strict=False):
        times[k] = time
        gaps[k] = None if before is None else time - before
    for chain in optional:
        found = chain.complete(path, at, funnel.window_us)
        if len(found) == len(chain.steps):
            times[chain.steps[-1]] = found[-1]
            gaps[chain.steps[-1]] = found[-1] - found[-2]
    return Walked(sum(1 << k for k, time in enumerate(times) if time is not None), tuple(times), tuple(gaps))


_WALKS: dict[Order, Callable[[Funnel, str, Sequence[int]], Walked]] = {
    Order.ORDERED: _ordered,
    Order.STRICT: _strict,
    Order.ANY: _any,
}

SIX_STAGES = Funnel(
    slug="stages",
    name="Six stages of the buyer's path",
    steps=(
        Step.of_stage(Stage.WATCH),
        Step.of_stage(Stage.INTEREST),
        Step.of_stage(Stage.PROFILE_OR_CART),
        Step.of_stage(Stage.LINK),
        frozenset({Step.PURCHASE}),
        # Looking at an order is not asking for help: only what is done after the sale counts.
        frozenset(
            {Step.SUPPORT_OPEN, Step.SUPPORT_REPLY, Step.SUPPORT_RESOLVED, Step.CANCEL, Step.REFUND, Step.SUBMIT_REVIEW}
        ),
    ),
    labels=("Watch", "Interest", "Profile or cart", "Link", "Purchase", "Support"),
    order=Order.ANY,
    optional=frozenset({2}),  # many buyers go straight from the anchor to the product page
)
SHOP = Funnel(
    slug="shop",
    name="Product page to purchase",
    steps=tuple(frozenset({step}) for step in (Step.VIEW_ITEM, Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE)),
    labels=("Product page", "Added to cart", "Checkout", "Purchase"),
)
FUNNELS = {funnel.slug: funnel for funnel in (SIX_STAGES, SHOP)}
