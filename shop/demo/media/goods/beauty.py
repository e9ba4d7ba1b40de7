"""Bottles, sticks and jars of the beauty shelf."""

import numpy as np

from ..shapes import Array, above, at, ball, blend, bumpy, can, common, cut, join, ring, rod, stretch, turn, turned
from ..studio import Part, linear, paint, soft


def _label(ground: str, ink: str, radius: float, low: float, high: float, mark: str):
    """A paper label on the front of a round body with a small drawn mark, no letters."""

    def colour(p: Array) -> Array:
        x, y = np.arctan2(p[0], p[2]) * radius, p[1] - (low + high) / 2
        frame = soft(0.012, 0.0, np.abs(np.maximum(np.abs(x) / 0.3, np.abs(y) * 2 / (high - low)) - 0.8) * 0.3)
        return paint(np.clip(frame + _mark(mark, x, y), 0, 1), ink, np.broadcast_to(linear(ground), p.shape))

    return colour


def _mark(kind: str, x: Array, y: Array) -> Array:
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    if kind == "petals":
        return soft(0.01, -0.01, r - 0.1 - 0.045 * np.cos(5 * angle)) - soft(0.01, -0.01, r - 0.045)
    if kind == "sun":
        rays = soft(0.25, 0.45, np.cos(10 * angle)) * soft(0.11, 0.12, r) * soft(0.18, 0.17, r)
        return soft(0.01, -0.01, r - 0.08) + rays
    return soft(0.01, -0.01, r - 0.17) * soft(-0.01, 0.01, np.hypot(x - 0.08, y - 0.05) - 0.14)


def _dropper(y: float, cap: str, bulb: str) -> list[Part]:
    ribs = bumpy(can(0.2, 0.13, 0.03), lambda p: 0.008 * np.cos(36 * np.arctan2(p[0], p[2])), 0.8)
    teat = join(at(can(0.125, 0.16, 0.1), y=y + 0.34), at(can(0.15, 0.03, 0.02), y=y + 0.16))
    return [Part(at(ribs, y=y), cap, 0.9, 0.9), Part(teat, bulb, 0.5)]


def rose_serum(**_: float) -> list[Part]:
    body = turned([(0.4, -1), (0.44, -0.95), (0.44, 0.1), (0.36, 0.28), (0.19, 0.36), (0.19, 0.42)], 0.06)
    liquid = common(turned([(0.4, -0.94), (0.42, -0.88), (0.42, 0.1), (0.34, 0.25)], 0.05), lambda p: p[1] - 0.08)
    paper = common(cut(can(0.452, 0.36, 0.01), can(0.43, 1)), lambda p: 0.2 - p[2])
    tint = lambda p: paint(soft(-1, 0.1, p[1]), "#ff9db5", "#e2446f")
    return [
        Part(liquid, tint, 0.4, glow=0.3),
        Part(body, "#ffd3dd", 1, clear=0.22),
        Part(at(paper, y=-0.45), _label("#fff6f2", "#c2466b", 0.45, -0.81, -0.09, "petals"), 0.1, clear=1),
        Part(rod((0, 0.4, 0), (0, -0.5, 0), 0.035), "#fff1f1", 0.8),
        *_dropper(0.53, "#e9b67c", "#fff3f0"),
    ]


def glow_drops(**_: float) -> list[Part]:
    bulge = common(at(stretch(ball(0.7), 1, 0.82, 1), y=-0.46), lambda p: -1 - p[1])
    body = blend(0.08, bulge, at(can(0.2, 0.16), y=0.08))
    liquid = common(at(stretch(ball(0.66), 1, 0.8, 1), y=-0.46), lambda p: np.maximum(p[1] + 0.24, -0.96 - p[1]))
    tint = lambda p: paint(soft(-0.95, -0.2, p[1]), "#ffc247", "#ff7a12")
    sticker = common(at(ball(0.29), y=-0.53, z=0.68), at(stretch(ball(0.71), 1, 0.82, 1), y=-0.46))
    return [
        Part(liquid, tint, 0.4, glow=0.35),
        Part(body, "#ffe2b0", 1, clear=0.2),
        Part(sticker, _label("#fffaf0", "#ff8a1f", 0.7, -0.9, -0.2, "sun"), 0.1, clear=1),
        Part(rod((0, 0.2, 0), (0, -0.6, 0), 0.035), "#fff6e6", 0.8),
        *_dropper(0.32, "#fff8ee", "#ff9b3d"),
    ]


def lip_butter(**_: float) -> list[Part]:
    balm = common(at(can(0.23, 0.5, 0.07), y=0.35), turn(lambda p: p[1] - 0.55, "x", 32))
    cap = at(turn(can(0.33, 0.42, 0.06), "x", 90), 0.62, -0.67, 0.15)
    return [
        Part(at(can(0.34, 0.42, 0.06), x=-0.3, y=-0.58), "#e0607c", 0.9),
        Part(at(can(0.29, 0.14, 0.03), x=-0.3, y=-0.06), "#f0c08a", 0.9, 0.9),
        Part(at(balm, x=-0.3), "#f2879a", 0.7),
        Part(cap, "#e0607c", 0.9),
    ]


def overnight_hair_mask(used: float = 0, **_: float) -> list[Part]:
    swirl = lambda p: 0.035 * np.cos(3 * np.arctan2(p[2], p[0]) - np.hypot(p[0], p[2]) * 16)
    cream = bumpy(at(turned([(0.68, -0.1), (0.6, 0.05), (0.3, 0.16), (0.02, 0.3)], 0.05), y=-0.1), swirl, 0.5)
    lid = bumpy(can(0.8, 0.17, 0.07), lambda p: 0.008 * np.cos(60 * np.arctan2(p[0], p[2])) * (p[1] < 0.1), 0.7)
    placed = at(turn(lid, "x", 72), 0.5, -0.3, -1.05) if used else at(lid, y=0.05)
    jar = cut(at(can(0.82, 0.44, 0.12), y=-0.56), common(at(can(0.74, 0.3, 0.05), y=0), above(-0.3)))
    return [
        Part(at(jar, y=0), _label("#7d6bd6", "#ffe9b0", 0.82, -0.9, -0.25, "moon"), 0.7),
        Part(cream, "#e9def8", 0.3),
        Part(placed, "#f3d9b1", 0.8, 0.75),
        *([] if used else [Part(at(ring(0.8, 0.02), y=-0.14), "#5d4bb5", 0.5)]),
    ]
