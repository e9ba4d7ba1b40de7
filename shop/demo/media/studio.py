"""A small ray marcher: photographs modelled products on a table under two soft boxes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from .marching import FAR, march, promising
from .shapes import Array, Field, join, rotation

Colour = str | Callable[[Array], Array]
REACH, TABLE, AIM = 1.45, -1.0, -0.2
CHUNK = 1 << 15


@dataclass(frozen=True)
class Part:
    """One piece of a product: its form and what it is made of; clear is how much glass hides."""

    field: Field
    colour: Colour
    gloss: float = 0.3
    metal: float = 0
    glow: float = 0
    clear: float | None = None


@dataclass(frozen=True)
class View:
    """Degrees around and above the product; table is the height of the ground, None for a floating thing."""

    yaw: float = 0
    pitch: float = 14
    zoom: float = 1
    table: float | None = TABLE


def linear(colour: str) -> Array:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array(channels, np.float32)[:, None] ** 2.2


def paint(mask: Array, ink: str, ground: Array | str) -> Array:
    """Lay an ink (0..1 mask) over a colour; for a part's colour function."""
    base = linear(ground) if isinstance(ground, str) else ground
    return base * (1 - mask) + linear(ink) * mask


def soft(low: float, high: float, value: Array) -> Array:
    k = np.clip((value - low) / (high - low), 0, 1)
    return k * k * (3 - 2 * k)


