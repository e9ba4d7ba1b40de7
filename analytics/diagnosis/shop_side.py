"""What only the shop knows of its products. It is told by the module that settings name: codes and words, no models."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from django.conf import settings

from analytics.diagnosis.middles import Middle, middle_of
from analytics.shares import Share

DAY_H = 24.0


@dataclass(frozen=True, slots=True)
class Answers:
    """How long tickets waited for the first answer of a person, in hours; and those that still do, so far."""

    answered: tuple[float, ...] = ()
    waiting: tuple[float, ...] = ()

    @property
    def late(self) -> Share | None:
        """Those that waited for more than a day; who has waited for less than that may still be answered in time."""
        known = [*self.answered, *(hours for hours in self.waiting if hours > DAY_H)]
        return Share(sum(hours > DAY_H for hours in known), len(known)) if known else None

    @property
    def middle(self) -> Middle | None:
        return middle_of(self.answered) if self.answered else None

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(self.answered + other.answered, self.waiting + other.waiting)


class Quote(NamedTuple):
    """What somebody wrote, without anything that says who; and where: a review, a question, a ticket, a return."""

    text: str
    where: str
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """The words that would support a cause: pieces of them, ticket topics, reasons of returns; `low` is few stars."""

    words: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    low: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    first: date | None
    last: date
    kinds: Collection[str] = field(default_factory=frozenset)


class ShopSide(Protocol):
    MAY_READ_PRIVATE: str  # the permission it takes to read what was not written for everyone

    def categories(self) -> dict[str, str]:
        """Product → category, of all there are."""

    def answers(self, period: Period, products: Collection[str] | None) -> Mapping[str, Answers]:
        """Product → the tickets about it that were opened in these days; "" has those about none. None: all."""

    def quotes(self, product: str, sought: Sought, period: Period, private: bool) -> list[Quote]:
        """The newest first. What only staff may read, as tickets, only where `private` is true."""


@cache
def shop_side() -> ShopSide:
    return cast(ShopSide, import_module(settings.SHOP_SIDE))
