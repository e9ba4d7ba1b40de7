"""A browser, a phone, and an analyst's desk, all on the running stack."""

import pytest
from playwright.sync_api import sync_playwright

from journey.consent import COOKIE
from tests.browser.buyer import Buyer
from tests.browser.phone import LAPTOP, PHONE, open_browser
from tests.stack.conftest import short_folder, stack  # noqa: F401
from tests.stack.demo import PASSWORD


@pytest.fixture(scope="package")
def playwright():
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def browser(playwright):
    chromium = open_browser(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def answered(stack):  # noqa: F811
    """The cookie of somebody who has said that their steps may be counted: no page asks them."""
    status, said = stack.run("shell", "-v0", "-c", "from tests.browser.scenes.answers import cookie; print(cookie())")
    assert status == 0, said
    return {"name": COOKIE, "value": said.split()[-1], "url": stack.url}


@pytest.fixture
def new_buyer(browser, stack, answered):  # noqa: F811
    """Makes buyers, each with a phone of their own, or with `more`; none of their pages may have a script error."""
    buyers = []

    def make(has_answered: bool = True, **more) -> Buyer:
        context = browser.new_context(**PHONE | more, base_url=stack.url)
        if has_answered:
            context.add_cookies([answered])
        buyers.append(Buyer(context.new_page()))
        return buyers[-1]

    yield make
    for buyer in buyers:
        buyer.page.context.close()
    assert [buyer.problems for buyer in buyers] == [[]] * len(buyers)


@pytest.fixture(scope="package")
def analyst(browser, stack):  # noqa: F811
    """A page of the admin, signed in."""
    page = browser.new_context(**LAPTOP, base_url=stack.url).new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page
