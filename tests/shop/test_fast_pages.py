"""Pages are drawn once for everyone, at a handful of queries: nothing of one buyer is on the page of another."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from journey.models import Experiment
from shop.models import Engagement, Sku
from tests.factories import ArmFactory, ExperimentFactory, SkuFactory
from tests.shop.buying import put_in_cart, queries
from tests.shop.showing import buyer, more_of, rose_serum, shown, staff, stranger
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db

PAGES = {
    "feed": ("shop:feed", [], {}),
    "feed at a video": ("shop:feed", [], {"video": "week-one"}),
    "following": ("shop:feed", [], {"tab": "following"}),
    "more of the feed": ("shop:feed-more", [], {"page": 2}),
    "product": ("shop:product", ["rose-serum"], {"video": "week-one"}),
    "profile": ("shop:profile", ["mira"], {}),
    "store": ("shop:profile", ["mira"], {"tab": "shop"}),
    "shop": ("shop:shop", [], {}),
}
MOST = 6


@pytest.fixture(autouse=True)
def experiments_are_known(monkeypatch):
    """What other processes do with them is asked every two seconds, and must not fall into a count."""
    monkeypatch.setattr("journey.variants.RELOAD_SECONDS", 3600)


@pytest.fixture
def rose():
    return rose_serum()


def mine(page) -> set[str]:
    """What the page says is pressed for who sees it."""
    found = re.search(r'<script id="mine"[^>]*>(.*?)</script>', page.content.decode())
    return set(json.loads(found[1])) if found else set()


def asked(walker, name, args, query) -> int:
    """How many queries a page takes that was drawn before."""
    walker.get(name, *args, **query)
    with queries() as seen:
        walker.get(name, *args, **query)
    return len(seen)


@pytest.mark.both
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [stranger, buyer, staff])
def test_a_page_asks_as_often_for_thirty_rows_as_for_one(rose, settings, who, page):
    settings.DEMO = False  # in a demo nobody asks who is staff
    walker = who()
    one = asked(walker, *PAGES[page])
    more_of(rose)
    thirty = asked(walker, *PAGES[page])
    assert thirty == one <= MOST


def test_what_is_a_buyers_own_is_said_beside_the_page_and_not_drawn_into_it(rose):
    walker = buyer()
    walker.post("shop:wish", "rose-serum", on=1)
    assert mine(walker.get("shop:feed")) == {"like:week-one", "follow:mira"}
    assert mine(walker.get("shop:product", "rose-serum")) == {"follow:mira", "wish:rose-serum"}
    assert mine(walker.get("shop:feed-more")) == {"like:week-one", "follow:mira"}
    assert 'aria-pressed="true"' not in walker.get("shop:feed").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_a_buyer_saw_first_tells_the_next_one_nothing_of_them(rose, page):
    name, args, query = PAGES[page]
    first, second = buyer(), stranger()
    known = first.get(name, *args, **query)
    assert mine(known) or page in {"shop", "more of the feed"}  # there is nothing more to show
    assert ('class="badge"' in known.content.decode()) == (page != "more of the feed")
    unknown = second.get(name, *args, **query)
    assert (mine(unknown), 'class="badge"' in unknown.content.decode()) == (set(), False)


def test_a_note_is_read_by_who_it_is_for(rose):
    first = Walker()
    put_in_cart(first, Sku.objects.get(code="ROSE"), quantity=99)
    note = re.search(
        r'class="note[^"]*">.*?<span>(.*?)</span>', first.get("shop:product", "rose-serum").content.decode(), re.S
    )
    assert note
    assert note[1] not in Walker().get("shop:product", "rose-serum").content.decode()


def test_every_buyer_gets_a_token_that_is_theirs_and_works(rose):
    tokens = set()
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        page = client.get(reverse("shop:product", args=["rose-serum"])).content.decode()
        written = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
        assert len(written) == 1
        form = {"sku": "ROSE", "quantity": 1, "csrfmiddlewaretoken": written.pop()}
        assert client.post(reverse("shop:add-to-cart", args=["rose-serum"]), form).status_code == 303
        tokens |= {form["csrfmiddlewaretoken"]}
    assert len(tokens) == 2
    assert Engagement.objects.count() == 0


def test_both_arms_are_drawn_right_from_what_is_kept(rose):
    experiment = ExperimentFactory(state=Experiment.State.RUNNING)
    designs = {"short": ["price", "title"], "long": ["title", "price", "gallery"]}
    for slug, blocks in designs.items():
        ArmFactory(experiment=experiment, slug=slug, variant__slots={"product/body": blocks})
    walkers = [Walker() for _ in range(12)]
    seen = set()
    for walker in walkers * 2:
        page = walker.get("shop:product", "rose-serum")
        arm = page.wsgi_request.journey.design.arms.partition("=")[2]
        assert drawn(page) == designs[arm]
        seen.add(arm)
    assert seen == set(designs)


def test_a_variant_that_is_edited_shows_at_once(walker, rose):
    arm = ArmFactory(experiment__state=Experiment.State.RUNNING, variant__slots={"product/body": ["price"]})
    assert drawn(walker.get("shop:product", "rose-serum")) == ["price"]
    arm.variant.slots = {"product/body": ["title"]}
    arm.variant.save()
    assert drawn(walker.get("shop:product", "rose-serum")) == ["title"]


def test_what_was_drawn_while_it_changed_is_not_kept(walker, rose):
    from shop.services.shown import product_page

    drawing = product_page("rose-serum")
    Sku.objects.filter(code="ROSE").update(price_cents=1)
    assert drawing.kept("price", lambda known: known["product"].cheapest.now_cents) == 1
    Sku.objects.filter(code="ROSE").update(price_cents=2000)
    assert product_page("rose-serum").kept("price", lambda known: known["product"].cheapest.now_cents) == 2000


def test_a_product_sold_out_and_restocked_shows_each_state(walker, rose):
    SkuFactory(product=rose)
    for stock in (0, 5, 0):
        Sku.objects.filter(product=rose).update(stock=stock)
        assert ("sold out" in shown(walker, "shop:product", "rose-serum").lower()) == (stock == 0)
