"""What a simulation has said so far: how many, how much, and a short hash by which two runs are compared."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from analytics.simulation.walk import Walk
from journey.steps import Step


@dataclass
class Tally:
    participants: int = 0
    journeys: int = 0
    events: int = 0
    purchases: int = 0
    cents: int = 0
    failed = False
    _hash: Any = field(default_factory=lambda: blake2b(digest_size=6))

    def add(self, walks: list[Walk], payloads: list[bytes]) -> None:
        """Count one participant's walks, and hash them as they are sent."""
        self.participants += 1
        self.journeys += len(walks)
        trails = [trail for walk in walks for trail in walk.trails]
        self.events += sum(len(trail.events) for trail in trails)
        sold = [props["value"] for trail in trails for _, _, step, props in trail.events if step == Step.PURCHASE]
        self.purchases += len(sold)
        self.cents += sum(sold)
        for payload in payloads:
            self._hash.update(payload)

    @property
    def digest(self) -> str:
        return str(self._hash.hexdigest())

    def figures(self, seconds: float) -> dict[str, str]:
        return {
            "participants": f"{self.participants:,}",
            "journeys": f"{self.journeys:,}",
            "events": f"{self.events:,}",
            "purchases": f"{self.purchases:,}",
            "revenue": f"{self.cents // 100:,}.{self.cents % 100:02}",
            "seconds": f"{seconds:.1f}",
            "events a second": f"{self.events / seconds:,.0f}",
            "digest": self.digest,
        }
