"""What can go wrong on the way of simulated steps, on purpose: so that a report about it can be seen."""

from collections.abc import Callable
from functools import partial
from random import Random

from analytics.simulation.troubles import TROUBLES, Trouble
from analytics.simulation.walk import Walk
from analytics.simulation.world import World
from journey.trails import Trail

Fault = Callable[[list[Walk]], None]
Said = tuple[int, int, str, dict[str, object]]  # n, microseconds, step, props

LOST_BROWSER = "Safari"
LOST_SHARE = 0.2
EVENTS_A_BEACON = 20


def no_fault(walks: list[Walk]) -> None:
    """Everything arrives."""


def lost(walks: list[Walk], share: float = LOST_SHARE, browser: str = LOST_BROWSER) -> None:
    """A share of what one browser sends (or, with "", every one) never arrives. Each page tells how far the one before
    numbered its steps; nobody tells that of a walk's last page, so its loss stays unknown.
    """
    for walk in walks:
        for trail in walk.trails:
            if browser in ("", trail.context.browser):
                trail.events = _arriving(trail, share)


def _arriving(trail: Trail, share: float) -> list[Said]:
    """The page's own step, and those beacons that are not lost; always the same ones."""
    rng = Random(trail.number)  # noqa: S311 - nothing is kept secret with it
    page, said = trail.events[:1], trail.events[1:]
    beacons = [said[start : start + EVENTS_A_BEACON] for start in range(0, len(said), EVENTS_A_BEACON)]
    return page + [event for beacon in beacons if rng.random() >= share for event in beacon]


LOST = "lost"
FAULTS = (LOST, *TROUBLES)


def planted(world: World, name: str, slugs: tuple[str, ...] = ()) -> tuple[World, Fault]:
    """The world with a named fault in it, in some videos and products or in all, and what happens on the way.

    What is lost on the way is lost of everything: a beacon does not know which video it speaks of.
    """
    trouble = TROUBLES.get(name, Trouble())
    if name == LOST:
        return world, lost
    if trouble.loss:
        return world, partial(lost, share=trouble.loss, browser="")
    return world.with_trouble(trouble, slugs), no_fault