def photograph(parts: Sequence[Part], size: int, view: View, fine: int = 2) -> Image.Image:
    """A square RGBA picture; the table itself is invisible and keeps only the shadow."""
    solid = [part for part in parts if part.clear is None]
    glass = [part for part in parts if part.clear is not None]
    picture = Image.new("RGBA", (size, size))
    if view.table is not None:
        picture = _shadow(parts, size // 3, view).resize((size, size), Image.Resampling.BICUBIC)
    for layer in (solid, glass):
        if layer:
            shot = _expose(layer, size * fine, view).resize((size, size), Image.Resampling.BOX)
            picture.alpha_composite(shot)
    return picture


def _camera(size: int, view: View) -> tuple[Array, Array, Array]:
    pose = rotation("y", view.yaw) @ rotation("x", -view.pitch)
    grid = ((np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1) * REACH / view.zoom
    x, y = np.meshgrid(grid, -grid)
    rays = pose @ np.stack([x.ravel(), y.ravel(), np.full(size * size, -FAR, np.float32)])
    eye = pose @ np.array([[0], [0], [FAR]], np.float32) + np.array([[0], [AIM], [0]], np.float32)
    return pose, eye, rays / np.linalg.norm(rays, axis=0)


def _expose(parts: Sequence[Part], size: int, view: View) -> Image.Image:
    pose, eye, rays = _camera(size, view)
    field = join(*(part.field for part in parts))
    out = np.zeros((4, size * size), np.float32)
    worth = np.flatnonzero(promising(field, eye, rays, size, 2 * REACH / view.zoom / size))
    for start in range(0, worth.size, CHUNK):
        some = worth[start : start + CHUNK]
        hits = march(field, eye, rays[:, some])
        found = ~np.isnan(hits)
        if found.any():
            beam = rays[:, some[found]]
            out[:, some[found]] = _light(parts, field, eye + beam * hits[found], beam, pose)
    out[:3] = _develop(out[:3])
    return Image.fromarray((out.T.reshape(size, size, 4) * 255 + 0.5).astype(np.uint8), "RGBA")


def _develop(light: Array) -> Array:
    """Linear light to screen values; the brightest tones bend instead of clipping."""
    return np.where(light > 0.6, 0.6 + 0.4 * np.tanh((light - 0.6) / 0.5), np.maximum(light, 0)) ** (1 / 2.2)


def _normals(field: Field, spots: Array) -> Array:
    step, total = 0.004, np.zeros_like(spots)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        k = np.array(corner, np.float32)[:, None]
        total += k * field(spots + k * step)
    return total / (np.linalg.norm(total, axis=0) + 1e-9)


def _towards(pose: Array, x: float, y: float, z: float) -> Array:
    """A light that keeps its place beside the camera when the camera walks around."""
    lamp = np.array([x, y, z], np.float32)
    return (pose @ (lamp / np.linalg.norm(lamp)))[:, None]


def _shade(field: Field, spots: Array, lamp: Array) -> Array:
    """Soft shadow: 1 in full light."""
    light, reach = np.ones(spots.shape[1], np.float32), 0.05
    for _ in range(10):
        gap = field(spots + lamp * reach)
        light = np.minimum(light, np.clip(5 * gap / reach + 0.25, 0, 1))
        reach += 0.06 + reach * 0.25
    return light


def _open(field: Field, spots: Array, normals: Array) -> Array:
    """Ambient light that reaches a spot, 1 when nothing is near."""
    lost = sum((h - field(spots + normals * h)) * w for h, w in ((0.06, 2.2), (0.16, 1.3), (0.36, 0.6)))
    return np.clip(1 - lost, 0.25, 1)


def _albedo(parts: Sequence[Part], spots: Array) -> tuple[Array, Array]:
    nearest = np.argmin(np.stack([part.field(spots) for part in parts]), 0)
    colours = np.zeros_like(spots)
    for index, part in enumerate(parts):
        here = nearest == index
        if here.any():
            colours[:, here] = linear(part.colour) if isinstance(part.colour, str) else part.colour(spots[:, here])
    traits = np.array([[q.gloss, q.metal, q.glow, 1 if q.clear is None else q.clear] for q in parts], np.float32)
    return colours, traits[nearest].T


def _light(parts: Sequence[Part], field: Field, spots: Array, rays: Array, pose: Array) -> Array:
    normals = _normals(field, spots)
    colour, (gloss, metal, glow, cover) = _albedo(parts, spots)
    key, side = _towards(pose, -0.55, 0.85, 0.75), _towards(pose, 0.95, 0.3, 0.05)
    facing = np.clip(-(normals * rays).sum(0), 0, 1)
    mirror = rays + 2 * facing * normals
    shade = _shade(field, spots + normals * 0.02, key)
    room = _open(field, spots, normals)
    sun = np.clip(((normals * key).sum(0) + 0.25) / 1.25, 0, 1) * (0.25 + 0.75 * shade)
    rim = np.clip((normals * side).sum(0), 0, 1) ** 2 * 0.35
    diffuse = colour * (1.02 * sun + rim + (0.34 + 0.2 * normals[1]) * room) + colour**2 * 0.12
    lamps = soft(0.84, 0.93, (mirror * key).sum(0)) * 1.3 + soft(0.86, 0.95, (mirror * side).sum(0)) * 0.7
    fresnel = (1 - facing) ** 4
    sky = 0.46 + 0.46 * np.clip(mirror[1], -0.6, 1) + lamps * 0.9
    shine = gloss * (lamps * 0.42 * shade + fresnel * 0.4 * room)
    lit = diffuse * (1 - metal) + colour * 1.5 * metal * np.clip(sky, 0.06, 3) * room + shine
    lit = lit * (1 - glow) + colour * 1.5 * glow
    alpha = np.where(cover < 1, np.clip(cover + fresnel * 0.55 + gloss * lamps * 0.5, 0, 1), 1)
    return np.concatenate([lit, alpha[None]])


def _shadow(parts: Sequence[Part], size: int, view: View) -> Image.Image:
    pose, eye, rays = _camera(size, view)
    field, alpha = join(*(part.field for part in parts)), np.zeros(size * size, np.float32)
    reach = (view.table - eye[1]) / np.minimum(rays[1], -1e-4)
    spots = eye + rays * reach
    near = np.flatnonzero((rays[1] < -1e-3) & (np.hypot(spots[0], spots[2]) < 2.6))
    spots = spots[:, near]
    dark = 0.55 * np.exp(-np.maximum(field(spots), 0) * 9)
    dark += 0.34 * (1 - _shade(field, spots, _towards(pose, -0.55, 0.85, 0.75)))
    alpha[near] = dark * soft(2.5, 1.2, np.hypot(spots[0], spots[2]))
    border = np.minimum(np.arange(size), np.arange(size)[::-1]) / size
    alpha *= soft(0, 0.16, np.minimum.outer(border, border)).ravel()
    mask = Image.fromarray((np.clip(alpha, 0, 0.8) * 255).astype(np.uint8).reshape(size, size))
    shadow = Image.new("RGBA", (size, size), (38, 20, 34, 0))
    shadow.putalpha(mask.filter(ImageFilter.GaussianBlur(size / 90)))
    return shadow
