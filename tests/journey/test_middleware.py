"""request.journey on real pages: what is recorded, when, and what happens when nothing can take it."""

import pytest
from django.urls import reverse

from analytics.counts.collecting import collect
from journey import streams
from journey.models import Event
from journey.trails import now_us
from tests.factories import SkuFactory
from tests.shop.buying import put_in_cart

pytestmark = pytest.mark.django_db


def test_a_page_happens_when_its_trail_begins_so_that_nothing_it_shows_comes_before_it(walker, monkeypatch):
    began = now_us()
    monkeypatch.setattr("journey.middleware.now_us", lambda: began)
    monkeypatch.setattr("journey.trails.now_us", lambda: began + 400_000)
    walker.get("shop:product", SkuFactory().product.slug)
    assert [(event.n, event.at) for event in walker.events] == [(0, began)]


def test_a_page_with_a_trail_is_drawn_anew_and_never_from_a_cache(walker):
    for page in [walker.get("shop:feed"), walker.get("shop:product", SkuFactory().product.slug)]:
        assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("room", ["feed", "cart", "orders", "support", "open-ticket"])
def test_looking_at_the_head_of_a_page_is_no_step(walker, room):
    assert walker.client.head(reverse(f"shop:{room}")).status_code == 200
    collect()
    assert not Event.objects.exists()


@pytest.fixture
def nothing_durable(settings):
    settings.STREAM_URL = "unix:///nowhere/at/all.sock"
    settings.SPOOL_LIMIT = 0
    streams.stream.cache_clear()
    yield
    streams.stream.cache_clear()


def test_the_shop_goes_on_when_no_event_can_be_kept(walker, nothing_durable, caplog):
    sku = SkuFactory()
    assert walker.get("shop:product", sku.product.slug).status_code == 200
    assert put_in_cart(walker, sku).status_code == 303
    assert walker.get("shop:checkout").status_code == 200
    lost = [record.getMessage() for record in caplog.records if record.name == "journey.middleware"]
    assert lost == ["1 events of a page were lost: the spool is full"] * 3
