"""However long a design's words are, no page grows wider than the phone."""

import pytest

from journey import designs
from tests.browser.buyer import Buyer

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]


@pytest.fixture
def token(stack):
    words = {name: "W" * value.high for name, value in designs.values().items() if value.is_words}
    made = f"from journey.previews import token; print(token('W', {{}}, {words!r}))"
    status, said = stack.run("shell", "-v0", "-c", made)
    assert status == 0, said
    return said.split()[-1]


PAGES = ["/", "/@mira-glows?tab=shop", "/p/rose-serum", "/cart", "/checkout", "/support", "/support/new"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_phone(new_buyer, token, address):
    buyer: Buyer = new_buyer()
    buyer.open_product("rose-serum")
    buyer.put_into_cart()
    buyer.page.goto(f"{address}{'&' if '?' in address else '?'}design={token}")
    assert "WWWW" in buyer.page.content()
    assert buyer.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
