"""What a simulation has said so far: how many, how much, and a short hash by which two runs are compared."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from analytics.simulation.people import Person
from analytics.simulation.walk import Walk
from analytics.written import amount
from journey.steps import Step


@dataclass
class Tally:
    participants: int = 0
    journeys: int = 0
    events: int = 0
    purchases: int = 0
    cents: int = 0
    # (experiment=arm, step) → participants expected to come to it: without what is planted in the arm, and with it
    odds: dict[tuple[str, Step], tuple[float, float]] = field(default_factory=dict)
    failed = False
    _hash: Any = field(default_factory=lambda: blake2b(digest_size=6))

    def add(self, walks: list[Walk], payloads: list[bytes]) -> None:
        """Count one participant's walks, and hash them as they are sent."""
        self.participants += 1
        self.journeys += len(walks)
        self._add_odds(walks[0].person)
        trails = [trail for walk in walks for trail in walk.trails]
        self.events += sum(len(trail.events) for trail in trails)
        sold = [props["value"] for trail in trails for _, _, step, props in trail.events if step == Step.PURCHASE]
        self.purchases += len(sold)
        self.cents += sum(sold)
        for payload in payloads:
            self._hash.update(payload)

    def _add_odds(self, who: Person) -> None:
        """What the planted lifts came to: known for each participant, so that their sums are known for an arm."""
        for step, odds in who.sway.odds.items():
            for arm in who.sway.lifting(step):
                without, lifted = self.odds.get((arm, step), (0.0, 0.0))
                self.odds[arm, step] = without + who.sway.without(arm, step), lifted + odds.lifted

    def lift(self, arm: str, step: Step) -> float:
        """What was planted in an arm, as it came out of the chances of those who came: a chance has no more than 1."""
        without, lifted = self.odds[arm, step]
        return lifted / without - 1 if without else 0.0

    @property
    def digest(self) -> str:
        return str(self._hash.hexdigest())

    def figures(self, seconds: float) -> dict[str, str]:
        return {
            "participants": f"{self.participants:,}",
            "journeys": f"{self.journeys:,}",
            "events": f"{self.events:,}",
            "purchases": f"{self.purchases:,}",
            "revenue": amount(self.cents),
            "seconds": f"{seconds:.1f}",
            "events a second": f"{self.events / seconds:,.0f}",
            **{f"{arm} {step}": f"{100 * self.lift(arm, step):+.1f} %" for arm, step in sorted(self.odds)},
            "digest": self.digest,
        }
