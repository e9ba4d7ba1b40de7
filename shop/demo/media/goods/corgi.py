"""The face of Biscuit, the corgi."""

import numpy as np

from ..shapes import Array, Field, at, ball, blend, cut, join, ring, stretch, turn
from ..studio import Part, paint, soft


def corgi(**_: float) -> list[Part]:
    head = blend(
        0.12,
        at(stretch(ball(0.72), 1.08, 0.92, 0.85), y=-0.15),
        *(at(stretch(ball(0.34), 1, 0.9, 0.9), x, -0.42, 0.28) for x in (-0.36, 0.36)),
        *(_ear(side) for side in (-1, 1)),
    )
    muzzle = blend(0.1, at(stretch(ball(0.3), 1.2, 0.8, 1), 0, -0.46, 0.62), at(ball(0.2), 0, -0.28, 0.62))
    nose = at(stretch(ball(0.12), 1.3, 0.9, 0.8), 0, -0.26, 0.86)
    eyes = join(*(at(ball(0.095), x, -0.02, 0.585) for x in (-0.3, 0.3)))
    gleams = join(*(at(ball(0.03), x - 0.03, 0.03, 0.67) for x in (-0.3, 0.3)))
    smile = cut(at(turn(ring(0.13, 0.022), "x", 90), 0, -0.46, 0.9), lambda p: -(p[1] + 0.49))
    tongue = at(stretch(ball(0.13), 0.85, 1.2, 0.4), 0, -0.72, 0.82)
    return [
        Part(head, _coat, 0.1), Part(muzzle, "#fff6ea", 0.1), Part(nose, "#2b2026", 0.9), Part(eyes, "#2b1a16", 1),
        Part(gleams, "#ffffff", 0, glow=0.8), Part(smile, "#2b2026", 0.3), Part(tongue, "#ff6f8a", 0.6),
    ]  # fmt: skip


def _ear(side: int) -> Field:
    return at(turn(stretch(ball(0.4), 0.62, 1.25, 0.35), "z", -20 * side), 0.56 * side, 0.52, 0)


def _coat(p: Array) -> Array:
    x, y = np.abs(p[0]), p[1]
    blaze = soft(0.13, 0.06, x - 0.07 * (0.4 - y)) * (p[2] > 0)
    cheeks = soft(-0.3, -0.5, y - 0.5 * (x - 0.3))
    inner = soft(0.03, -0.03, np.hypot((x - 0.6 - 0.3 * (y - 0.6)) / 0.13, (y - 0.58) / 0.3) - 1) * (p[2] > 0.02)
    return paint(
        inner, "#ffc4b0", paint(np.maximum(blaze, cheeks), "#fff6ea", paint(soft(0.9, 0.2, y), "#d9822b", "#f0a04a"))
    )
