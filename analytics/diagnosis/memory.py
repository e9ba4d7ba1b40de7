"""A picture without a database: simulated walks become figures by the same pure functions that count real ones."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from analytics.counts.journeys import Taken, split
from analytics.counts.losses import losses
from analytics.diagnosis.bands import Bands
from analytics.diagnosis.pictures import Picture
from analytics.simulation.faults import Fault
from analytics.simulation.people import Person
from analytics.simulation.walk import Walk
from analytics.videos.counting import add_journey
from analytics.videos.product_figures import ProductFigures
from analytics.videos.seen import sights_of
from analytics.videos.sights import Found
from analytics.videos.video_figures import VideoFigures
from journey.steps import Step

LETTERS = {step.value: step.letter for step in Step}


def picture_of(people: Iterable[tuple[Person, list[Walk]]], fault: Fault, bands: Bands, days: int) -> Picture:
    found: dict[str, dict[str, Found]] = {"v": {}, "p": {}}
    met: dict[str, dict[str, set[int]]] = {"v": {}, "p": {}}
    said = missing = 0
    for person, walks in people:
        fault(walks)
        mine = list(split(_taken(person.number, walks)))
        for loss in losses(mine):
            said, missing = said + loss.said, missing + loss.missing
        for walk, text in zip(mine, sights_of(mine), strict=True):
            _add(found, met, person, _source(walks, walk[0]), orjson.loads(text) if text else {})
    videos = {slug: _figures(VideoFigures, slug, one, met["v"]) for slug, one in found["v"].items()}
    products = {slug: _figures(ProductFigures, slug, one, met["p"]) for slug, one in found["p"].items()}
    return Picture(bands, videos, products, days, said, missing)


def _taken(number: int, walks: list[Walk]) -> list[Taken]:
    events = [
        Taken(number, trail.t0 + dt, LETTERS[step], 0, orjson.dumps(props).decode() if props else None, trail.number, n)
        for walk in walks
        for trail in walk.trails
        for n, dt, step, props in trail.events
    ]
    return sorted(events, key=lambda event: (event.at, event.trail, event.n))


def _source(walks: list[Walk], first: Taken) -> str:
    """Where the journey that begins with this event came from."""
    return next((walk.source for walk in reversed(walks) if walk.trails[0].t0 <= first.at), walks[0].source)


def _add(
    found: dict[str, dict[str, Found]],
    met: dict[str, dict[str, set[int]]],
    person: Person,
    source: str,
    sights: dict[str, Any],
) -> None:
    for letter, mark in (("v", "j"), ("p", "jv")):
        for slug, counted in sights.get(letter, {}).items():
            total = found[letter].setdefault(slug, {})
            add_journey(total, counted, letter, source, person.browser)
            if mark in counted:
                met[letter].setdefault(slug, set()).add(person.number)


def _figures(kind: Callable[..., Any], slug: str, found: Found, met: dict[str, set[int]]) -> Any:
    codes = kind.codes()  # type: ignore[attr-defined]
    name = "video" if kind is VideoFigures else "product"
    figures = kind(**{name: slug}, **{codes[code]: value for code, value in found.items()})
    figures.participants = len(met.get(slug, ()))
    return figures
