"""How much may arrive: of one participant, and of all of them together. Kept by each web process for itself."""

import time
from collections import OrderedDict

from django.conf import settings

REMEMBERED = 10_000  # participants whose allowance a process knows; who is not known has all of it


class Allowances:
    """So many a second, and a burst, for each key. The least recent keys are forgotten first."""

    def __init__(self, a_second: float, burst: float) -> None:
        self.a_second = a_second
        self.burst = burst
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()  # key → (what is left, since when)

    def take(self, key: int, many: int) -> float:
        """Takes `many` and returns 0.0; or takes nothing and returns the seconds until there are as many."""
        now = time.monotonic()
        left, since = self._left.get(key, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.a_second)
        wait = max(0.0, (many - left) / self.a_second)
        self._left[key] = (left if wait else left - many, now)
        self._left.move_to_end(key)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return wait

    def forget(self) -> None:
        self._left.clear()


EVERYONE = 0
events = Allowances(settings.BEACON_EVENTS_A_SECOND, settings.BEACON_EVENTS_BURST)
beacons = Allowances(settings.BEACONS_A_SECOND, settings.BEACONS_A_SECOND)
