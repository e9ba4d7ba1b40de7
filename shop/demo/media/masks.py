"""The drawn shapes: each gives its coverage and, for a solid look, how much light it adds or takes."""

from collections.abc import Callable

import numpy as np

SIDE = 256
Mask = tuple[np.ndarray, np.ndarray | None]


def _grid() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    line = np.linspace(-1, 1, SIDE, dtype=np.float32)
    x, y = np.meshgrid(line, line)
    return x, y, np.hypot(x, y)


def _edge(distance: np.ndarray, width: float = 0.02) -> np.ndarray:
    return np.clip(0.5 - distance / width, 0, 1)


def _blob() -> Mask:
    *_, r = _grid()
    return np.clip(np.exp(-(r**2) * 4.2) * 1.05 - 0.05, 0, 1), None


def _disc() -> Mask:
    *_, r = _grid()
    return _edge(r - 0.94, 0.04), None


def _ball() -> Mask:
    x, y, r = _grid()
    shine = np.exp(-((x + 0.35) ** 2 + (y + 0.4) ** 2) * 14) * 0.85 - np.clip(r * 0.5 + y * 0.22 - 0.25, 0, 0.4)
    return _edge(r - 0.92), shine


def _drop() -> Mask:
    x, y, _ = _grid()
    half = np.where(
        y > 0.25, np.sqrt(np.clip(0.36 - (y - 0.25) ** 2, 0, 1)), 0.6 * np.clip((y + 0.9) / 1.15, 0, 1) ** 1.35
    )
    shine = np.exp(-((x + 0.2) ** 2 * 30 + (y - 0.2) ** 2 * 9)) * 0.9 - np.clip(x * 0.5 + y * 0.2, 0, 0.28)
    return _edge(np.abs(x) - half, 0.03) * (y < 0.86), shine


def _petal() -> Mask:
    x, y, _ = _grid()
    half = 0.55 * np.clip(np.cos(y * np.pi / 2), 0, 1) ** 0.6 * (1 + 0.35 * y)
    return _edge(np.abs(x) - half * 0.95, 0.04) * (np.abs(y) < 0.97), np.exp(-((x + 0.1) ** 2) * 9) * 0.35 - np.clip(
        y, 0, 1
    ) * 0.12


def _leaf() -> Mask:
    x, y, _ = _grid()
    half = 0.42 * np.cos(np.clip(y, -1, 1) * np.pi / 2)
    vein = np.exp(-(x**2) * 900) * 0.35
    return _edge(np.abs(x) - half, 0.04) * (np.abs(y) < 0.97), np.where(x < 0, 0.18, 0) + vein - 0.12 * (x > 0)


def _spark() -> Mask:
    x, y, r = _grid()
    arms = np.exp(-np.abs(x) * 26) * np.exp(-np.abs(y) * 4) + np.exp(-np.abs(y) * 26) * np.exp(-np.abs(x) * 4)
    return np.clip((arms + np.exp(-(r**2) * 40)) * np.clip(1.05 - r, 0, 1) ** 0.7, 0, 1), None


def _ripple() -> Mask:
    x, y, _ = _grid()
    r = np.hypot(x, y * 2.6)
    return np.exp(-(((r - 0.82) / 0.055) ** 2)) + 0.4 * np.exp(-(((r - 0.6) / 0.04) ** 2)), None


def _halo() -> Mask:
    *_, r = _grid()
    return np.exp(-(((r - 0.8) / 0.06) ** 2)), None


def _bar() -> Mask:
    x, y, _ = _grid()
    return _edge(np.abs(x) - 0.9, 0.1) * _edge(np.abs(y) - 0.97, 0.05), None


def _band() -> Mask:
    x, y, _ = _grid()
    return np.exp(-(((x + y * 0.35) / 0.22) ** 2)) * np.clip(1.1 - np.abs(y), 0, 1), None


def _beam() -> Mask:
    """A cone of light from the left edge's middle to the right."""
    x, y, _ = _grid()
    far = (x + 1) / 2
    return np.exp(-((y / (0.07 + 0.75 * far)) ** 4)) * (1 - far) ** 1.2 * np.clip(far * 30, 0, 1), None


def _stream() -> Mask:
    x, y, _ = _grid()
    half = 0.5 + 0.1 * np.sin(y * 7)
    return _edge(np.abs(x) - half, 0.2) * np.clip((1 - np.abs(y)) * 20, 0, 1), np.exp(-((x + 0.2) ** 2) * 30) * 0.6


def _flame() -> Mask:
    x, y, _ = _grid()
    half = 0.42 * np.clip((y + 1) / 1.5, 0, 1) ** 1.1 * np.sqrt(np.clip((0.85 - y) / 0.6, 0, 1))
    core = np.exp(-((x / 0.2) ** 2 + ((y - 0.35) / 0.5) ** 2))
    return np.clip(0.5 - (np.abs(x) - half) / 0.09, 0, 1), core * 0.85


def _bean() -> Mask:
    x, y, _ = _grid()
    seam = np.exp(-(((x - 0.12 * np.sin(y * 3)) / 0.07) ** 2)) * 0.9
    shine = np.exp(-((x + 0.3) ** 2 + (y + 0.3) ** 2) * 9) * 0.35 - np.clip(x * 0.3 + y * 0.15, 0, 0.4)
    return _edge(np.hypot(x / 0.62, y / 0.86) - 1, 0.05), shine - seam


def _heart() -> Mask:
    x, y, _ = _grid()
    fine = np.linspace(-1, 1, SIDE * 4, dtype=np.float32)
    u, v = np.meshgrid(fine * 1.3, 0.2 - fine * 1.3)
    inside = ((u**2 + v**2 - 1) ** 3 < u**2 * v**3).reshape(SIDE, 4, SIDE, 4).mean((1, 3))
    return inside, np.exp(-((x + 0.4) ** 2 + (y + 0.35) ** 2) * 9) * 0.6 - 0.2 * np.clip(y, 0, 1)


MASKS: dict[str, Callable[[], Mask]] = {
    "blob": _blob, "disc": _disc, "ball": _ball, "drop": _drop, "petal": _petal, "leaf": _leaf, "spark": _spark,
    "ripple": _ripple, "halo": _halo, "bar": _bar, "band": _band, "beam": _beam, "stream": _stream, "flame": _flame,
    "heart": _heart, "bean": _bean,
}  # fmt: skip
