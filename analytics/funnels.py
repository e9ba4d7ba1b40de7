"""What a funnel is, and those that are always there. How far somebody got in one is in walking.py."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from analytics.attempts import Limit, Place
from analytics.chains import Chain
from journey.steps import Stage, Step

SECOND_US = 1_000_000
WEEK_US = 7 * 86_400 * SECOND_US
MOST_STEPS = 20


class Order(StrEnum):
    """What may lie between two steps: anything, nothing, or they may even come in another order."""

    ORDERED = "ordered"
    STRICT = "strict"
    ANY = "any"


class Attempt(StrEnum):
    """Which of several attempts counts: the one that got furthest, or the one that began first."""

    BEST = "best"
    FIRST = "first"


@dataclass(frozen=True)
class Funnel:
    """Sets of steps to be taken by distinct events within a window of microseconds, both ends included.

    Optional steps (indexes) may be left out: they are counted when they were taken, and no later step needs them.
    Limits and exclusions lie between a step (its index) and the last required step before it.
    Raises ValueError, in words, for a funnel that could not be counted.
    """

    slug: str
    name: str
    steps: tuple[frozenset[Step], ...]
    labels: tuple[str, ...]
    window_us: int = WEEK_US
    order: Order = Order.ORDERED
    optional: frozenset[int] = frozenset()
    limits: tuple[tuple[int, Limit], ...] = ()
    without: tuple[tuple[int, frozenset[Step]], ...] = ()
    attempt: Attempt = Attempt.BEST

    def __post_init__(self) -> None:
        if not self.steps or not all(self.steps):
            raise ValueError("A funnel has at least one step.")
        if len(self.labels) != len(self.steps):
            raise ValueError("Every step of a funnel has a label.")
        if len(self.steps) > MOST_STEPS:
            raise ValueError(f"A funnel has at most {MOST_STEPS} steps.")
        if not {*self.optional, *dict(self.limits), *dict(self.without)} <= set(range(1, len(self.steps))):
            raise ValueError("The first step is never optional, and nothing is asked of what lies before it.")
        if self.optional and self.order is Order.STRICT:
            raise ValueError("In a strict funnel no step is optional: nothing may lie between two.")
        if self.order is Order.ANY and (self.limits or self.without or self.attempt is Attempt.FIRST):
            raise ValueError("Limits, exclusions and the first attempt need steps in an order.")
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

    def place(self, k: int) -> Place:
        without = dict(self.without).get(k, frozenset())
        letters = frozenset(step.letter for step in without)
        return Place(self.letters[k], dict(self.limits).get(k, Limit()), letters)

    @cached_property
    def sequences(self) -> tuple[tuple[tuple[int, ...], tuple[Place, ...]], ...]:
        """What the other orders look for: all required steps; and each optional one with the required before it."""
        chains = [self.required, *((*(j for j in self.required if j < k), k) for k in sorted(self.optional))]
        return tuple((steps, tuple(self.place(k) for k in steps)) for steps in chains)

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but the window limits it."""
        return not (self.optional or self.limits or self.without or self.attempt is Attempt.FIRST)

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
