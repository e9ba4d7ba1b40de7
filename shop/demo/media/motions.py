"""How actors move: each motion turns seconds into an offset, a size, a turn and a presence."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, exp, pi, sin

from .scenes import Actor


@dataclass
class Pose:
    x: float = 0
    y: float = 0
    scale: float = 1
    turn: float = 0
    alpha: float = 1
    tall: float = 1
    front: float = 0


def ease(k: float) -> float:
    k = min(max(k, 0), 1)
    return k * k * (3 - 2 * k)


def settle(k: float) -> float:
    """From 0 past 1 and back to it, like something that was tossed."""
    k = min(max(k, 0), 1)
    return 1 + 2.7 * (k - 1) ** 3 + 1.7 * (k - 1) ** 2


def _wave(a: Actor, s: float, rate: float = 0.35) -> float:
    return sin(2 * pi * (s * rate * a.speed + a.phase))


def _loop(a: Actor, s: float, period: float) -> float:
    return (s * a.speed / period + a.phase) % 1


def still(a: Actor, s: float) -> Pose:
    return Pose()


def float_(a: Actor, s: float) -> Pose:
    return Pose(y=a.amount * _wave(a, s), turn=a.amount * 0.15 * sin(2 * pi * (s * 0.27 * a.speed + a.phase + 0.2)))


def sway(a: Actor, s: float) -> Pose:
    return Pose(turn=a.amount * _wave(a, s))


def spin(a: Actor, s: float) -> Pose:
    return Pose(turn=360 * a.speed * s * 0.1)


def fall(a: Actor, s: float) -> Pose:
    k = _loop(a, s, 5.5)
    return Pose(
        x=a.amount * sin(2 * pi * (k * 1.4 + a.phase)),
        y=-620 + 1240 * k - a.y,
        turn=300 * k,
        tall=0.45 + 0.55 * abs(cos(5 * k + 7 * a.phase)),
    )


def rise(a: Actor, s: float) -> Pose:
    k = _loop(a, s, 3.2)
    return Pose(
        x=a.amount * 0.3 * sin(2 * pi * (k + a.phase)),
        y=-a.amount * 3 * k,
        scale=0.5 + k * 0.7,
        alpha=sin(pi * k) ** 0.8,
    )


def steam(a: Actor, s: float) -> Pose:
    k = _loop(a, s, 2.6)
    return Pose(
        x=a.amount * k * sin(2 * pi * (k * 0.9 + a.phase)),
        y=-230 * k,
        scale=0.45 + 1.1 * k,
        alpha=0.8 * sin(pi * k) ** 1.5,
        tall=1.4,
        turn=40 * k,
    )


def orbit(a: Actor, s: float) -> Pose:
    angle = 2 * pi * (s * a.speed * 0.16 + a.phase)
    return Pose(
        x=a.amount * cos(angle),
        y=a.amount * 0.3 * sin(angle),
        scale=1 + 0.3 * sin(angle),
        turn=160 * s * 0.3,
        front=sin(angle),
    )


def pop(a: Actor, s: float) -> Pose:
    k = (s - a.delay) / 0.5
    return Pose(scale=settle(k) if k > 0 else 0, y=0.3 * a.amount * _wave(a, s))


def drop(a: Actor, s: float) -> Pose:
    k = min(max((s - a.delay) / 0.6, 0), 1)
    bounce = exp(-4 * max(s - a.delay - 0.6, 0)) * abs(sin(8 * max(s - a.delay - 0.6, 0)))
    return Pose(
        y=-760 * (1 - k * k) - a.amount * bounce,
        tall=1 - 0.07 * exp(-9 * max(s - a.delay - 0.6, 0)) * (k >= 1),
        alpha=1 if k > 0 else 0,
    )


def slide(a: Actor, s: float) -> Pose:
    k = 1 - min(max((s - a.delay) / 0.7, 0), 1)
    return Pose(x=a.amount * k**3, turn=a.amount * 0.02 * k)


def cross(a: Actor, s: float) -> Pose:
    return Pose(x=a.amount * (s - a.delay) * a.speed)


def hop(a: Actor, s: float) -> Pose:
    up = abs(sin(pi * (s * a.speed * 0.9 + a.phase)))
    return Pose(y=-a.amount * up, tall=1 + 0.05 * (up - 0.5), turn=5 * _wave(a, s, 0.45))


def drip(a: Actor, s: float) -> Pose:
    """Swells at its place, falls by amount and is gone."""
    k = _loop(a, s, 1.7)
    if k < 0.45:
        return Pose(scale=0.3 + 0.7 * ease(k / 0.45), y=6 * k)
    down = (k - 0.45) / 0.3
    return Pose(y=a.amount * min(down, 1) ** 2, tall=1.15, alpha=1 if down < 1 else 0)


def splash(a: Actor, s: float) -> Pose:
    """A ring that opens when the drop of the same speed and phase lands."""
    k = (_loop(a, s, 1.7) - 0.73) % 1
    return Pose(scale=0.2 + 1.1 * ease(k * 1.6), alpha=max(0, 1 - k * 1.7))


def burst(a: Actor, s: float) -> Pose:
    k = (s - a.delay) / 1.3
    if not 0 < k < 1:
        return Pose(alpha=0)
    far, angle = a.amount * (1 - (1 - k) ** 3), 2 * pi * a.phase
    return Pose(x=far * cos(angle), y=far * sin(angle) + 190 * k * k, turn=240 * k, alpha=min(1, 3 - 3 * k))


def pulse(a: Actor, s: float) -> Pose:
    return Pose(scale=1 + 0.01 * a.amount * _wave(a, s, 0.6), alpha=0.85 + 0.15 * _wave(a, s, 0.6) if a.light else 1)


def flicker(a: Actor, s: float) -> Pose:
    jitter = 0.5 * sin(11 * s + 6 * a.phase) + 0.3 * sin(23 * s) + 0.2 * sin(37 * s + 1)
    return Pose(
        scale=1 + 0.04 * jitter, tall=1 + 0.09 * jitter, turn=3 * sin(5 * s), y=-4 * jitter, alpha=0.92 + 0.08 * jitter
    )


def expand(a: Actor, s: float) -> Pose:
    k = _loop(a, s, 2.0)
    return Pose(scale=0.25 + 1.2 * k, alpha=(1 - k) ** 1.3 * min(1, k * 6))


def twinkle(a: Actor, s: float) -> Pose:
    k = max(0, _wave(a, s, 0.45)) ** 2
    return Pose(scale=0.4 + 0.6 * k, alpha=k, turn=20 * k)


def voice(a: Actor, s: float) -> Pose:
    beat = abs(sin(7 * s * a.speed + 19 * a.phase) * sin(3.1 * s + 5 * a.phase))
    return Pose(tall=0.25 + 0.9 * beat)


def peek(a: Actor, s: float) -> Pose:
    return Pose(x=a.amount * (1 - ease((s - a.delay) / 0.7)), turn=6 * sin(3 * max(s - a.delay, 0)))


def reveal(a: Actor, s: float) -> Pose:
    k = ease((s - a.delay) / 0.8)
    return Pose(scale=0.75 + 0.25 * k, alpha=k * (0.95 + 0.05 * _wave(a, s)))


def leave(a: Actor, s: float) -> Pose:
    return Pose(alpha=1 - ease((s - a.delay) / 0.9))


MOTIONS: dict[str, Callable[[Actor, float], Pose]] = {
    motion.__name__.rstrip("_"): motion
    for motion in (still, float_, sway, spin, fall, rise, steam, orbit, pop, drop, slide, cross, hop, drip, splash,
                   burst, pulse, flicker, expand, twinkle, voice, peek, reveal, leave)
}  # fmt: skip
