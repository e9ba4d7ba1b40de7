"""How each destination is, in words."""

from dataclasses import dataclass

from analytics.forwarding.destinations import ALL, active
from analytics.forwarding.models import Destination, Outgoing
from analytics.screens.charts import duration
from journey.trails import DAY_US, now_us


@dataclass(frozen=True, slots=True)
class Status:
    name: str
    is_on: bool
    waiting: int
    oldest: str
    sent_today: int
    failed: int
    rests: str
    trouble: str


def statuses() -> list[Status]:
    known = Destination.objects.in_bulk()
    return [_status(name, known.get(name) or Destination(name=name)) for name in ALL]


def _status(name: str, destination: Destination) -> Status:
    now = now_us()
    rows = Outgoing.objects.filter(destination=name)
    first = rows.waiting().order_by("id").values_list("made_at", flat=True).first()
    return Status(
        name=name,
        is_on=name in active(),
        waiting=rows.waiting().count(),
        oldest="" if first is None else duration(max(0, now - first)),
        sent_today=rows.filter(sent_at__gte=now - now % DAY_US).count(),
        failed=rows.failed().count(),
        rests=duration(destination.next_at - now) if destination.next_at > now else "",
        trouble=destination.trouble,
    )
