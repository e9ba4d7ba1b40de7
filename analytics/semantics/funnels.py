"""What a funnel is, and those that are always there. How far somebody got in one is in walking.py."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from analytics.semantics.attempts import Limit, Place
from analytics.semantics.chains import Chain
from analytics.semantics.conditions import Alphabet, Asked, Where, alphabet_of, letters_of
from analytics.semantics.rows import Row
from journey.steps import Stage, Step

SECOND_US = 1_000_000
WEEK_US = 7 * 86_400 * SECOND_US
MONTH_US = 30 * 86_400 * SECOND_US
MOST_STEPS = 20
FINE = 1 << 20  # places within a microsecond: more than any walk has events
SPENT = 0x100000  # what an event that was used is written as lies so far behind its letter


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
    steps: tuple[frozenset[Asked], ...]
    labels: tuple[str, ...]
    window_us: int = WEEK_US
    order: Order = Order.ORDERED
    optional: frozenset[int] = frozenset()
    limits: tuple[tuple[int, Limit], ...] = ()
    without: tuple[tuple[int, frozenset[Asked]], ...] = ()
    attempt: Attempt = Attempt.BEST
    question: str = ""  # what it answers, in words
    counts: str = ""  # the name under which its counts are kept; its slug, when nothing is said
    sees_spent: bool = False  # whether an event that was used still is what must not happen

    def __post_init__(self) -> None:
        if not self.steps or not all(self.steps):
            raise ValueError("A funnel has at least one step.")
        if len(self.labels) != len(self.steps):
            raise ValueError("Every step of a funnel has a label.")
        if len(self.steps) > MOST_STEPS:
            raise ValueError(f"A funnel has at most {MOST_STEPS} steps.")
        if not {*self.optional, *dict(self.limits), *dict(self.without)} <= set(range(1, len(self.steps))):
            raise ValueError("The first step is never optional, and nothing is asked of what lies before it.")
        self.letters  # noqa: B018 - refuses more conditions than there are marks for
        if self.optional and self.order is Order.STRICT:
            raise ValueError("In a strict funnel no step is optional: nothing may lie between two.")
        if self.order is Order.ANY and (self.limits or self.without or self.attempt is Attempt.FIRST):
            raise ValueError("Limits, exclusions and the first attempt need steps in an order.")
        if self.order is Order.ANY and any(a != b and a & b for a in self.letters for b in self.letters):
            raise ValueError("In a funnel of any order two steps are the same or have nothing in common.")

    @property
    def key(self) -> str:
        """The name under which its counts are kept. What is counted otherwise has another one."""
        return self.counts or self.slug

    @cached_property
    def alphabet(self) -> Alphabet:
        """How events are written on which conditions are put; empty for a funnel without any."""
        return alphabet_of([one for asked in (*self.steps, *dict(self.without).values()) for one in asked])

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        return tuple(letters_of(asked, self.alphabet) for asked in self.steps)

    @cached_property
    def taking(self) -> frozenset[str]:
        """Letters of all events that can take a step, as they are stored."""
        return frozenset(step.letter for asked in self.steps for step in names_of(asked))

    @cached_property
    def required(self) -> tuple[int, ...]:
        return tuple(k for k in range(len(self.steps)) if k not in self.optional)

    def place(self, k: int) -> Place:
        letters = letters_of(dict(self.without).get(k, frozenset()), self.alphabet)
        letters |= {spent(letter) for letter in letters} if self.sees_spent else frozenset()
        return Place(self.letters[k], dict(self.limits).get(k, Limit()), letters)

    @cached_property
    def sequences(self) -> tuple[tuple[tuple[int, ...], tuple[Place, ...]], ...]:
        """What the other orders look for: all required steps; and each optional one with the required before it."""
        chains = [self.required, *((*(j for j in self.required if j < k), k) for k in sorted(self.optional))]
        return tuple((steps, tuple(self.place(k) for k in steps)) for steps in chains)

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but the window limits it."""
        return not (self.limits or self.without or self.attempt is Attempt.FIRST)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What a plain funnel looks for: the sequences, as letters."""
        return tuple(Row.of(steps, [self.letters[k] for k in steps]) for steps, _ in self.sequences)

    def before(self, k: int) -> int | None:
        """The step that step `k` is compared with: the last required one before it."""
        return self._before[k]

    @cached_property
    def _before(self) -> tuple[int | None, ...]:
        return tuple(max((j for j in self.required if j < k), default=None) for k in range(len(self.steps)))

    @cached_property
    def goal(self) -> int:
        """The purchase, or the last step of a funnel without one. Who stops after it is not lost."""
        bought = (k for k, asked in enumerate(self.steps) if names_of(asked) == {Step.PURCHASE})
        return next(bought, len(self.steps) - 1)

    @cached_property
    def fine(self) -> "Funnel":
        """The same for times of which each event has its own (tracing.py)."""
        limits = [(k, Limit(least * FINE, None if most is None else _to_end(most))) for k, (least, most) in self.limits]
        return replace(self, window_us=_to_end(self.window_us), limits=tuple(limits), sees_spent=True)

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """What order "any" looks for: all required steps, and each optional one with the required ones before it."""
        optional = [(*(j for j in self.required if j < k), k) for k in sorted(self.optional)]
        return tuple(Chain.of(self.letters, steps) for steps in [self.required, *optional])


def names_of(asked: Iterable[Asked]) -> set[Step]:
    return {one.step if isinstance(one, Where) else one for one in asked}


def spent(letter: str) -> str:
    return chr(SPENT + ord(letter))


def _to_end(us: int) -> int:
    """So many microseconds, and all places within the last one."""
    return us * FINE + FINE - 1


SIX_STAGES = Funnel(
    slug="stages",
    name="Six stages of the buyer's path",
    question="At which of the six stages do buyers stop?",
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
    question="Who opens a product page and does not buy, and where do they stop?",
    steps=tuple(frozenset({step}) for step in (Step.VIEW_ITEM, Step.ADD_TO_CART, Step.BEGIN_CHECKOUT, Step.PURCHASE)),
    labels=("Product page", "Added to cart", "Checkout", "Purchase"),
)
# Label, whether buyers may leave it out, and the steps any of which takes it.
_FRAME_TO_REFUND: tuple[tuple[str, bool, tuple[Step, ...]], ...] = (
    ("On the screen", False, (Step.VIDEO_IMPRESSION,)),
    ("Began to play", False, (Step.VIDEO_START,)),
    ("Watched 2 seconds", False, (Step.VIDEO_VIEW, Step.VIDEO_PROGRESS)),
    ("Watched 6 seconds", True, (Step.FOCUSED_VIEW,)),
    ("Watched to the end", True, (Step.VIDEO_COMPLETE,)),
    ("Liked, saved, shared", True, (Step.VIDEO_ENGAGE,)),
    ("Looked at the profile", True, (Step.VIEW_PROFILE,)),
    ("Saw the anchor or a list", False, (Step.VIEW_PROMOTION, Step.VIEW_ITEM_LIST)),
    ("Tapped a product", False, (Step.SELECT_PROMOTION, Step.SELECT_ITEM)),
    ("Product page", False, (Step.VIEW_ITEM,)),
    ("Read a block", True, (Step.VIEW_BLOCK,)),
    ("Chose a size or colour", True, (Step.SELECT_VARIANT,)),
    ("Added to cart", False, (Step.ADD_TO_CART,)),
    ("Cart", True, (Step.VIEW_CART,)),
    ("Checkout", False, (Step.BEGIN_CHECKOUT,)),
    ("Address and delivery", True, (Step.ADD_SHIPPING_INFO,)),
    ("Payment chosen", True, (Step.ADD_PAYMENT_INFO,)),
    ("Purchase", False, (Step.PURCHASE,)),
    ("Wanted the money back", True, (Step.CANCEL, Step.REQUEST_RETURN)),
    ("Paid back", False, (Step.REFUND,)),
)
PATH = Funnel(
    slug="path",
    name="From the first frame to the refund",
    question="Of everyone who had a video on the screen, who got how far, step by step?",
    steps=tuple(frozenset(steps) for _, _, steps in _FRAME_TO_REFUND),
    labels=tuple(label for label, _, _ in _FRAME_TO_REFUND),
    window_us=MONTH_US,
    optional=frozenset(k for k, (_, optional, _) in enumerate(_FRAME_TO_REFUND) if optional),
)
SUPPORT = Funnel(
    slug="support",
    name="Support, from the first look to the answer",
    question="Who looks for help, who asks for it, and is it solved?",
    steps=tuple(
        frozenset({step}) for step in (Step.VIEW_SUPPORT, Step.SUPPORT_OPEN, Step.SUPPORT_REPLY, Step.SUPPORT_RESOLVED)
    ),
    labels=("Support pages", "Opened a ticket", "Wrote again", "Resolved"),
    window_us=MONTH_US,
    optional=frozenset({2}),  # most are answered without asking back
)
FUNNELS = {funnel.slug: funnel for funnel in (SIX_STAGES, PATH, SHOP, SUPPORT)}
