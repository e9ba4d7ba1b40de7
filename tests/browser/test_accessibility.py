"""Every scene, read by axe and by what axe does not look at: overflow, small targets, cut text, focus under a bar."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.phone import AT_LAPTOP
from tests.browser.scenes import SCENES, Showroom
from tests.browser.scenes.showroom import in_the_dark, phone, settled
from tests.stack.conftest import short_folder  # noqa: F401
from tests.stack.demo import Demo, free_port

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("scenes")]

SERIOUS = {"serious", "critical"}
# Half of the scenes are read in the dark: both schemes take their colours from the same tokens.
SCHEMES = ("light", "dark")
FLAWS = (Path(__file__).parent / "scenes" / "flaws.js").read_text().partition("\n")[2].strip().removesuffix(";")


@pytest.fixture(scope="module")
def room(short_folder):  # noqa: F811
    demo = Demo(short_folder(), free_port())
    try:
        yield Showroom(demo.ready())
    finally:
        demo.stop()


@pytest.fixture(scope="module")
def desk(browser, room):
    context = phone(browser, room, **AT_LAPTOP)
    yield context
    context.close()


@pytest.fixture(scope="module")
def context(browser, room):
    context = phone(browser, room)
    yield context
    context.close()


def violations(page, inside: str | None = None) -> list[str]:
    found = Axe().run(page, context=inside).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("place", "scene"), [*enumerate(one for one in SCENES if not one.is_desk)], ids=str)
def test_everyone_can_read_and_use(scene, place, room, context):
    with room.opened(context, scene) as page:
        settled(page)
        page.emulate_media(color_scheme=SCHEMES[place % 2])
        assert violations(page) + page.evaluate(FLAWS) == []


@pytest.mark.parametrize("scene", [one for one in SCENES if one.room == "instrument"], ids=str)
def test_staff_can_read_the_pages_about_the_instrument(scene, room, desk):
    """What is ours on them; the frame around it is that of the admin."""
    with room.opened(desk, scene) as page:
        settled(page)
        ours = ".report"
        if page.locator(ours).count():  # a plain list has nothing of ours
            for dark in (False, True):
                in_the_dark(page, dark)
                assert violations(page, ours) == []
