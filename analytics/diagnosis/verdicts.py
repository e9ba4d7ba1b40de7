"""What a diagnosis says: a verdict in one sentence, and the evidence it rests on."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

CURVE, BARS = "curve", "bars"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure, with its interval and what it is held against.

    `unit` is share (0 to 1), seconds, cents or count; `n` is how many stand behind it. `points` is a small chart:
    (place, height) of a curve or (name, height) of bars; `mark` is the place on it that matters.
    """

    label: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    unit: str = "share"
    band: float | None = None
    band_from: str = ""  # where the band comes from, in words
    points: tuple[tuple[str | float, float], ...] = ()
    chart: str = CURVE
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """The next thing to try: a variant as it is filled in for the form. Without slots and values, only words."""

    slug: str
    name: str
    why: str
    slots: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_design(self) -> bool:
        """Whether a variant can do it."""
        return bool(self.slots or self.values)


class Lost(NamedTuple):
    """Cents, and the ends of the interval around them."""

    cents: int = 0
    low: int = 0
    high: int = 0


class Need(NamedTuple):
    """What there is too little of: so many so far, of so many; and the days until then at the present rate, if any."""

    what: str
    so_far: int
    wanted: int
    days: int | None

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.so_far)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One cause. `certain` is False where there is too little to tell; `primary` marks the first broken step.

    `lost` is what the days asked for would have brought more, had this one step been at its benchmark.
    """

    key: str  # "D04"; "" says that nothing is wrong
    name: str
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    certain: bool = True
    primary: bool = False
    lost: Lost = Lost()  # noqa: RUF009 - a tuple
    advice: str = ""
    test: Test | None = None
    until: str = ""  # when, or from how many on, it can be told
    needs: tuple[Need, ...] = ()  # of what there is too little yet

    @property
    def lost_cents(self) -> int:
        return self.lost.cents
