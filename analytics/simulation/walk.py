"""One walk as it is written down: a clock, and a trail for every page and act, as the shop's middleware makes them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from random import Random
from typing import Any

from analytics.simulation.people import Person
from analytics.simulation.rhythm import SECOND
from analytics.simulation.world import World
from journey.models import Participant
from journey.steps import Step
from journey.trails import RANDOM_BITS, Context, Trail

SIMULATED = Participant.Kind.SIMULATED.value
PAGE_SPREAD = 0.35  # of the logarithm of the time a page takes
IDLE_CUT = 20 * 60.0  # seconds; nobody looks at a page as long as the half hour that ends a journey
DRAWN = 0.9  # seconds until a page is drawn, median
# Google's bounds of good and poor, in milliseconds.
LCP_BOUNDS, TTFB_BOUNDS = (2500, 4000), (800, 1800)
RATINGS = ("good", "needs improvement", "poor")


class Luck(Enum):
    """What is planted in an attempt that takes several decisions."""

    AS_IT_COMES = "as it comes"
    CARRIED = "past every decision"
    HELD = "back from the last one"


class Walk:
    def __init__(self, world: World, person: Person, rng: Random, start: int, source: str) -> None:
        self.world = world
        self.person = person
        self.sight = person.sight.at(start)
        self.rng = rng
        self.now = start
        self.showings = 0  # of videos, on the page that is open
        self.trails: list[Trail] = []
        self.plans: list[tuple[int, Callable[[Walk], None]]] = []  # days later, what for
        machine = person.device, person.browser
        # The source is known where someone arrives; on every page after that it is the shop itself.
        self._arriving = Context(*machine, source, self.sight.arms, person.campaign if source == person.source else "")
        self._inside = Context(*machine, "", self.sight.arms)
        self._page: Trail | None = None
        self._drawn = 0.0  # seconds until this page was
        self.source = source

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def goes_on(self, step: Step, probability: float, then: float = 1.0) -> bool:
        """The chance to come to a step, with what is planted; `then`: what it comes to if this goes well."""
        ahead = min(1.0, probability) * then
        lifted = self.person.sway.chance(step, ahead)
        return self.chance(probability if lifted == ahead else lifted / then)

    def luck(self, step: Step, probability: float) -> Luck:
        """How this attempt at a step goes, which takes several decisions that come to this chance."""
        probability = min(1.0, probability)
        lifted = self.person.sway.chance(step, probability)
        if lifted > probability and self.chance((lifted - probability) / (1 - probability)):
            return Luck.CARRIED
        return Luck.HELD if lifted < probability and self.chance(1 - lifted / probability) else Luck.AS_IT_COMES

    def passes(self, luck: Luck, probability: float) -> bool:
        """One of these decisions."""
        return self.chance(probability) or luck is Luck.CARRIED

    def wait(self, median: float, sigma: float = 0.5) -> float:
        """Let about `median` seconds pass, and say how many; short waits are common, long ones happen."""
        seconds = min(median * self.rng.lognormvariate(0, sigma) / self.person.haste, IDLE_CUT)
        self.pass_by(seconds)
        return seconds

    def pass_by(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)

    def page(self, step: Step, load: float = 1, **props: Any) -> None:
        """Open a page: the one before is left, the server answers, the browser draws. `load` is a factor on that."""
        before = self._page
        self.leave()
        self._page = None
        if exposed := self.sight.exposed.get(step):
            self.person.sway.meet(exposed)
        self.person.sway.reach(step)
        self.pass_by(0.12 * self.rng.lognormvariate(0, PAGE_SPREAD))
        self._page, self.showings = self._trail(), 0
        if exposed:
            props["exposed"] = exposed
        self._page.events.append((0, int(0.03 * SECOND), step.value, props))
        self._drawn = DRAWN * load * self.rng.lognormvariate(0, PAGE_SPREAD)
        self.pass_by(0.25 * self.rng.lognormvariate(0, PAGE_SPREAD))
        if before:
            self.say(Step.TRAIL_END, {"trail": str(before.number), "last": before.next_n - 1})

    def leave(self) -> None:
        """How fast the page was is known when it is left, if it was drawn by then."""
        if not self._page:
            return
        if (self.now - self._page.t0) / SECOND > self._drawn:
            self._vital("LCP", self._drawn, LCP_BOUNDS)
            self._vital("TTFB", 0.25 * self._drawn, TTFB_BOUNDS)
        self.say(Step.PAGE_HIDDEN, {})

    def _vital(self, name: str, seconds: float, bounds: tuple[int, int]) -> None:
        number = round(seconds * 1000)
        rating = RATINGS[sum(number > bound for bound in bounds)]
        self.say(Step.WEB_VITAL, {"name": name, "number": number, "rating": rating})

    def say(self, step: Step, props: dict[str, Any], after: float = 0.0) -> None:
        """What the browser sees `after` so many seconds from now, on the page that is open."""
        page = self._page
        assert page is not None, "a browser speaks from a page"  # noqa: S101
        self.person.sway.reach(step)
        page.events.append((page.next_n, self.now - page.t0 + int(after * SECOND), step.value, props))
        page.next_n += 1

    def act(self, step: Step, props: dict[str, Any]) -> None:
        """Something the server did: a request of its own, beside the page it came from."""
        self.person.sway.reach(step)
        self.pass_by(0.1 * self.rng.lognormvariate(0, PAGE_SPREAD))
        self._trail().events.append((1, int(0.02 * SECOND), step.value, props))
        self.pass_by(0.1)

    def code(self) -> str:
        """A random public handle, like those of orders and tickets."""
        return "".join(self.rng.choices("23456789abcdefghjkmnpqrstuvwxyz", k=10))

    def _trail(self) -> Trail:
        number = (self.now // 1000) << RANDOM_BITS | self.rng.getrandbits(RANDOM_BITS)
        context = self._inside if self.trails else self._arriving
        trail = Trail(self.person.number, SIMULATED, number, self.now, context)
        self.trails.append(trail)
        return trail
