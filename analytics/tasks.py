"""Celery's alarm clock. Each task may run zero, one or five times at once."""

from celery import shared_task

from analytics.alerts import checking
from analytics.counts import collecting, counting
from analytics.dashboard import split
from analytics.diagnosis import keeping
from analytics.experiments import ramping
from analytics.exporting import jobs as event_files
from analytics.forwarding import outbox, sending
from analytics.jobs import working
from analytics.keeping import retention
from analytics.mailing import schedules
from analytics.mailing import sending as mails
from journey import streams


@shared_task
def collect() -> None:
    collecting.collect()


@shared_task
def count() -> None:
    counting.count()


@shared_task
def keep_verdicts() -> None:
    keeping.keep()


@shared_task
def work() -> None:
    working.work()


@shared_task
def forget_dead_consumers() -> None:
    streams.forget_dead_consumers()


@shared_task
def forward(destination: str) -> None:
    sending.forward(destination)


@shared_task
def tidy_forwarding() -> None:
    outbox.tidy()


@shared_task
def alert() -> None:
    checking.check()


@shared_task
def mail() -> None:
    schedules.write_due()
    mails.send_waiting()


@shared_task
def watch_arms() -> None:
    split.count_arms()
    ramping.ramp_up()


@shared_task
def build_columns() -> None:
    from analytics.columns import days, measuring  # numpy: only where somebody needs it

    measuring.warm_up()
    days.build_changed()


@shared_task
def enforce() -> None:
    retention.enforce()
    mails.tidy()
    event_files.tidy()
