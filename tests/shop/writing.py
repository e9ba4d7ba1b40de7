"""Short words for writing to support in a test."""

from datetime import datetime, timedelta

from django.utils import timezone

from shop.models import Message, Ticket


def write(walker, key="k1", **changed):
    form = {"key": key, "topic": "where", "order": "", "text": "Where is it?"} | changed
    return walker.post("shop:open-ticket", **form)


def opened(walker, **changed) -> Ticket:
    answer = write(walker, **changed)
    assert answer.status_code == 303, answer.content.decode()
    return Ticket.objects.latest("pk")


def conversation() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("voice", "text"))


def ago(**time: int) -> datetime:
    return timezone.now() - timedelta(**time)
