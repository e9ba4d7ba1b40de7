"""Walks rays through a distance field until they touch it."""

import numpy as np

from .shapes import Array, Field

FAR = 7.0  # from the camera to the middle of the table
BLOCK = 10


def march(field: Field, eye: Array, rays: Array) -> Array:
    """Distance along each ray to the surface, NaN where it misses."""
    travelled = np.full(rays.shape[1], FAR - 2.3, np.float32)
    hits = np.full(rays.shape[1], np.nan, np.float32)
    alive = np.arange(rays.shape[1])
    for _ in range(90):
        gap = field(eye + rays[:, alive] * travelled[alive])
        touching = gap < 0.002
        hits[alive[touching]] = travelled[alive[touching]]
        travelled[alive] += np.maximum(gap, 0.001) * 0.92
        alive = alive[~touching & (travelled[alive] < FAR + 2.4)]
        if not alive.size:
            break
    return hits


def promising(field: Field, eye: Array, rays: Array, size: int, pixel: float) -> Array:
    """Which rays can hit at all, judged by one ray per block of pixels; pixel is a pixel's width on the table."""
    blocks = (np.arange(0, size, BLOCK) + BLOCK // 2).clip(0, size - 1)
    scouts = rays[:, (blocks[:, None] * size + blocks).ravel()]
    travelled = np.full(scouts.shape[1], FAR - 2.3, np.float32)
    nearest = np.full(scouts.shape[1], 9, np.float32)
    reach = BLOCK * pixel * 1.1
    for _ in range(70):
        gap = field(eye + scouts * travelled)
        nearest = np.minimum(nearest, gap)
        travelled = np.minimum(travelled + np.maximum(gap, reach * 0.3), FAR + 2.4)
    close = (nearest < reach).reshape(blocks.size, blocks.size)
    return np.kron(close, np.ones((BLOCK, BLOCK), bool))[:size, :size].ravel()
