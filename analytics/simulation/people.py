"""Who comes: patience, thrift, trust, a device and a source, all drawn from one number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random

from analytics.simulation.dice import pick
from analytics.simulation.effects import Effect, Sway

# (device, browser): share
MACHINES = {
    ("phone", "Safari"): 43,
    ("phone", "Chrome"): 34,
    ("phone", "Samsung"): 8,
    ("phone", "Firefox"): 3,
    ("desktop", "Chrome"): 5,
    ("desktop", "Safari"): 2,
    ("desktop", "Edge"): 1,
    ("desktop", "Firefox"): 1,
    ("tablet", "Safari"): 2,
    ("tablet", "Chrome"): 1,
}
SOURCES = {"tiktok": 40, "tiktok-ads": 16, "instagram": 15, "direct": 17, "www.google.com": 12}
# What their links say as utm_campaign; who comes otherwise comes by none.
CAMPAIGNS = {
    "tiktok": ("", "", "creators-autumn"),
    "tiktok-ads": ("autumn-glow", "back-to-school", "retargeting"),
    "instagram": ("", "story-links"),
}
# How much those who come from there mean to buy.
INTENT = {"tiktok": 1.0, "tiktok-ads": 0.75, "instagram": 0.9, "direct": 1.25, "www.google.com": 1.35}


@dataclass(frozen=True, slots=True)
class Sight:
    """What one participant is shown."""

    arms: str = ""
    blocks: tuple[str, ...] = ()  # of the product page
    anchor_delay: float = 2.5  # seconds
    exposed: Mapping[str, str] = field(default_factory=dict)  # step of a page → the experiments that page is part of
    effects: Mapping[str, Effect] = field(default_factory=dict)  # "experiment=arm" → what is planted in it
    by_then: Callable[[int], "Sight"] | None = None  # the same at another time, where that changes

    def at(self, moment: int) -> "Sight":
        return self.by_then(moment) if self.by_then else self


SightOf = Callable[[int, str, str], Sight]  # of a participant with a device, who comes from a source


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    device: str
    browser: str
    source: str
    patience: float  # the traits are factors around 1
    thrift: float
    trust: float
    haste: float
    keenness: float
    sight: Sight
    sway: Sway
    campaign: str = ""


def campaign_of(number: int, source: str) -> str:
    """By the number alone: no dice are thrown for it."""
    campaigns = CAMPAIGNS.get(source, ("",))
    return campaigns[number % len(campaigns)]


def number_of(world: str, index: int) -> int:
    """The same positive 63-bit number for the same place in the same crowd; like real ones, later ones are larger."""
    return _hash(world) >> 32 << 32 | index + 1


def seed_of(world: str, index: int) -> int:
    return _hash(f"{world}:{index}")


def _hash(text: str) -> int:
    """63 bits."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def person(rng: Random, number: int, sight_of: SightOf) -> Person:
    device, browser = pick(rng, MACHINES)
    source = pick(rng, SOURCES)
    sight = sight_of(number, device, source)
    return Person(
        number=number,
        device=device,
        browser=browser,
        source=source,
        patience=rng.lognormvariate(0, 0.35),
        thrift=rng.lognormvariate(0, 0.4),
        trust=rng.lognormvariate(0, 0.25),
        haste=rng.lognormvariate(0, 0.3),
        keenness=rng.lognormvariate(0, 0.3) * INTENT[source],
        sight=sight,
        sway=Sway(sight.effects, number),
        campaign=campaign_of(number, source),
    )
