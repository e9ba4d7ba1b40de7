"""Being asked, saying yes, no or nothing, changing one's mind and leaving for good, with a phone in the hand."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.browser.buyer import Buyer
from tests.browser.phone import PHONE
from tests.stack.demo import Demo, free_port

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]

STORED_S = 20
COLLECTED_MS = 5_000  # the worker has come by twice
NEEDED = {"csrftoken", "buyer"}  # without them nobody could send a form or have a cart
# As browsers do that ask for it: a header on every request, and a property that scripts can read.
OBJECTING = {"extra_http_headers": {"Sec-GPC": "1"}}
OBJECTS = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"


@pytest.fixture(scope="module")
def shop(short_folder):
    """A shop that counts nobody who has not said yes."""
    demo = Demo(short_folder(), free_port(), CONSENT="required")
    try:
        yield demo.ready()
    finally:
        demo.stop()


class Visitor(Buyer):
    """A buyer of whom everything is known: what their phone has sent and keeps, and what the shop has written down."""

    def __init__(self, page, shop: Demo) -> None:
        super().__init__(page)
        self.shop, self.sent = shop, []
        page.on("request", lambda request: self.sent.append(request.url.removeprefix(shop.url)))

    @property
    def beacons(self) -> int:
        return self.sent.count("journey/beacon")

    def keeps(self) -> set[str]:
        """Names of what is on the phone: cookies, and what the page has stored."""
        stored = self.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        return {cookie["name"] for cookie in self.page.context.cookies()} | {*stored}

    def asked(self):
        return self.page.get_by_role("form", name="Counting your steps")

    def answer(self, word: str) -> None:
        self.asked().get_by_role("button", name=word).tap()
        self.asked().wait_for(state="detached")


def stored(shop: Demo, since: set[int] = frozenset()) -> list[tuple[int, str]]:
    """Participant and kind of every step in the database; without those who were there before."""
    asked = "SELECT p.number, p.kind FROM journey_event e JOIN journey_participant p ON p.number = e.participant_id"
    database = f"file:{shop.folder / 'scrollshop.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True, timeout=20)) as connection:
        return [row for row in connection.execute(asked) if row[0] not in since]


def people(shop: Demo) -> set[int]:
    return {number for number, _ in stored(shop)}


def eventually_more(what: Callable[[], int], than: int) -> bool:
    patience = time.monotonic() + STORED_S
    while what() <= than and time.monotonic() < patience:
        time.sleep(0.2)
    return what() > than


@pytest.fixture
def visitor(browser, shop):
    """Makes visitors, each with a phone that has never been here."""
    made = []

    def make(**more) -> Visitor:
        context = browser.new_context(**PHONE | more, base_url=shop.url)
        if more == OBJECTING:
            context.add_init_script(OBJECTS)
        made.append(Visitor(context.new_page(), shop))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
    assert [one.problems for one in made] == [[]] * len(made)


def buy(visitor: Visitor) -> None:
    visitor.open_product("mini-waffle-maker")
    visitor.put_into_cart()
    visitor.to_checkout()
    visitor.fill_address()
    visitor.pay()


def test_nothing_is_told_or_kept_before_a_yes_and_everything_after_it(visitor, shop):
    one, others = visitor(), people(shop)
    one.watch()
    one.page.goto("/p/mini-waffle-maker")
    assert one.asked().is_visible()
    one.page.wait_for_timeout(COLLECTED_MS)
    assert (one.keeps() <= NEEDED, one.beacons, stored(shop, others)) == (True, 0, [])
    one.answer("Yes, count my steps")
    with one.page.expect_request("**/journey/beacon"):
        one.watch()
    assert eventually_more(lambda: len(stored(shop, others)), than=4)
    assert {"participant", "consent"} <= one.keeps()


def test_who_refuses_is_asked_no_more_and_buys_like_anybody_else(visitor, shop):
    one, others = visitor(), people(shop)
    one.page.goto("/")
    one.answer("No, thanks")
    one.watch()
    assert one.asked().count() == 0
    buy(one)
    assert one.page.get_by_text("Thank you").first.is_visible()
    one.page.wait_for_timeout(COLLECTED_MS)
    assert (one.beacons, "participant" in one.keeps()) == (0, False)
    assert [kind for _, kind in stored(shop, others)] == ["anonymous"], "that something was bought, and no step before"


def test_who_takes_the_yes_back_is_not_counted_from_then_on(visitor, shop):
    one, others = visitor(), people(shop)
    one.page.goto("/shop")
    one.answer("Yes, count my steps")
    one.page.goto("/p/mini-waffle-maker")
    assert eventually_more(lambda: len(stored(shop, others)), than=2)
    one.page.goto("/my-data")
    one.page.get_by_role("button", name="Stop counting").tap()
    one.page.get_by_text("You are not counted").wait_for()
    one.page.wait_for_timeout(COLLECTED_MS)
    told, before = one.beacons, stored(shop, others)
    one.watch()
    one.page.goto("/p/rose-serum")
    one.page.wait_for_timeout(COLLECTED_MS)
    assert (one.beacons, stored(shop, others)) == (told, before)


def test_a_browser_that_objects_is_neither_counted_nor_asked_until_its_owner_agrees(visitor, shop):
    one, others = visitor(**OBJECTING), people(shop)
    one.page.goto("/shop")
    assert one.page.evaluate("navigator.globalPrivacyControl") is True
    assert one.asked().count() == 0
    one.watch()
    one.page.wait_for_timeout(COLLECTED_MS)
    assert (one.keeps() <= NEEDED, one.beacons, stored(shop, others)) == (True, 0, [])
    one.page.goto("/my-data")
    one.page.get_by_role("button", name="Count my steps").tap()
    one.page.get_by_text("Your steps are counted").wait_for()
    one.page.goto("/shop")
    assert eventually_more(lambda: len(stored(shop, others)), than=1)


def test_who_deletes_everything_leaves_neither_steps_nor_orders_and_a_clean_phone(visitor, shop):
    one, others = visitor(), people(shop)
    one.page.goto("/shop")
    one.answer("Yes, count my steps")
    buy(one)
    assert eventually_more(lambda: len(stored(shop, others)), than=4)
    one.page.evaluate("memory.set('sound', 'on')")
    one.page.goto("/my-data")
    assert one.page.get_by_text("Orders, with names and addresses").is_visible()
    one.page.get_by_role("link", name="Delete everything").tap()
    one.page.get_by_role("button", name="Yes, delete everything").tap()
    one.page.get_by_text("Everything is deleted.").wait_for()
    assert one.page.get_by_text("Nothing is kept about you.").is_visible()
    one.page.wait_for_timeout(COLLECTED_MS)
    assert stored(shop, others) == []
    left = one.page.request.get("/my-data/download").json()
    assert {name for name, kept in left.items() if name != "made_at" and kept["rows"]} == set()
    assert one.keeps() <= NEEDED | {"consent"}
