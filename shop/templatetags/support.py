"""The sentences and the moods of a ticket, for templates."""

from typing import NamedTuple

from django import template

from shop.promises import by_when, day_of, promise

register = template.Library()
register.filter(by_when)
register.filter(day_of)
register.filter(promise)


class Mood(NamedTuple):
    stars: int
    icon: str
    label: str


MOODS = [
    Mood(1, "angry", "Very unhappy"),
    Mood(2, "frown", "Unhappy"),
    Mood(3, "meh", "So-so"),
    Mood(4, "smile", "Happy"),
    Mood(5, "laugh", "Very happy"),
]


@register.simple_tag
def moods() -> list[Mood]:
    return MOODS


@register.filter
def mood(stars: int) -> Mood:
    return MOODS[stars - 1]
