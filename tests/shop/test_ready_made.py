"""What a design may do without a developer: the ready-made alternatives, and that each changes what its page draws."""

import re

import pytest

from journey import designs
from tests.factories import ArmFactory, AssuranceFactory, ReviewFactory, SkuFactory, VideoFactory
from tests.walker import Walker

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"')
BLOCKS = {
    "feed/card": ["anchor_card"],
    "profile/body": ["featured"],
    "product/body": [
        "about_short", "assurances_badges", "assurances_list", "full_price", "help", "price_urgency", "reviews_short",
    ],
    "cart/body": ["help"],
    "checkout/body": ["help", "trust"],
    "support/body": ["hello_chat"],
}  # fmt: skip
VALUES = {
    "feed": [
        ("anchor_says", "price"), ("anchor_says", "invite"), ("anchor_shows_price", False), ("anchor_delay_ms", 0),
        ("anchor_card_delay_ms", 0), ("sound_prompt", True),
    ],
    "profile": [("profile_first_tab", "shop")],
    "product": [("after_adding", "mini"), ("after_adding", "cart")],
    "cart": [("cart_shows_shipping", False), ("free_shipping_bar", False)],
    "checkout": [("checkout_steps", True), ("payment_methods", "wallet_first"), ("payment_methods", "without_cash")],
    "open": [("first_answer", "at_once")],
}  # fmt: skip
ADDED = [(slot, block) for slot, blocks in BLOCKS.items() for block in blocks]
SET = [(page, name, value) for page, settings in VALUES.items() for name, value in settings]


@pytest.fixture
def product():
    sku = SkuFactory(stock=3, product__creator__free_shipping_from_cents=9000)
    sku.product.assurances.add(AssuranceFactory())
    ReviewFactory(product=sku.product)
    VideoFactory(creator=sku.product.creator, products=[sku.product])
    return sku.product


@pytest.fixture
def pages(product):
    """Page → its HTML, drawn for somebody with something in the cart."""
    walker = Walker()
    walker.post("shop:add-to-cart", product.slug, sku=product.skus.get().code, quantity=1)
    walker.get("shop:cart")  # says once what was put in
    creator, mine = product.creator.slug, product.slug
    names = {"feed": "feed", "cart": "cart", "checkout": "checkout", "support": "support", "open": "open-ticket"}
    of = {"profile": ("shop:profile", creator), "product": ("shop:product", mine)}
    addresses = {page: (f"shop:{name}",) for page, name in names.items()} | of
    return lambda page: walker.get(*addresses[page])


def run(**design) -> None:
    ArmFactory(experiment__state="running", **{f"variant__{name}": value for name, value in design.items()})


def body(page) -> str:
    """Without the addresses and marks that differ from one request to the next."""
    assert page.status_code == 200
    return TOKEN.sub("", page.content.decode().partition("<main>")[2].partition('<aside class="beside')[0])


def test_at_least_twelve_alternatives_are_ready():
    assert len(ADDED) + len(SET) >= 12
    assert (len(ADDED), len(SET)) == (13, 15)


def test_every_drawing_that_the_control_does_not_use_is_one_of_them():
    """In the rooms of the path: nothing lies about that no test draws."""
    rooms = {slot.partition("/")[0] for slot in BLOCKS}
    unused = {
        (page, block)
        for page in rooms
        for block in designs.drawings(page)
        if not any(block in blocks for slot, blocks in designs.known_slots().items() if slot.startswith(f"{page}/"))
    }
    assert unused == {(slot.partition("/")[0], block) for slot, block in ADDED}


@pytest.mark.parametrize(("slot", "block"), ADDED)
def test_a_block_that_is_added_is_drawn(pages, slot, block):
    page = slot.partition("/")[0]
    mark = f'data-block="{block}"'
    assert mark not in body(pages(page))
    run(slots={slot: [*designs.known_slots()[slot], block]})
    assert mark in body(pages(page))


@pytest.mark.parametrize(("page", "name", "value"), SET)
def test_a_value_that_is_set_changes_what_is_drawn(pages, page, name, value):
    before = body(pages(page))
    run(values={name: value})
    assert body(pages(page)) != before


def test_a_value_that_says_what_everyone_sees_changes_nothing(pages):
    """The comparison above can fail: two drawings of one page are alike."""
    for page in VALUES:
        name = VALUES[page][0][0]
        before = body(pages(page))
        run(values={name: designs.known_values()[name]})
        assert body(pages(page)) == before
