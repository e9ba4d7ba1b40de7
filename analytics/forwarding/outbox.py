"""What goes out is written down in the transaction of its event, once, and forgotten after a while."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from analytics.forwarding.destinations import active
from analytics.forwarding.models import Destination, Outgoing
from journey.models import Participant
from journey.models.event import Row
from journey.steps import Step
from journey.trails import now_us

COUNTED = (Participant.Kind.VISITOR.value, Participant.Kind.TESTER.value)
HOUR_US = 3_600_000_000
OLDEST = 7 * 24 * HOUR_US  # an older event is not news; so none can come again once its row is forgotten
KEPT = 8 * 24 * HOUR_US
ROWS = 2_000
_not_news: ContextVar[bool] = ContextVar("_not_news", default=False)


def keep(rows: Sequence[Row]) -> None:
    """Part of the transaction around it. Of whom does not count nothing goes out; what is there already stays."""
    if _not_news.get() or not (fresh := [row for row in rows if row[3] > now_us() - OLDEST]):
        return
    counted, now = _counted({row[0] for row in fresh}), now_us()
    Outgoing.objects.insert(
        [
            (name, *row[:4], now)
            for name, letters in _taken().items()
            for row in fresh
            if row[0] in counted and row[4] in letters
        ]
    )


def _taken() -> dict[str, set[str]]:
    """The letters of the steps that each destination takes."""
    return {name: {step.letter for step in Step if each.takes(step)} for name, each in active().items()}


@contextmanager
def not_news() -> Iterator[None]:
    """What is stored meanwhile is not sent on: it comes from a file."""
    token = _not_news.set(True)
    try:
        yield
    finally:
        _not_news.reset(token)


def _counted(numbers: set[int]) -> set[int]:
    found: set[int] = set()
    asked = sorted(numbers)
    for start in range(0, len(asked), ROWS):
        some = Participant.objects.filter(number__in=asked[start : start + ROWS], kind__in=COUNTED)
        found |= set(some.values_list("number", flat=True))
    return found


def forget(participants: Iterable[int]) -> None:
    """Nothing of theirs goes out any more. What a destination has already can only be deleted there."""
    Outgoing.objects.filter(participant__in=list(participants)).delete()


def replay(outgoing: Iterable[int]) -> int:
    """Try failed ones again, and at once; returns how many. An event that was sent stays sent."""
    failed = Outgoing.objects.failed().filter(pk__in=list(outgoing), sent_at=None)
    names = set(failed.values_list("destination", flat=True))
    again = failed.update(reason="", tries=0, next_at=0, made_at=now_us())
    Destination.objects.filter(name__in=names).update(next_at=0)
    return again


def tidy() -> None:
    """Forget what is old, and bound what waits: beyond the limit the oldest give way."""
    old = Outgoing.objects.filter(made_at__lt=now_us() - KEPT).order_by("id").values_list("id", flat=True)
    while some := list(old[:ROWS]):  # a few at a time: others write as well
        Outgoing.objects.filter(id__in=some).delete()
    for name in active():
        waiting = Outgoing.objects.waiting().filter(destination=name)
        beyond = waiting.order_by("-id").values_list("id", flat=True)[settings.FORWARDING_LIMIT :].first()
        if beyond is not None:
            waiting.filter(id__lte=beyond).update(reason="It gave way to newer ones: too many waited.")
