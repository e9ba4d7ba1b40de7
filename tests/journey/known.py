"""Somebody who has done everything that a buyer can do, and all that they can be found by."""

from dataclasses import dataclass

import orjson
import pytest

from analytics.counts.collecting import settle
from analytics.forwarding import outbox
from journey import sink, spool, store
from journey.models.participant import code_of
from journey.trails import Context, Trail, now_us
from shop.models import Order, Return, Ticket
from tests.journey.test_consent import say
from tests.shop.lived import Life

WORDS = "Whispering walnut 4711"
ON_THE_WAY = ("a word in the stream", "a word in the spool")


@dataclass
class Known:
    """Somebody, and all they can be found by."""

    life: Life
    number: int
    needles: list[int | str]


@pytest.fixture
def forwarded(settings, monkeypatch) -> None:
    """What is stored goes to another service as well, which does not answer."""
    settings.FORWARDING = {"posthog": {"api_key": "key", "url": "http://127.0.0.1:9"}}
    monkeypatch.setattr(store, "after_insert", [outbox.keep])


@pytest.fixture
def known(db, forwarded) -> Known:
    """Who has done everything a buyer can do; their last steps wait in the stream and in the spool."""
    life = Life(WORDS)
    life.upload.delete()  # that was staff's
    number, buyer = life.walker.participant, life.order.buyer
    say(life.walker, "yes")
    settle()
    codes = [*Order.objects.values_list("code", flat=True), *Ticket.objects.values_list("code", flat=True)]
    codes += Return.objects.values_list("code", flat=True)
    on_the_way(number)
    return Known(life, number, [number, str(number), code_of(number), buyer, WORDS, WORDS[:40], *codes, *ON_THE_WAY])


def on_the_way(number: int) -> None:
    for place, word in zip((sink.send, lambda late: spool.put(orjson.dumps(late))), ON_THE_WAY, strict=True):
        place(said_by(number, word))


def said_by(number: int, word: str) -> dict:
    trail = Trail(number, "visitor", now_us(), now_us(), Context("phone", "Chrome"))
    trail.begin("search", {"term": word})
    return trail.batch([(f'{{"step": "{word}"}}', "there is no such step")])
