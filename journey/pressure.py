"""What to do as the broker fills up: first say less of what says least, then use the database, then refuse."""

import time
from typing import Any

from journey.steps import Step
from journey.streams import REQUEST_PATIENCE, stream

THIN_FROM = 0.7  # of the broker's memory
SPOOL_FROM = 0.9
ONE_IN = 5
# What its showing sums up in `watch` anyway. No step of a funnel is ever thinned out.
THINNED = Step.VIDEO_PROGRESS.value
LOOK_SECONDS = 2.0


class _Gauge:
    """The share of the broker's memory that is used, looked at every two seconds by each process."""

    share = 0.0
    looked_at = float("-inf")

    def read(self) -> float:
        """Raises redis.RedisError when there is nobody to tell."""
        if time.monotonic() - self.looked_at > LOOK_SECONDS:
            memory: Any = stream(REQUEST_PATIENCE).info("memory")
            self.share = memory["used_memory"] / memory["maxmemory"] if memory["maxmemory"] else 0.0
            self.looked_at = time.monotonic()
        return self.share


gauge = _Gauge()


def thinned(batch: dict[str, Any]) -> dict[str, Any]:
    """One in five of the progress steps, which say so as their `rate`; the numbers of the others stay gaps."""
    kept = [
        (n, dt, step, props | {"rate": ONE_IN} if step == THINNED else props)
        for n, dt, step, props in batch["events"]
        if step != THINNED or n % ONE_IN == 0
    ]
    return batch | {"events": kept}
