"""How a figure is declared: its code in stored rows and what it means, in one place; sums of such figures."""

from collections.abc import Mapping
from dataclasses import Field, field, fields
from typing import Any, Self

from analytics.shares import Share

Spread = dict[str, int]  # a name, or a number as text, → how many


def number(code: str, meaning: str) -> Any:
    """A figure that is added up. Its code stands in stored rows: never change or reuse one."""
    return field(default=0, metadata={"code": code, "meaning": meaning})


def spread(code: str, meaning: str) -> Any:
    """A figure for each of some names."""
    return field(default_factory=dict, metadata={"code": code, "meaning": meaning})


class Figures:
    """Base of what is known of a video or a product: every field is a sum over journeys, hence over days."""

    @classmethod
    def numbers(cls) -> list[str]:
        return [known.name for known in _declared(cls) if known.default == 0]

    @classmethod
    def spreads(cls) -> list[str]:
        return [known.name for known in _declared(cls) if known.default != 0]

    @classmethod
    def codes(cls) -> dict[str, str]:
        """Code → name."""
        return {known.metadata["code"]: known.name for known in _declared(cls)}

    @classmethod
    def meanings(cls) -> dict[str, str]:
        return {known.name: known.metadata["meaning"] for known in _declared(cls)}

    def include(self, other: Self) -> None:
        for name in self.numbers():
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in self.spreads():
            add(getattr(self, name), getattr(other, name))


def add(to: Spread, more: Mapping[str, int]) -> None:
    for name, n in more.items():
        to[name] = to.get(name, 0) + n


def share(part: int, whole: int) -> Share | None:
    """None where nobody could have; what was lost on the way never makes a part larger than its whole."""
    return Share(min(part, whole), whole) if whole else None


def _declared(cls: Any) -> list["Field[Any]"]:
    return [known for known in fields(cls) if "code" in known.metadata]
