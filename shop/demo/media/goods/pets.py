"""Mat, bowl, tunnel and balm of the pet shelf."""

import numpy as np

from ..shapes import Array, Field, at, ball, bumpy, can, cut, join, lathe, ring, rod, stretch, turn
from ..studio import Part, linear, paint, soft

FLEECE = ("#ff8a65", "#ffd166", "#5ec6a8", "#6fa8ff", "#f6f0e4")


def _frill(radius: float, count: int, lean: float, high: float) -> Field:
    """A ring of soft leaves that lean outwards."""
    c, sn = float(np.cos(lean)), float(np.sin(lean))

    def field(p: Array) -> Array:
        step = 2 * np.pi / count
        angle = np.arctan2(p[0], p[2]) + radius * 9
        aside = (angle - np.round(angle / step) * step) * np.maximum(np.hypot(p[0], p[2]), 0.05)
        out, up = np.hypot(p[0], p[2]) - radius, p[1] + 0.92
        tall, thin = up * c + out * sn, out * c - up * sn
        wide = np.maximum(radius * step * 0.62, 0.07)
        leaf = np.sqrt((aside / wide) ** 2 + ((tall - high / 2) / (high * 0.62)) ** 2 + (thin / 0.055) ** 2)
        return (leaf - 1) * 0.05

    return field


def snuffle_mat(**_: float) -> list[Part]:
    rings = [
        (0.07, 5, 0.12, 0.5),
        (0.24, 8, 0.3, 0.48),
        (0.42, 12, 0.45, 0.44),
        (0.6, 16, 0.6, 0.4),
        (0.78, 20, 0.75, 0.36),
        (0.94, 24, 0.95, 0.3),
    ]
    frills = [Part(_frill(*spec), FLEECE[(3 * i + 1) % len(FLEECE)], 0) for i, spec in enumerate(rings)]

    def bone(x: float, y: float, z: float, degrees: float) -> Field:
        knobs = (at(ball(0.06), u, 0, v) for u in (-0.14, 0.14) for v in (-0.045, 0.045))
        return at(turn(join(rod((-0.12, 0, 0), (0.12, 0, 0), 0.045), *knobs), "y", degrees), x, y, z)

    treats = join(bone(-0.42, -0.52, 0.45, 30), bone(0.5, -0.55, 0.3, -50), bone(0.05, -0.4, 0.05, 10))
    return [*frills, Part(at(can(1.12, 0.05, 0.04), y=-0.95), "#3d5a80", 0.1), Part(treats, "#d9a05b", 0.3)]


def lick_bowl(**_: float) -> list[Part]:
    dish = lathe([(0, -0.82), (0.7, -0.82), (0.9, -0.42)], 0.07)
    foot = at(can(0.8, 0.1, 0.06), y=-0.9)

    def maze(p: Array) -> Array:
        r, angle = np.hypot(p[0], p[2]), np.arctan2(p[2], p[0])
        lane = np.abs((r - angle * 0.2 / (2 * np.pi)) / 0.2 % 1 - 0.5) * 0.2
        wall = np.hypot(np.maximum(np.abs(lane - 0.0) - 0.02, 0), np.maximum(np.abs(p[1] + 0.68) - 0.1, 0)) - 0.025
        return np.maximum(wall, r - 0.68) * 0.6

    food = lambda p: paint(soft(-0.2, 0.6, np.sin(p[0] * 31) * np.sin(p[2] * 27)), "#b77735", "#dba25a")
    kibble = join(
        *(
            at(stretch(ball(0.075), 1, 0.7, 1), float(0.5 * np.cos(a) * k), -0.66, float(0.5 * np.sin(a) * k))
            for a, k in ((0.3, 1), (1.4, 0.7), (2.6, 1.05), (3.6, 0.65), (4.4, 1.1), (5.5, 0.9))
        )
    )
    return [
        Part(join(dish, foot), "#3fb8af", 0.7),
        Part(maze, "#5fd3c6", 0.7),
        Part(at(can(0.7, 0.03, 0.02), y=-0.72), food, 0.25),
        Part(kibble, "#8a4f24", 0.3),
    ]


def cat_tunnel(**_: float) -> list[Part]:
    def lying(field: Field) -> Field:
        return at(turn(turn(field, "x", 90), "y", 24), 0, -0.38, 0)

    ribs = lambda p: 0.03 * np.cos(p[1] * 15) + 0.008 * np.sin(7 * np.arctan2(p[0], p[2]) + 3 * p[1])
    tube = bumpy(lathe([(0.54, -1.15), (0.54, 1.0)], 0.07), ribs, 0.7)
    back = at(turn(can(0.5, 0.02), "y", 0), y=-1.0)
    hoops = join(at(ring(0.57, 0.06), y=1.0), at(ring(0.57, 0.06), y=-1.15))

    def stripes(p: Array) -> Array:
        q = np.array([[np.cos(np.radians(24))], [0], [-np.sin(np.radians(24))]], np.float32)
        along = (p * np.array([[np.sin(np.radians(24))], [0], [np.cos(np.radians(24))]], np.float32)).sum(0)
        across = np.hypot((p * q).sum(0), p[1] + 0.38)
        outer = paint(soft(-0.15, 0.15, np.sin(along * 7.5)), "#ff9b6a", np.broadcast_to(linear("#7c6cf0"), p.shape))
        return np.where(across < 0.53, linear("#2b2356"), outer)

    return [Part(lying(tube), stripes, 0.25), Part(lying(hoops), "#ffe2b8", 0.4), Part(lying(back), "#17122f", 0)]


def paw_balm(used: float = 0, **_: float) -> list[Part]:
    def paw(x: Array, y: Array) -> Array:
        toes = [(-0.27, 0.06, 0.1), (-0.1, 0.24, 0.11), (0.1, 0.24, 0.11), (0.27, 0.06, 0.1)]
        pad = np.hypot(x, (y + 0.16) * 1.15) - 0.2
        return soft(0.012, -0.012, np.min([pad, *(np.hypot(x - a, y - b) - r for a, b, r in toes)], 0))

    print_ = lambda p: paw(p[0] * 1.05, -p[2] * 1.05)
    tin = cut(at(can(0.86, 0.22, 0.05), y=-0.78), at(can(0.8, 0.2, 0.02), y=-0.5))
    balm = bumpy(at(can(0.79, 0.12, 0.03), y=-0.74), lambda p: -0.05 * print_(p), 0.6)
    shade = lambda p: paint(print_(p), "#d9b36a", "#f3dca2")
    lid = bumpy(
        can(0.88, 0.13, 0.05), lambda p: 0.006 * np.cos(80 * np.arctan2(p[0], p[2])) * (np.hypot(p[0], p[2]) > 0.8), 0.8
    )
    leaning = turn(lid, "x", 66)
    return [
        Part(tin, "#c9ccd6", 0.9, 0.85),
        Part(balm, shade, 0.5),
        Part(
            at(leaning, 0.2, -0.14, -0.95),
            lambda p: paint(paw((p[0] - 0.2) * 1.0, (p[1] + 0.14) * 1.08) * (p[2] > -1.2), "#fff6e4", "#4f9d7c"),
            0.6,
        ),
    ]
