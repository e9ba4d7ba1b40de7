"""What can go wrong on the way of simulated steps, on purpose: so that a report about it can be seen."""

from collections.abc import Callable
from random import Random

from analytics.simulation.walk import Walk
from journey.steps import Step
from journey.trails import Trail

Fault = Callable[[list[Walk]], None]
Said = tuple[int, int, str, dict[str, object]]  # n, microseconds, step, props

LOST_BROWSER = "Safari"
LOST_SHARE = 0.2
EVENTS_A_BEACON = 20


def no_fault(walks: list[Walk]) -> None:
    """Everything arrives."""


def lost(walks: list[Walk]) -> None:
    """A share of what one browser sends never arrives. As in the shop, each page tells how far the one before numbered
    its steps; nobody tells that of a walk's last page, so its loss stays unknown.
    """
    for walk in walks:
        ended: Trail | None = None
        for trail in walk.trails:
            is_page = trail.events[0][0] == 0
            if ended and is_page:
                _tell_end(trail, ended)
            if trail.context.browser == LOST_BROWSER:
                trail.events = _arriving(trail)
            ended = trail if is_page else ended


def _tell_end(trail: Trail, ended: Trail) -> None:
    props = {"trail": str(ended.number), "last": ended.next_n - 1}
    at = max(at for n, at, *_ in trail.events if n <= 1)
    # First of all that the page says: those after it move on by one.
    later = [(n + 1, at, step, props) for n, at, step, props in trail.events[1:]]
    trail.events = [trail.events[0], (1, at, Step.TRAIL_END.value, props), *later]
    trail.next_n += 1


def _arriving(trail: Trail) -> list[Said]:
    """The page's own step, and those beacons that are not lost; always the same ones."""
    rng = Random(trail.number)  # noqa: S311 - nothing is kept secret with it
    page, said = trail.events[:1], trail.events[1:]
    beacons = [said[start : start + EVENTS_A_BEACON] for start in range(0, len(said), EVENTS_A_BEACON)]
    return page + [event for beacon in beacons if rng.random() >= LOST_SHARE for event in beacon]


FAULTS: dict[str, Fault] = {"lost": lost}
