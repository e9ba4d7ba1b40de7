"""One walk as it is written down: a clock, and a trail for every page and act, as the shop's middleware makes them."""

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


class Walk:
    def __init__(self, world: World, person: Person, rng: Random, start: int, source: str) -> None:
        self.world = world
        self.person = person
        self.rng = rng
        self.now = start
        self.trails: list[Trail] = []
        machine = person.device, person.browser
        # The source is known where someone arrives; on every page after that it is the shop itself.
        self._arriving = Context(*machine, source, person.sight.arms)
        self._inside = Context(*machine, "", person.sight.arms)
        self._page: Trail | None = None

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def wait(self, median: float, sigma: float = 0.5) -> None:
        """Let about `median` seconds pass; short waits are common, long ones happen."""
        seconds = median * self.rng.lognormvariate(0, sigma) / self.person.haste
        self.pass_by(min(seconds, IDLE_CUT))

    def pass_by(self, seconds: float) -> None:
        self.now += int(seconds * SECOND)

    def page(self, step: Step, **props: Any) -> None:
        """Open a page: the one before is left, the server answers, the browser draws."""
        self.leave()
        self.pass_by(0.12 * self.rng.lognormvariate(0, PAGE_SPREAD))
        self._page = self._trail()
        self._page.events.append((0, int(0.03 * SECOND), step.value, props))
        self.pass_by(0.25 * self.rng.lognormvariate(0, PAGE_SPREAD))

    def leave(self) -> None:
        if self._page:
            self.say(Step.PAGE_HIDDEN, {})

    def say(self, step: Step, props: dict[str, Any], after: float = 0.0) -> None:
        """What the browser sees `after` so many seconds from now, on the page that is open."""
        page = self._page
        assert page is not None, "a browser speaks from a page"  # noqa: S101
        page.events.append((page.next_n, self.now - page.t0 + int(after * SECOND), step.value, props))
        page.next_n += 1

    def act(self, step: Step, props: dict[str, Any]) -> None:
        """Something the server did: a request of its own, beside the page it came from."""
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
