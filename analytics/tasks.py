"""Celery's alarm clock. Each task may run zero, one or five times at once."""

from celery import shared_task

from analytics import collecting, counting, retention
from analytics.forwarding import outbox, sending
from journey import streams


@shared_task
def collect() -> None:
    collecting.collect()


@shared_task
def count() -> None:
    counting.count()


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
def enforce() -> None:
    retention.enforce()
