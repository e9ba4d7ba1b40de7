"""What a clip is told with: actors on a set, seen by a moving camera, shot after shot."""

import random
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Good:
    """A modelled product; with a second value for a trait it moves there during the shot."""

    slug: str
    yaw: tuple[float, ...] = (0,)
    pitch: tuple[float, ...] = (12,)
    open: tuple[float, ...] = (0,)
    podium: str = ""
    table: bool = True
    zoom: float = 1


@dataclass(frozen=True)
class Actor:
    """Anything on the set, in pixels of a 540x960 frame measured from its middle.

    Art is a modelled good, the code points of an emoji, or "shape:#colour".
    Depth says how much of the camera's move it takes: below 1 far away, above 1 close to the lens.
    """

    art: Good | str
    x: float = 0
    y: float = 0
    size: float = 100
    motion: str = "still"
    amount: float = 20
    speed: float = 1
    phase: float = 0
    delay: float = 0
    turn: float = 0
    depth: float = 1
    blur: float = 0
    alpha: float = 1
    tall: float = 1
    light: bool = False


@dataclass(frozen=True)
class Set:
    """The room: wall from top to bottom, floor from the horizon down, and what stands on the wall."""

    wall: tuple[str, str]
    floor: tuple[str, str] | None = None
    horizon: float = 190
    style: Literal["plain", "arch", "disc", "window", "leaves", "tiles", "stars", "rays", "dots", "waves", "sunset"] = (
        "plain"
    )
    accent: str = "#ffffff"
    glow: str = "#ffffff"


@dataclass(frozen=True)
class Shot:
    room: Set
    actors: tuple[Actor, ...]
    seconds: float = 3
    zoom: tuple[float, float] = (1.0, 1.08)
    pan: tuple[float, float] = (0, 0)
    lift: tuple[float, float] = (0, 0)


@dataclass(frozen=True)
class Scene:
    slug: str
    shots: tuple[Shot, ...]
    cuts: tuple[str, ...] = ("whip", "dissolve")
    crf: int = 25  # higher is smaller


def many(
    actor: Actor, count: int, seed: int, spread: tuple[float, float] = (0, 0), sizes: tuple[float, float] = (1, 1)
):
    """Copies of an actor with their own place, size and timing."""
    dice = random.Random(seed)
    return tuple(
        replace(
            actor,
            x=actor.x + dice.uniform(-1, 1) * spread[0],
            y=actor.y + dice.uniform(-1, 1) * spread[1],
            size=actor.size * dice.uniform(*sizes),
            speed=actor.speed * dice.uniform(0.75, 1.3),
            phase=(index + dice.uniform(0, 0.6)) / count,
            turn=actor.turn + dice.uniform(-60, 60),
        )
        for index in range(count)
    )
