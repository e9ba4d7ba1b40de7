"""The guards of delivery by name, each switched off in the process that starts with WITHOUT=name."""

import os
import random
import signal
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.apps import AppConfig
from django.conf import settings


def commit_before_acknowledging() -> None:
    from journey import sink, spool

    @contextmanager
    def hasty(consumer, most=500):
        waiting = [*sink._from_stream(consumer, most), *(sink.Waiting("spool", *row) for row in spool.waiting(most))]
        sink._give_up(waiting)
        yield waiting

    sink.drain = hasty


def database_asked_first() -> None:
    """Entries are read although nobody could store them."""
    from journey import sink, spool

    @contextmanager
    def eager(consumer, most=500):
        waiting = [*sink._from_stream(consumer, most), *(sink.Waiting("spool", *row) for row in spool.waiting(most))]
        yield waiting
        sink._give_up(waiting)

    sink.drain = eager


def durable_before_answering() -> None:
    """A list in the process, sent on once a second: what the first collector of somebody in a hurry does."""
    from journey import sink

    kept: list = []
    really_send = sink.send

    def send_on() -> None:
        while True:
            time.sleep(1)
            while kept:
                really_send(kept.pop())

    threading.Thread(target=send_on, daemon=True).start()
    sink.send = kept.append


def spool() -> None:
    from journey import spool

    spool.put = lambda payload: None


def spool_limit() -> None:
    from journey import spool

    spool.has_room = lambda more=0: True


def stream_first() -> None:
    from journey import sink

    sink._streamed = lambda batch: False


def short_patience() -> None:
    from journey import pressure, streams

    streams.REQUEST_PATIENCE = pressure.REQUEST_PATIENCE = 60


def group_made_again() -> None:
    from journey import streams

    streams._make_group = lambda: None


def suspects_alone() -> None:
    from journey import streams

    streams.SUSPECT = streams.POISON


def burial() -> None:
    from journey import streams

    streams.POISON = 10**6


def a_day_at_the_door() -> None:
    from journey import trails

    trails.DAY_US = 10**18


def times_within_reason() -> None:
    """The browser's word for when it was."""
    from journey import intake

    intake.min = lambda told, latest: told


def on_conflict() -> None:
    from journey.models import event

    event.EventManager.insert = lambda self, rows: event.insert(event.Event, event.COLUMNS, rows)


def claims() -> None:
    """Two that count at once take the same participants."""
    from journey.models import Touched

    Touched.objects.select_for_update = lambda **options: Touched.objects.all()


def key_order() -> None:
    from journey import store

    def in_no_order(rows):
        rows = list(rows)
        random.shuffle(rows)
        return rows

    store.itemgetter = lambda *columns: lambda row: random.random()
    store.sorted = lambda rows, **options: in_no_order(rows)


def one_transaction() -> None:
    """Marks are cleared first, and each statement stays as it is written."""
    from contextlib import nullcontext

    from analytics.counts import counting
    from journey.models import Touched

    class Plain:
        atomic = staticmethod(nullcontext)

    counting.transaction = Plain
    write = counting._write_difference

    def cleared_first(participants):
        Touched.objects.filter(participant__in=participants).delete()
        return write(participants)

    counting._write_difference = cleared_first


def utc_days() -> None:
    from analytics.counts import journeys

    zone = ZoneInfo(settings.TIME_ZONE)
    journeys.day_of = lambda at: datetime.fromtimestamp(at / 1e6, zone).date()


GUARDS = {
    "commit before acknowledging": commit_before_acknowledging,
    "database asked first": database_asked_first,
    "durable before answering": durable_before_answering,
    "spool": spool,
    "spool limit": spool_limit,
    "stream first": stream_first,
    "short patience": short_patience,
    "group made again": group_made_again,
    "suspects alone": suspects_alone,
    "burial": burial,
    "a day at the door": a_day_at_the_door,
    "times within reason": times_within_reason,
    "on conflict": on_conflict,
    "claims": claims,
    "key order": key_order,
    "one transaction": one_transaction,
    "utc days": utc_days,
    "an answer in words": lambda: None,  # the settings leave the middleware out
    "": lambda: None,
}


def set_the_clock(seconds: float) -> None:
    """This process's clock is wrong by so much, for whatever asks for microseconds and for signatures."""
    really = time.time_ns
    time.time_ns = lambda: really() + int(seconds * 1e9)
    really_s = time.time
    time.time = lambda: really_s() + seconds


def die_of(word: str) -> None:
    """Whoever reads a batch with this word in it is gone, as by a fault of the interpreter."""
    from journey import store

    read = store._read

    def reading(payloads):
        for payload in payloads:
            if word.encode() in payload:
                os.kill(os.getpid(), signal.SIGKILL)
        return read(payloads)

    store._read = reading


class Unguarded(AppConfig):
    name = "tests.faults.unguarded"
    label = "unguarded"

    def ready(self) -> None:
        GUARDS[settings.WITHOUT]()
        if settings.CLOCK_OFF_SECONDS:
            set_the_clock(settings.CLOCK_OFF_SECONDS)
        if settings.KILLED_BY:
            die_of(settings.KILLED_BY)
