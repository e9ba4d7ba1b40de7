"""What the shop leans on is away, full of nonsense, or gone: it sells on."""

import socket

import pytest
from django.core.cache import caches
from redis import Redis

from config import settings as house
from journey import streams
from journey.models import Event
from journey.steps import Step
from shop.models import Coupon, Order, Video
from tests.shop.buying import place, put_in_cart
from tests.shop.lived import Life

pytestmark = pytest.mark.django_db


def nowhere() -> str:
    """An address at which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{free.getsockname()[1]}/0"


def drawings_in(settings, url: str) -> None:
    cache = {"BACKEND": "config.caches.ForgetfulRedis", "LOCATION": url, "OPTIONS": {"socket_connect_timeout": 0.5}}
    settings.CACHES = settings.CACHES | {"drawings": cache}


def heard(life: Life) -> list[int]:
    walker = life.walker
    pages = [walker.get("shop:feed"), walker.get("shop:product", life.sku.product.slug), walker.get("shop:shop"),
             walker.get("shop:profile", life.video.creator.slug), walker.get("shop:search", q="serum")]  # fmt: skip
    put_in_cart(walker, life.sku)
    return [*[page.status_code for page in pages], place(walker).status_code]


GOES_ON = [200] * 5 + [303]


def test_without_a_cache_everything_is_drawn_anew(settings):
    life = Life("Ada")
    drawings_in(settings, nowhere())
    assert heard(life) == GOES_ON


def test_a_cache_of_nonsense_is_drawn_over(settings):
    life = Life("Ada")
    drawings_in(settings, house.STREAM_URL)
    try:
        assert heard(life) == GOES_ON
        store = Redis.from_url(house.STREAM_URL)
        kept = [key for key in store.scan_iter("*") if key.startswith(b":1:")]
        for key in kept:
            store.set(key, b"\x80\x05nonsense")
        assert (len(kept) > 5, heard(life)) == (True, GOES_ON)
    finally:
        for key in kept:
            store.delete(key)
        caches["drawings"].close()


@pytest.mark.parametrize("spool", [50_000, 0])
def test_without_a_broker_the_shop_sells_with_room_to_wait_and_without(settings, spool):
    life = Life("Ada")
    settings.STREAM_URL, settings.SPOOL_LIMIT = nowhere(), spool
    streams.stream.cache_clear()
    try:
        assert heard(life) == GOES_ON
    finally:
        streams.stream.cache_clear()
    assert Event.objects.filter(step=Step.PURCHASE.letter).count() == Order.objects.count() == 3


def test_what_is_deleted_behind_a_page_that_is_open_is_told_and_breaks_nothing():
    life = Life("Ada")
    walker, sku = life.walker, life.sku
    put_in_cart(walker, sku)
    Video.objects.all().delete()
    Coupon.objects.all().delete()
    answers = [walker.get("shop:cart"), walker.get("shop:checkout"), walker.get("shop:product", sku.product.slug),
               walker.get("shop:orders"), walker.get("shop:ticket", life.chat.code), walker.get("shop:saved"),
               walker.get("shop:order", life.order.code)]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200] * 7
    gone = [walker.post("shop:engage", kind="like", video=life.video.slug, on=1),
            walker.post("shop:comment", life.video.slug, key="k", text="Where is it?"),
            walker.post("shop:claim", life.coupon.code)]  # fmt: skip
    assert [answer.status_code for answer in gone] == [404] * 3
    assert walker.post("shop:cancel", life.later.code).status_code == 303
