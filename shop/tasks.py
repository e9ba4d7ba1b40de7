"""The shop's alarm clock. Each task may run zero, one or five times at once."""

from celery import shared_task

from journey import facts
from shop import transcoding
from shop.importing import keeping
from shop.services import checkout, return_drafts, returns, tracking, waiting


@shared_task
def move_parcels() -> None:
    tracking.move_parcels()


@shared_task
def settle_returns() -> None:
    returns.settle_returns(facts.commit)


@shared_task
def escalate_late() -> None:
    waiting.escalate_late()


@shared_task
def greet_new() -> None:
    waiting.greet_new()


@shared_task
def transcode_next() -> None:
    transcoding.transcode_next()


@shared_task
def tidy_up() -> None:
    """What was begun and never finished is kept for a day."""
    checkout.forget_typed()
    return_drafts.forget_drafts()
    transcoding.tidy_up()
    keeping.forget_old()
