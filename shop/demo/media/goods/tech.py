"""Battery, microphone, projector and timer of the tech shelf."""

import numpy as np

from ..shapes import Array, at, ball, box, bumpy, can, common, cut, join, ring, rod, stretch, turn
from ..studio import Part, linear, paint, soft


def _slab(x: float, y: float, z: float, edge: float):
    """An upright plate with big round corners and a small bevel."""
    return common(
        box(x, y, z, 0.05),
        lambda p: np.hypot(np.maximum(np.abs(p[0]) - x + edge, 0), np.maximum(np.abs(p[1]) - y + edge, 0)) - edge,
    )


def magnetic_power_bank(used: float = 0, **_: float) -> list[Part]:
    def face(p: Array) -> Array:
        x, y = p[0] - 0.05, p[1] + 0.2
        halo = soft(0.014, 0, np.abs(np.hypot(x, y - 0.12) - 0.3) - 0.03)
        dots = sum(soft(0.03, 0.018, np.hypot(x - dx, y + 0.52)) for dx in (-0.15, -0.05, 0.05, 0.15))
        stem = soft(0.014, 0, np.maximum(np.abs(x) - 0.03, np.abs(y + 0.31) - 0.09))
        front = p[2] > 0.0
        base = paint(soft(-0.9, 0.6, p[1]), "#8f7bff", "#6fd3ff")
        return paint(np.clip(halo * 0.9 + stem * 0.9 + dots, 0, 1) * front, "#ffffff", base)

    bank = at(_slab(0.42, 0.72, 0.13, 0.17), 0.05, -0.24, 0.1 + 0.5 * used)
    phone = _slab(0.56, 1.0, 0.07, 0.17)
    camera = at(_slab(0.2, 0.2, 0.04, 0.08), -0.28, 0.73, 0.09)
    lenses = join(*(at(turn(can(0.07, 0.05, 0.02), "x", 90), x, y, 0.12) for x, y in ((-0.36, 0.8), (-0.2, 0.66))))
    tint = lambda p: paint(soft(-1, 1, p[1]), "#33363f", "#4b505c")
    return [Part(bank, face, 0.7), Part(phone, tint, 0.8), Part(camera, "#2a2d35", 0.7), Part(lenses, "#10131c", 1)]


def clip_mic(used: float = 0, **_: float) -> list[Part]:
    body = at(_slab(0.3, 0.5, 0.17, 0.13), 0, -0.42)
    fluff = bumpy(
        at(ball(0.46), y=0.3),
        lambda p: (
            0.05
            * np.sin(p[0] * 33 + 2 * np.sin(p[1] * 17))
            * np.sin(p[1] * 31 + 2 * np.sin(p[2] * 19))
            * np.sin(p[2] * 35 + 1)
        ),
        0.45,
    )
    hair = lambda p: paint(soft(0.44, 0.54, np.sqrt(p[0] ** 2 + (p[1] - 0.3) ** 2 + p[2] ** 2)), "#4b4d5b", "#a7abbd")
    clip = join(at(_slab(0.16, 0.36, 0.04, 0.08), 0, -0.5, -0.3), at(_slab(0.15, 0.06, 0.1, 0.03), 0, -0.2, -0.22))
    holes = lambda p: paint(
        soft(0.3, 0.7, np.cos(p[0] * 70) * np.cos(p[1] * 70))
        * (p[2] > 0.1)
        * (np.abs(p[1] + 0.2) < 0.1)
        * (np.abs(p[0]) < 0.18),
        "#0a0b10",
        "#2d2f3a",
    )
    light = at(stretch(ball(0.045), 1, 1, 0.5), 0, -0.72, 0.17)
    return [
        Part(fluff, hair, 0),
        Part(body, holes, 0.9),
        Part(clip, "#51545f", 0.8, 0.6),
        Part(light, "#3dffa2", 0.3, glow=0.9),
        Part(at(ring(0.21, 0.04), y=0.0), "#ff5d5d", 0.7),
    ]


def mini_projector(**_: float) -> list[Part]:
    vents = lambda p: paint(
        soft(0.2, 0.5, np.cos(p[1] * 44)) * (np.abs(p[2]) < 0.32) * (np.abs(p[1] + 0.3) < 0.3) * (np.abs(p[0]) > 0.5),
        "#8d93a6",
        "#f3f4f8",
    )
    body = at(box(0.66, 0.5, 0.58, 0.16), y=-0.3)
    snout = at(turn(can(0.36, 0.12, 0.05), "x", 90), -0.12, -0.26, 0.6)
    glass = at(stretch(ball(0.25), 1, 1, 0.5), -0.12, -0.26, 0.68)
    lens = lambda p: paint(soft(0.25, 0.0, np.hypot(p[0] + 0.12, p[1] + 0.26)), "#fff4c4", "#3f6bff")
    legs = join(*(rod((x, -0.76, z), (x * 1.2, -0.96, z * 1.2), 0.05) for x in (-0.45, 0.45) for z in (-0.4, 0.4)))
    knob = at(can(0.13, 0.06, 0.03), 0.36, 0.22, 0.1)
    return [
        Part(body, vents, 0.5),
        Part(cut(snout, at(turn(can(0.26, 0.3), "x", 90), -0.12, -0.26, 0.75)), "#2d3040", 0.9),
        Part(glass, lens, 1, glow=0.7),
        Part(legs, "#2d3040", 0.4),
        Part(knob, "#ff7a59", 0.6),
        Part(at(box(0.03, 0.03, 0.03, 0.02), 0.4, -0.56, 0.58), "#4dff9d", 0.4, glow=0.9),
    ]


def desk_timer(used: float = 0.7, **_: float) -> list[Part]:
    """Used is the share of the dial that is still to run."""

    def dial(p: Array) -> Array:
        x, y = p[0], p[1] + 0.25
        r, turnover = np.hypot(x, y), (np.arctan2(x, y) / (2 * np.pi)) % 1
        pie = soft(0.452, 0.445, r) * soft(used + 0.002, used - 0.002, turnover)
        ticks = soft(0.9, 0.96, np.cos(turnover * 2 * np.pi * 12)) * soft(0.49, 0.5, r) * soft(0.575, 0.565, r)
        plate = paint(soft(0.62, 0.61, r), "#ffffff", np.broadcast_to(linear("#ffb62e"), p.shape))
        return np.where(p[2] > 0.6, paint(pie, "#ff4b3e", paint(ticks, "#3a3550", plate)), linear("#ffb62e"))

    cube = at(box(0.75, 0.75, 0.75, 0.17), y=-0.25)
    knob = at(turn(can(0.1, 0.08, 0.03), "x", 90), 0, -0.25, 0.8)
    angle = 2 * np.pi * used
    hand = rod((0, -0.25, 0.8), (0.42 * float(np.sin(angle)), -0.25 + 0.42 * float(np.cos(angle)), 0.8), 0.03)
    top = at(can(0.2, 0.06, 0.04), 0.0, 0.54, 0)
    return [Part(cube, dial, 0.45), Part(join(knob, hand), "#3a3550", 0.7), Part(top, "#fff3d6", 0.7)]
