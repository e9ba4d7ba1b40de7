"""Hat, tote, slides and scrunchies of the fashion shelf."""

import numpy as np

from ..shapes import (
    Array,
    Field,
    at,
    ball,
    blend,
    box,
    bumpy,
    common,
    cut,
    join,
    lathe,
    ring,
    rod,
    stretch,
    turn,
    turned,
)
from ..studio import Part, linear, paint, soft


def bucket_hat(**_: float) -> list[Part]:
    crown = turned([(0.66, -0.5), (0.6, -0.1), (0.54, 0.26), (0.5, 0.32)], 0.08)
    brim = bumpy(lathe([(0.6, -0.48), (1.12, -0.86)], 0.045), lambda p: 0.02 * np.sin(3 * np.arctan2(p[0], p[2])), 0.8)

    def cloth(p: Array) -> Array:
        r = np.hypot(p[0], p[2])
        rows = soft(0.86, 0.96, np.cos(r * 62)) * (p[1] < -0.5)
        hoop = soft(0.02, 0.01, np.abs(p[1] - 0.2)) * (r > 0.4)
        weave = 0.25 * soft(-1, 1, np.sin(p[1] * 160) * np.sin(np.arctan2(p[0], p[2]) * 120))
        eyelets = soft(0.035, 0.025, np.hypot((np.abs(p[0]) - 0.3), p[1] - 0.05)) * (p[2] > 0)
        base = paint(weave, "#5e8f6d", np.broadcast_to(linear("#7fb08a"), p.shape))
        return paint(eyelets, "#2e4a3a", paint(np.clip(rows + hoop, 0, 1) * 0.75, "#dff0d8", base))

    band = at(bumpy(lathe([(0.655, -0.46), (0.635, -0.3)], 0.03), lambda p: p[0] * 0), y=0)
    return [Part(join(crown, brim), cloth, 0.05), Part(band, "#f3e7c9", 0.1)]


def everyday_tote(**_: float) -> list[Part]:
    def sack(p: Array) -> Array:
        taper = 1 - 0.1 * p[1:2]
        q = np.concatenate([p[0:1] * taper, p[1:2], p[2:3] * taper * 1.0])
        return box(0.74, 0.62, 0.34, 0.12)(q) * 0.85

    bag = cut(
        bumpy(at(sack, y=-0.38), lambda p: 0.012 * np.sin(p[0] * 8 + 2 * np.sin(p[1] * 5)), 0.85),
        at(box(0.7, 0.3, 0.22, 0.06), y=0.28),
    )

    def cloth(p: Array) -> Array:
        weave = 0.3 * soft(-1, 1, np.sin(p[0] * 130) * np.sin(p[1] * 130))
        base = paint(weave, "#e3cfa8", np.broadcast_to(linear("#f5e8cd"), p.shape))
        x, y = p[0], p[1] + 0.28
        r, angle = np.hypot(x, y), np.arctan2(y, x)
        petals = soft(0.012, -0.012, r - 0.17 - 0.07 * np.cos(6 * angle)) * (p[2] > 0.1)
        heart = soft(0.012, -0.012, r - 0.075) * (p[2] > 0.1)
        drawn = paint(heart, "#ffc94d", paint(petals, "#ff7d6b", base))
        return paint(soft(-0.66, -0.68, p[1]), "#c9694f", drawn)

    def strap(z: float) -> Field:
        arch = common(stretch(turn(ring(0.36, 0.045), "x", 90), 1, 1.6, 1), lambda p: -p[1])
        return at(join(arch, *(rod((x, 0, 0), (x, -0.3, 0), 0.045) for x in (-0.36, 0.36))), 0, 0.12, z)

    front, back = strap(0.345), strap(-0.345)
    return [Part(bag, cloth, 0.03), Part(join(front, back), "#b85a42", 0.35)]


def _slide(colour: str, strap: str) -> list[Part]:
    """One sandal, heel at the back, toes towards the viewer."""
    plan = lambda p: blend(0.2, at(ball(0.37), z=0.42), at(ball(0.32), z=-0.55), at(ball(0.31), z=-0.05))(
        p * np.float32([[1], [0], [1]])
    )
    sole: Field = lambda p: blend_edge(plan(p), np.abs(p[1] + 0.8) - 0.2, 0.13)
    grooves = bumpy(sole, lambda p: 0.014 * np.cos(p[1] * 44), 0.7)
    bed = at(stretch(ball(0.3), 0.95, 0.25, 2.4), y=-0.55)
    tube = turn(ring(0.35, 0.12), "x", 90)
    puffy = stretch(bumpy(tube, lambda p: 0.008 * np.cos(8 * np.arctan2(p[1], p[0])), 0.8), 1.06, 1, 2.1)
    band = common(at(puffy, y=-0.64, z=0.3), lambda p: -0.9 - p[1])
    return [Part(cut(grooves, bed), colour, 0.15), Part(band, strap, 0.2)]


def blend_edge(a: Array, b: Array, edge: float) -> Array:
    """Crossing of two slabs with a round edge."""
    a, b = a + edge, b + edge
    return np.hypot(np.maximum(a, 0), np.maximum(b, 0)) + np.minimum(np.maximum(a, b), 0) - edge


def cloud_slides(**_: float) -> list[Part]:
    left = [Part(at(turn(p.field, "y", 8), -0.48, 0, 0.06), p.colour, p.gloss) for p in _slide("#fff3e2", "#ff9dbd")]
    right = [Part(at(turn(p.field, "y", -10), 0.48, 0, -0.12), p.colour, p.gloss) for p in _slide("#fff3e2", "#ff9dbd")]
    return left + right


def _scrunchie(radius: float, thick: float, waves: int) -> Field:
    def relief(p: Array) -> Array:
        angle = np.arctan2(p[0], p[2])
        tube = np.arctan2(p[1], np.hypot(p[0], p[2]) - radius)
        return thick * (
            0.15 * np.cos(waves * angle + 1.5 * np.sin(tube)) + 0.07 * np.sin(waves * 2.3 * angle + 2 * tube)
        )

    return bumpy(ring(radius, thick), relief, 0.6)


def satin_scrunchies(**_: float) -> list[Part]:
    return [
        Part(at(_scrunchie(0.6, 0.24, 17), 0, -0.74, 0), "#b7a2ff", 0.95),
        Part(at(turn(_scrunchie(0.52, 0.22, 15), "z", 6), 0.06, -0.33, 0), "#ff9ec2", 0.95),
        Part(at(turn(_scrunchie(0.46, 0.2, 14), "z", -8), -0.04, 0.05, 0.02), "#ffd98a", 0.95),
    ]
