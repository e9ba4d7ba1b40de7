"""The waffle maker, the jar, the bowl and the dripper of the kitchen shelf."""

import numpy as np

from ..shapes import (
    Array,
    Field,
    above,
    at,
    ball,
    blend,
    box,
    bumpy,
    can,
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


def _grid(p: Array) -> Array:
    """Ridges of a waffle, 1 on the ridge."""
    return np.maximum(soft(0.55, 0.85, np.cos(p[0] * 24)), soft(0.55, 0.85, np.cos(p[2] * 24)))


def _waffle() -> Part:
    cake = bumpy(can(0.68, 0.09, 0.06), lambda p: 0.04 * _grid(p), 0.5)
    return Part(at(cake, y=-0.42), lambda p: paint(_grid(p), "#f3b45c", "#c97a26"), 0.25)


def mini_waffle_maker(used: float = 0, **_: float) -> list[Part]:
    shell = "#ff8f86"
    lid: Field = blend(0.03, stretch(common(ball(0.92), lambda p: -p[1]), 1, 0.42, 1), at(can(0.92, 0.06, 0.05), y=0))
    plate = at(bumpy(can(0.76, 0.04, 0.02), lambda p: 0.04 * _grid(p), 0.5), y=-0.06)
    grip = at(stretch(box(0.2, 0.09, 0.2, 0.08), 1, 1, 1), 0, 0.02, 0.98)
    lamp = at(ball(0.07), 0, 0.3, 0.6)

    def raised(field: Field) -> Field:
        return at(turn(at(field, z=0.92), "x", -62 * used), y=-0.42, z=-0.92)

    base = join(at(can(0.92, 0.2, 0.1), y=-0.72), at(can(0.7, 0.08), y=-0.92), at(can(0.3, 0.3, 0.08), y=-0.6, z=-0.85))
    return [
        Part(base, shell, 0.7),
        Part(raised(lid), shell, 0.7),
        Part(raised(plate), "#4a3d41", 0.5),
        Part(raised(grip), "#fff4e8", 0.6),
        Part(raised(lamp), "#ffe27a", 0.6, glow=0.6),
        Part(at(can(0.8, 0.05, 0.02), y=-0.53), "#4a3d41", 0.5),
        *([_waffle()] if used > 0.25 else []),
    ]


def chili_crisp(used: float = 0, **_: float) -> list[Part]:
    def crunch(p: Array) -> Array:
        noise = np.sin(p[0] * 31 + np.sin(p[1] * 23) * 2) * np.sin(p[1] * 37 + p[2] * 19) * np.sin(p[2] * 29 + 1)
        seeds = soft(0.62, 0.72, np.sin(p[0] * 47 + 2) * np.sin(p[1] * 53) * np.sin(p[2] * 43 + 1) + noise * 0.3)
        oil = paint(soft(-0.2, 0.45, noise), "#7a120a", "#d8330f")
        return paint(seeds, "#ffce5c", oil)

    def label(p: Array) -> Array:
        x, y = np.arctan2(p[0], p[2]) * 0.6, p[1] + 0.42
        bend = y - 0.9 * (x + 0.02) ** 2 + 0.05
        pepper = soft(0.012, -0.012, np.abs(bend) - 0.085 * np.sqrt(np.clip((x + 0.24) / 0.4, 0, 1)))
        pepper = pepper * (x > -0.235) * (x < 0.16)
        stem = soft(0.012, -0.012, np.hypot((x - 0.19) * 0.7, y - 0.02) - 0.05)
        band = soft(0.24, 0.25, np.abs(y))
        return paint(
            band,
            "#d92b1c",
            paint(stem, "#3f8f3a", paint(pepper, "#d92b1c", np.broadcast_to(linear("#fff3dc"), p.shape))),
        )

    glass = turned([(0.56, -1), (0.62, -0.93), (0.62, 0.22), (0.5, 0.36), (0.5, 0.46)], 0.05)
    filling = turned([(0.52, -0.95), (0.58, -0.9), (0.58, 0.16), (0.5, 0.26)], 0.04)
    paper = common(cut(can(0.628, 0.29, 0.01), can(0.606, 1)), lambda p: 0.1 - p[2])
    cap = bumpy(
        can(0.56, 0.15, 0.05), lambda p: 0.01 * np.cos(44 * np.arctan2(p[0], p[2])) * (np.hypot(p[0], p[2]) > 0.5), 0.7
    )
    lid = at(turn(cap, "x", 70), 0.55, -0.5, 0.62) if used else at(cap, y=0.55)
    return [
        Part(filling, crunch, 0.6),
        Part(glass, "#ffd9c0", 1, clear=0.1),
        Part(at(paper, y=-0.42), label, 0.15, clear=1),
        Part(lid, "#f0c050", 0.8, 0.8, clear=1),
    ]


def _whisk() -> list[Part]:
    """A bamboo whisk that stands on its tines with its foot at y = -1."""
    cane = lambda p: paint(soft(0.2, 0.9, np.cos(34 * np.arctan2(p[0], p[2]))), "#b98a45", "#e9c98d")
    tines = turned([(0.2, -1), (0.34, -0.86), (0.33, -0.6), (0.2, -0.32), (0.16, -0.24)], 0.03)
    grip = at(can(0.155, 0.3, 0.04), y=0.04)
    return [
        Part(bumpy(tines, lambda p: 0.02 * np.cos(34 * np.arctan2(p[0], p[2])), 0.6), cane, 0.1),
        Part(grip, "#e2bd7c", 0.35),
        Part(at(ring(0.165, 0.025), y=-0.22), "#5a3d2a", 0.2),
    ]


def matcha_set(used: float = 0, **_: float) -> list[Part]:
    def tea(p: Array) -> Array:
        r, angle = np.hypot(p[0], p[2]), np.arctan2(p[2], p[0])
        foam = soft(0.1, 0.9, np.cos(r * 26 - 2 * angle)) * soft(0.56, 0.2, r)
        return paint(foam * 0.75, "#c6e07c", np.broadcast_to(linear("#7fae35"), p.shape))

    glaze = lambda p: paint(soft(-0.42, -0.3, p[1] + 0.05 * np.sin(5 * np.arctan2(p[0], p[2]))), "#f7f1e6", "#6f8f86")
    bowl = lathe([(0, -0.9), (0.36, -0.88), (0.62, -0.62), (0.7, -0.2)], 0.05)
    surface = at(can(0.63, 0.02, 0.01), y=-0.36)
    parts = [Part(join(bowl, at(can(0.32, 0.05, 0.02), y=-0.95)), glaze, 0.75), Part(surface, tea, 0.35)]
    if used:
        return [
            Part(
                at(q.field, x=-0.3),
                (lambda c: c if isinstance(c, str) else lambda p: c(p + np.float32([[0.3], [0], [0]])))(q.colour),
                q.gloss,
            )
            for q in parts
        ] + [
            Part(at(q.field, x=0.72, z=0.25), q.colour if isinstance(q.colour, str) else "#dcb878", q.gloss)
            for q in _whisk()
        ]
    return parts


def bamboo_whisk(**_: float) -> list[Part]:
    return _whisk()


def pour_over_kit(used: float = 0, **_: float) -> list[Part]:
    flask = lathe([(0.05, -0.96), (0.55, -0.94), (0.66, -0.7), (0.56, -0.36), (0.24, -0.06), (0.24, 0.08)], 0.025)
    coffee = common(turned([(0.5, -0.93), (0.63, -0.7), (0.54, -0.37), (0.3, -0.1)], 0.02), lambda p: p[1] + 0.46)
    collar = at(bumpy(can(0.29, 0.13, 0.05), lambda p: 0.004 * np.sin(p[1] * 90), 0.8), y=0.02)
    ribs = lambda p: 0.012 * np.cos(14 * np.arctan2(p[0], p[2]))
    cone = bumpy(lathe([(0.16, 0.2), (0.6, 0.82)], 0.035), ribs, 0.7)
    plate = at(can(0.44, 0.03, 0.02), y=0.19)
    handle = at(turn(ring(0.17, 0.045), "x", 90), 0.58, 0.5)
    paper = lathe([(0.1, 0.3), (0.57, 0.92)], 0.012)
    grounds = at(can(0.45, 0.02, 0.01), y=0.68)
    return [
        Part(coffee, "#4a1f0c", 0.7),
        Part(flask, "#dfeef2", 1, clear=0.14),
        Part(collar, "#b0713a", 0.35, clear=1),
        Part(join(cut(cone, above(0.84)), plate, handle), "#fbfaf6", 0.8),
        Part(paper, "#efe2c8", 0.05),
        Part(
            grounds, lambda p: paint(soft(-0.4, 0.6, np.sin(p[0] * 50) * np.sin(p[2] * 47)), "#2b1208", "#5a3018"), 0.2
        ),
    ]


def kettle(**_: float) -> list[Part]:
    body = turned([(0.56, -0.6), (0.6, -0.52), (0.42, 0.1), (0.34, 0.14)], 0.05)
    spout = join(
        rod((-0.5, -0.45, 0), (-0.85, 0.0, 0), 0.06),
        rod((-0.85, 0.0, 0), (-0.95, 0.2, 0), 0.05),
        rod((-0.95, 0.2, 0), (-1.12, 0.22, 0), 0.045),
    )
    grip = join(rod((0.4, 0.05, 0), (0.85, 0.1, 0), 0.06), rod((0.85, 0.1, 0), (0.8, -0.42, 0), 0.07))
    knob = join(at(ball(0.09), y=0.3), at(can(0.3, 0.04, 0.03), y=0.17))
    return [Part(blend(0.06, body, spout), "#3b4046", 0.9), Part(grip, "#a8683a", 0.3), Part(knob, "#a8683a", 0.4)]
