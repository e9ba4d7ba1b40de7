"""From an idea to everyone: a design made in the admin, an experiment, buyers in two arms, shipped, taken back."""

import hashlib
import secrets
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.buyer import Buyer
from tests.stack.demo import eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PATIENCE_S = 15
WORD, USUAL = "Into my bag", "Add to cart"
CLEAN = """
from analytics.experiments.models import Unit
from journey.models import Experiment, Variant
Unit.objects.filter(experiment__startswith="bag-").delete()
Experiment.objects.filter(slug__startswith="bag-").delete()
Variant.objects.filter(slug__startswith="design-bag-").delete()
"""


@pytest.fixture
def desk(analyst, stack):
    """The analyst's page; what the test leaves behind when it breaks off is nobody else's design."""
    yield analyst
    stack.run("shell", "-v0", "-c", CLEAN)


@pytest.fixture
def slug():
    """Of the experiment; who tries again does not count what the first try left."""
    return f"bag-{secrets.token_hex(3)}"


def templates() -> str:
    files = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def design(page, slug: str) -> str:
    """A block dragged, a value chosen, a word written, the page looked at and saved; returns the link for a phone."""
    page.goto("/admin/journey/variant/add/")
    page.fill("[name=name]", f"Design {slug}")
    page.get_by_role("tab", name="cart", exact=True).click()
    blocks = page.locator(".design-parts fieldset").first.locator("li")
    blocks.filter(has_text="guarantee").drag_to(blocks.first)
    expect(blocks.first).to_contain_text("guarantee")
    page.locator("[data-focus=free_shipping_bar]").uncheck()
    page.get_by_role("tab", name="product", exact=True).click()
    page.locator("[data-focus=add_to_cart_says-en]").fill(WORD)
    page.locator("[data-focus=add_to_cart_says-en]").press("Tab")
    seen = page.frame_locator("#design iframe").locator(".product-bar")
    expect(seen.get_by_text(WORD)).to_be_visible()
    link = page.locator(".design-link input").input_value()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/journey/variant/")
    return link


def draft_and_start(page, slug: str) -> None:
    page.goto("/admin/journey/experiment/add/")
    page.fill("[name=name]", slug)
    page.select_option("[name=funnel]", "stages")
    expect(page.get_by_label("Step 4: Link")).to_be_visible()
    page.select_option("[name=funnel]", "shop")
    expect(page.get_by_label("Step 4: Purchase")).to_be_visible()
    expect(page.locator("[name=secondary][value='step:4']")).to_be_hidden()
    for at, (arm, variant) in enumerate((("control", ""), ("bag", f"Design {slug}"))):
        page.fill(f"[name=arms-{at}-slug]", arm)
        if variant:
            page.select_option(f"[name=arms-{at}-variant]", label=variant)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(f"“{slug}” runs: participants land in its arms from now on.")).to_be_visible()


def arm_of(buyer: Buyer) -> str:
    """Which design a product page shows."""
    buyer.open_product("rose-serum")
    says = buyer.page.locator(".product-bar [name=method][value=cart]").inner_text()
    return {WORD: "bag", USUAL: "control"}[says.strip()]


def walk(buyer: Buyer) -> list[str]:
    """From the feed to an order; returns the blocks of the cart on the way."""
    buyer.watch()
    buyer.tap_the_anchor()
    buyer.put_into_cart()
    buyer.page.goto("/cart")
    seen = buyer.page.locator("[data-block]").evaluate_all("all => all.map(block => block.dataset.block)")
    buyer.to_checkout()
    buyer.fill_address()
    buyer.pay()
    return seen


def results(page, slug: str) -> list[dict]:
    return page.request.get(f"/api/experiments/{slug}/results/").json()["arms"]


def told(arms: list[dict]) -> dict[str, tuple[int, list[int]]]:
    return {arm["arm"]: (arm["exposed"], [step["count"] for step in arm["steps"]]) for arm in arms}


def lines_of_the_log(page, slug: str) -> list[str]:
    said = page.request.get(f"/api/experiments/{slug}/changes/").json()
    assert {(change["by"], change["through"]) for change in said} == {("admin", "admin")}
    return [
        line for change in reversed(said) for line in change["changes"] if line.startswith(("made", "state", "dec"))
    ]


def test_from_a_design_to_everyone_and_back(desk, slug, new_buyer):
    untouched = templates()
    link = design(desk, slug)

    looker = new_buyer()
    looker.page.goto(link)
    assert arm_of(looker) == "bag"  # before anybody else sees it
    assert arm_of(new_buyer()) == "control"

    draft_and_start(desk, slug)
    assert arm_of(looker) == "bag"  # still a preview, while the experiment runs: never counted

    met, walkers = Counter(), {}
    desk.wait_for_timeout(2_500)  # every process has read it anew, see variants.RELOAD_SECONDS
    while len(walkers) < 2 and met.total() < 14:  # fourteen in one arm happen once in eight thousand runs
        buyer = new_buyer()
        arm = arm_of(buyer)
        met[arm] += 1
        walkers.setdefault(arm, buyer)
    carts = {arm: walk(buyer) for arm, buyer in walkers.items()}
    assert (carts["bag"][0], carts["control"][-1]) == ("guarantee", "guarantee")
    assert carts["bag"] != carts["control"]
    assert [arm_of(buyer) for buyer in walkers.values()] == list(walkers)  # and they stay where they are

    wanted = {arm: (n, [n, 1, 1, 1]) for arm, n in met.items()}
    assert eventually(lambda: told(results(desk, slug)) == wanted, PATIENCE_S), (wanted, told(results(desk, slug)))
    desk.goto(f"/admin/experiments/{slug}/")
    order = [arm["arm"] for arm in results(desk, slug)]
    shown = [int(text) for text in desk.locator("[aria-labelledby=steps] tr.goal .n").all_inner_texts()]
    assert shown == [1, 1]
    heads = desk.locator("[aria-labelledby=steps] thead small").all_inner_texts()
    assert [text for text in heads if "exposed" in text] == [f"{met[arm]} exposed" for arm in order]

    desk.get_by_role("button", name="Stop the experiment").click()
    expect(desk.get_by_role("button", name="Ship bag")).to_be_visible()
    assert eventually(lambda: arm_of(walkers["bag"]) == "control", PATIENCE_S)
    desk.get_by_role("button", name="Ship bag").click()
    unrecorded = new_buyer(has_answered=False, extra_http_headers={"Sec-GPC": "1"})
    everyone = [*walkers.values(), new_buyer(), unrecorded]
    assert eventually(lambda: {arm_of(buyer) for buyer in everyone} == {"bag"}, PATIENCE_S)
    assert templates() == untouched

    desk.goto(f"/admin/journey/variant/?q={slug}")
    desk.get_by_role("link", name=f"Design {slug}").click()
    desk.get_by_role("button", name="Take back from everyone").click()
    assert eventually(lambda: {arm_of(buyer) for buyer in everyone} == {"control"}, PATIENCE_S)
    assert told(results(desk, slug)) == wanted
    assert lines_of_the_log(desk, slug) == [
        "made",
        "state: draft → running",
        "state: running → stopped",
        "state: stopped → decided",
        "decision: nothing → shipped bag",
    ]
