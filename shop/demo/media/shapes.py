"""Distance fields to model products with: y is up, the table is y = -1, most things fit a unit ball."""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise

import numpy as np

Array = np.ndarray
Field = Callable[[Array], Array]
Point = tuple[float, float, float]


def ball(radius: float) -> Field:
    return lambda p: np.sqrt((p * p).sum(0)) - radius


def box(x: float, y: float, z: float, edge: float = 0.05) -> Field:
    """Half sizes; the rounded edge stays inside them."""
    half = np.array([[x], [y], [z]], np.float32) - edge

    def field(p: Array) -> Array:
        q = np.abs(p) - half
        outside = np.maximum(q, 0)
        return np.sqrt((outside * outside).sum(0)) + np.minimum(q.max(0), 0) - edge

    return field


def can(radius: float, half: float, edge: float = 0.04) -> Field:
    """An upright cylinder."""

    def field(p: Array) -> Array:
        a = np.hypot(p[0], p[2]) - radius + edge
        b = np.abs(p[1]) - half + edge
        return np.hypot(np.maximum(a, 0), np.maximum(b, 0)) + np.minimum(np.maximum(a, b), 0) - edge

    return field


def ring(radius: float, thick: float, squash: float = 1) -> Field:
    """A lying torus; squash above 1 makes the tube flat."""
    return lambda p: (np.hypot(np.hypot(p[0], p[2]) - radius, p[1] * squash) - thick) / squash


def rod(a: Point, b: Point, thick: float) -> Field:
    start = np.array(a, np.float32)[:, None]
    along = np.array(b, np.float32)[:, None] - start
    length = float((along * along).sum())

    def field(p: Array) -> Array:
        q = p - start
        h = np.clip((q * along).sum(0) / length, 0, 1)
        return np.sqrt(((q - along * h) ** 2).sum(0)) - thick

    return field


def wire(points: Sequence[Point], thick: float) -> Field:
    return join(*(rod(a, b, thick) for a, b in pairwise(points)))


def lathe(profile: Sequence[tuple[float, float]], thick: float) -> Field:
    """A thin wall turned around y along (radius, height) points: cups, hats, shades."""
    points = np.array(profile, np.float32)

    def field(p: Array) -> Array:
        r, best = np.hypot(p[0], p[2]), None
        for (ax, ay), (bx, by) in pairwise(points):
            dx, dy = bx - ax, by - ay
            h = np.clip(((r - ax) * dx + (p[1] - ay) * dy) / (dx * dx + dy * dy), 0, 1)
            d = (r - ax - dx * h) ** 2 + (p[1] - ay - dy * h) ** 2
            best = d if best is None else np.minimum(best, d)
        return np.sqrt(best) - thick

    return field


def turned(profile: Sequence[tuple[float, float]], edge: float = 0.03) -> Field:
    """The solid under a (radius, height) outline that climbs from bottom to top."""
    radii, heights = np.array(profile, np.float32).T
    steep = float(np.abs(np.diff(radii) / np.maximum(np.diff(heights), 1e-3)).max())
    lean = 1 / np.hypot(1, min(steep, 2.5))

    def field(p: Array) -> Array:
        side = (np.hypot(p[0], p[2]) - np.interp(p[1], heights, radii).astype(np.float32)) * lean + edge
        caps = np.maximum(heights[0] - p[1], p[1] - heights[-1]) + edge
        return np.hypot(np.maximum(side, 0), np.maximum(caps, 0)) + np.minimum(np.maximum(side, caps), 0) - edge

    return field


def at(field: Field, x: float = 0, y: float = 0, z: float = 0) -> Field:
    offset = np.array([[x], [y], [z]], np.float32)
    return lambda p: field(p - offset)


def turn(field: Field, axis: str, degrees: float) -> Field:
    matrix = rotation(axis, -degrees)
    return lambda p: field(matrix @ p)


def rotation(axis: str, degrees: float) -> Array:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rows = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }
    return np.array(rows[axis], np.float32)


def stretch(field: Field, x: float, y: float, z: float) -> Field:
    factors = np.array([[x], [y], [z]], np.float32)
    return lambda p: field(p / factors) * min(x, y, z)


def join(*fields: Field) -> Field:
    return lambda p: reduce(np.minimum, (f(p) for f in fields))


def blend(soft: float, *fields: Field) -> Field:
    """A union whose seams melt over the given width."""

    def two(a: Array, b: Array) -> Array:
        h = np.clip(0.5 + 0.5 * (b - a) / soft, 0, 1)
        return b + (a - b) * h - soft * h * (1 - h)

    return lambda p: reduce(two, (f(p) for f in fields))


def cut(field: Field, away: Field) -> Field:
    return lambda p: np.maximum(field(p), -away(p))


def common(a: Field, b: Field) -> Field:
    return lambda p: np.maximum(a(p), b(p))


def above(height: float) -> Field:
    """Everything above a level, to cut away or keep."""
    return lambda p: height - p[1]


def bumpy(field: Field, relief: Field, safe: float = 0.7) -> Field:
    """Relief raises the surface; safe shrinks the marcher's steps so that it misses none of it."""
    return lambda p: (field(p) - relief(p)) * safe
