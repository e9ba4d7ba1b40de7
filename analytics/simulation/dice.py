"""Chance that comes out the same every time."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Face = TypeVar("Face")


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # nothing here is secret


def pick(rng: Random, shares: Mapping[Face, float]) -> Face:
    """One of the keys, each as often as its share says."""
    return rng.choices(list(shares), list(shares.values()))[0]
