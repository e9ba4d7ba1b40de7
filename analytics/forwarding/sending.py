"""What waits for a destination goes out, in order, by one sender at a time; what fails comes again or is put aside."""

import time
from collections.abc import Iterator
from itertools import groupby
from types import ModuleType

from django.conf import settings

from analytics.forwarding.destinations import active
from analytics.forwarding.lease import Lease
from analytics.forwarding.models import Outgoing
from analytics.forwarding.outbox import HOUR_US
from analytics.forwarding.posting import Answer, Verdict, post
from analytics.forwarding.reading import told_of
from analytics.forwarding.telling import Told
from journey.trails import now_us

ROWS = 500  # looked at together
PATIENCE = 4.0  # seconds after which the next wake-up goes on: collecting needs the worker too
STUBBORN = 8  # what a destination has failed at so often goes alone, and when that fails, others go first for an hour
Pair = tuple[Outgoing, Told]


def forward(name: str, patience: float = PATIENCE) -> int:
    """Send what waits for a destination, for `patience` seconds; returns how many events it took."""
    if name not in active():  # a wake-up from before it was turned off
        return 0
    until, sent = time.monotonic() + patience, 0
    with Lease.of(name) as lease:
        while lease.held and (rows := _waiting(name)):
            for pairs in _requests(active()[name], _sendable(active()[name], rows)):
                if time.monotonic() > until or not lease.renewed():
                    return sent
                sent += _send(name, pairs, lease)
                if not lease.held:
                    return sent
    return sent


def _waiting(name: str) -> list[Outgoing]:
    rows = Outgoing.objects.waiting().filter(destination=name, next_at__lte=now_us())
    return list(rows.order_by("id")[:ROWS])


def _sendable(destination: ModuleType, rows: list[Outgoing]) -> list[Pair]:
    """With what they say, in the order in which it happened. What is gone or too old, or does not count, is settled."""
    told = told_of(rows)
    oldest = now_us() - destination.HOURS * HOUR_US
    gone = [row.pk for row in rows if row.pk not in told]
    late = [row.pk for row in rows if row.pk in told and row.at < oldest]
    Outgoing.objects.filter(pk__in=gone).delete()
    Outgoing.objects.filter(pk__in=late).update(reason=f"It is older than {destination.HOURS} hours.")
    pairs = [(row, told[row.pk]) for row in rows if row.pk in told and row.at >= oldest]
    return sorted(pairs, key=lambda pair: (pair[0].participant, pair[0].at, pair[0].trail, pair[0].n))


def _requests(destination: ModuleType, pairs: list[Pair]) -> Iterator[list[Pair]]:
    groups = groupby(pairs, key=lambda pair: pair[0].participant if destination.OF_ONE else 0)
    for _, group in groups:
        together: list[Pair] = []
        alone: list[Pair] = []
        for pair in group:
            (alone if pair[0].tries >= STUBBORN else together).append(pair)
        yield from ([pair] for pair in alone)
        yield from (together[start : start + destination.MOST] for start in range(0, len(together), destination.MOST))


def _send(name: str, pairs: list[Pair], lease: Lease) -> int:
    """Send one request and settle its rows; returns how many events were taken."""
    answer = _posted(active()[name], settings.FORWARDING[name], pairs)
    rows = Outgoing.objects.filter(pk__in=[row.pk for row, _ in pairs])
    match answer.verdict:
        case Verdict.TAKEN:
            rows.update(sent_at=now_us())
            lease.worked()
            return len(pairs)
        case Verdict.REFUSED if len(pairs) > 1:
            # One of them is bad, and takes the others along: each for itself.
            return sum(_send(name, [pair], lease) for pair in pairs if lease.renewed())
        case Verdict.REFUSED:
            rows.update(reason=answer.reason)
            return 0
        case Verdict.SHUT:
            rows.update(reason=answer.reason)
        case Verdict.LATER:
            _again(pairs, answer)
    lease.failed(answer)
    return 0


def _again(pairs: list[Pair], answer: Answer) -> None:
    for row, _ in pairs:
        row.tries += 1
        if answer.is_broken and len(pairs) == 1 and row.tries > STUBBORN:
            row.next_at = now_us() + HOUR_US
    Outgoing.objects.bulk_update([row for row, _ in pairs], ["tries", "next_at"])


def _posted(destination: ModuleType, keys: dict[str, str], pairs: list[Pair]) -> Answer:
    answer = post(destination.request(keys, [told for _, told in pairs]))
    return destination.judged(answer) if answer.verdict is Verdict.TAKEN else answer
