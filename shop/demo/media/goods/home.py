"""Lamp, pillow, candle and mister of the home shelf."""

import numpy as np

from ..shapes import Array, at, ball, blend, bumpy, can, common, cut, join, ring, rod, stretch, turn, turned
from ..studio import Part, linear, paint, soft


def sunset_lamp(used: float = 0, **_: float) -> list[Part]:
    tilt = lambda f: at(turn(turn(f, "z", 58), "y", -20), 0.02, 0.5, 0)
    head = blend(0.02, can(0.3, 0.22, 0.05), at(can(0.2, 0.1, 0.05), y=-0.26))
    lens = lambda p: paint(soft(-0.3, 0.3, p[0] + p[1] - 0.7), "#ffd27a", "#ff6a3d")
    stand = join(rod((0, -0.92, 0), (0, 0.3, 0), 0.035), at(turn(ring(0.2, 0.03), "x", 90), 0, 0.46, 0))
    return [
        Part(at(can(0.42, 0.05, 0.04), y=-0.95), "#2c2a31", 0.8),
        Part(stand, "#d9a35f", 0.8, 0.8),
        Part(tilt(head), "#35323b", 0.9),
        Part(tilt(at(ring(0.27, 0.035), y=0.22)), "#d9a35f", 0.8, 0.8),
        Part(tilt(at(stretch(ball(0.26), 1, 0.45, 1), y=0.2)), lens, 0.9, glow=0.75),
    ]


def cloud_pillow(**_: float) -> list[Part]:
    puffs = [
        (-0.72, -0.62, 0.34),
        (-0.34, -0.34, 0.46),
        (0.14, -0.16, 0.54),
        (0.56, -0.46, 0.42),
        (0.84, -0.68, 0.28),
        (0.1, -0.66, 0.44),
        (-0.4, -0.7, 0.38),
        (0.48, -0.72, 0.34),
    ]
    cloud = blend(0.09, *(at(stretch(ball(r), 1, 1, 0.72), x, y + 0.08, 0) for x, y, r in puffs))
    folds = lambda p: 0.008 * np.sin(p[0] * 9 + np.sin(p[1] * 7) * 2)
    blush = lambda p: _face(p)
    return [Part(bumpy(cloud, folds, 0.8), blush, 0.05)]


def _face(p: Array) -> Array:
    front, x, y = p[2] > 0.1, p[0] - 0.08, p[1] + 0.42
    eyes = soft(0.012, -0.012, np.abs(np.hypot(np.abs(x) - 0.22, y + 0.02) - 0.075) - 0.018) * (y < -0.02)
    smile = soft(0.012, -0.012, np.abs(np.hypot(x, y + 0.08) - 0.06) - 0.016) * (y < -0.09)
    cheeks = soft(0.1, 0.02, np.hypot(np.abs(x) - 0.38, (y + 0.12) * 1.3))
    base = paint(soft(-1, 0.3, p[1]), "#ffffff", "#c6d3ff")
    return paint(np.clip(eyes + smile, 0, 1) * front, "#5a63a8", paint(cheeks * front * 0.7, "#ff9fb6", base))


def soy_candle(used: float = 0, **_: float) -> list[Part]:
    def label(p: Array) -> Array:
        x, y = np.arctan2(p[0], p[2]) * 0.66, p[1] + 0.5
        leaf = soft(0.01, -0.01, np.abs(x) - 0.1 * np.cos(np.clip(y / 0.19, -1, 1) * np.pi / 2)) * (np.abs(y) < 0.19)
        vein = soft(0.012, 0.004, np.abs(x)) * (np.abs(y) < 0.22)
        edge = soft(0.012, 0.0, np.abs(np.maximum(np.abs(x) / 0.3, np.abs(y) / 0.27) - 0.86) * 0.3)
        ground = paint(np.clip(leaf + edge, 0, 1), "#4d7a5c", np.broadcast_to(linear("#fdf6e9"), p.shape))
        return paint(vein, "#fdf6e9", ground)

    glass = cut(at(can(0.66, 0.62, 0.07), y=-0.38), at(can(0.61, 0.6, 0.04), y=-0.28))
    wax = lambda p: paint(soft(0.55, 0.0, np.hypot(p[0], p[2])) * soft(-0.5, 0.1, p[1]), "#ffd58a", "#f7e6cd")
    paper = common(cut(can(0.672, 0.31, 0.01), can(0.65, 1)), lambda p: 0.3 - p[2])
    return [
        Part(at(can(0.6, 0.44, 0.03), y=-0.5), wax, 0.4, glow=0.25),
        Part(glass, "#e89a4a", 1, clear=0.32),
        Part(at(paper, y=-0.5), label, 0.1, clear=1),
        Part(rod((0, -0.1, 0), (0.02, 0.1, 0), 0.022), "#3a2a22", 0),
    ]


def plant_mister(**_: float) -> list[Part]:
    body = blend(0.14, at(stretch(ball(0.6), 1, 0.86, 1), y=-0.46), at(can(0.2, 0.22), y=0.06))
    foot = at(can(0.36, 0.05, 0.03), y=-0.95)
    bands = join(at(ring(0.21, 0.035), y=0.22), at(ring(0.605, 0.02), y=-0.46))
    pump = join(at(can(0.1, 0.13, 0.03), y=0.36), at(can(0.22, 0.06, 0.04), y=0.52), at(ball(0.1), y=0.62))
    nozzle = join(
        rod((0.0, 0.4, 0), (-0.42, 0.44, 0), 0.065),
        at(turn(turned([(0.06, 0), (0.11, 0.12)], 0.02), "z", 84), -0.4, 0.44),
    )
    handle = cut(at(stretch(turn(ring(0.36, 0.05), "x", 90), 0.9, 1.1, 1), 0.42, -0.04), lambda p: p[0] - 0.36)
    brass = "#e3ac4e"
    return [
        Part(blend(0.03, body, foot), brass, 0.9, 0.92),
        Part(bands, "#f4cf85", 0.9, 0.9),
        Part(join(pump, nozzle), "#f0c46e", 0.9, 0.9),
        Part(handle, brass, 0.9, 0.9),
    ]


def vase(**_: float) -> list[Part]:
    pot = cut(turned([(0.4, -1), (0.6, -0.3)], 0.05), at(can(0.5, 0.1), y=-0.26))
    return [
        Part(join(pot, at(ring(0.57, 0.05), y=-0.32)), "#d98a63", 0.2),
        Part(at(can(0.5, 0.02), y=-0.38), "#4a3024", 0),
    ]
