"""Every scene, read by axe and by what axe does not look at: overflow, small targets, cut text, focus under a bar."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.scenes import SCENES, Showroom
from tests.browser.scenes.showroom import settled
from tests.stack.conftest import short_folder  # noqa: F401
from tests.stack.demo import Demo, free_port

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("scenes")]

AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
SERIOUS = {"serious", "critical"}

FLAWS = (Path(__file__).parent / "scenes" / "flaws.js").read_text().partition("\n")[2].strip().removesuffix(";")


@pytest.fixture(scope="module")
def room(short_folder):  # noqa: F811
    demo = Demo(short_folder(), free_port())
    try:
        yield Showroom(demo.ready())
    finally:
        demo.stop()


def violations(page, options) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scene", [one for one in SCENES if not one.is_desk], ids=str)
def test_everyone_can_read_and_use(scene, room, browser):
    with room.opened(browser, scene, device_scale_factor=1) as page:
        settled(page)
        flaws = violations(page, AXE)
        page.emulate_media(color_scheme="dark")
        flaws += [f"in the dark {flaw}" for flaw in violations(page, CONTRAST)]
        flaws += page.evaluate(FLAWS)
    assert flaws == []
