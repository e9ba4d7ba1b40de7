"""A demo in which everything is arranged, and the list of what there is to see in it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.phone import PHONE
from tests.stack.demo import Demo

ARRANGE = "from tests.browser.scenes.arranged import arrange; arrange()"
NOBODY = "nobody"
STAFF = "staff"


class Showroom:
    def __init__(self, demo: Demo) -> None:
        self.url = demo.url
        status, said = demo.run("shell", "-v0", "-c", ARRANGE)
        assert status == 0, said
        told = json.loads(said[said.rindex("\n{") :])
        self.cookies: dict[str, dict[str, str]] = told["cookies"]
        self.codes: dict[str, str] = told["codes"]

    @contextmanager
    def opened(self, context: BrowserContext, scene: "Scene") -> Iterator[Page]:
        """The scene, as the person in it sees it. One context serves many: what a scene leaves there is undone."""
        cookies = self.cookies.get(scene.who, {})
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(8_000)
        try:
            scene.go(page, self)
            yield page
        finally:
            page.close()
            context.set_offline(False)


def phone(browser: Browser, room: Showroom, **like: Any) -> BrowserContext:
    """A context for scenes: what it remembers beside cookies is gone with every page."""
    context = browser.new_context(**PHONE | {"device_scale_factor": 1} | like, base_url=room.url)
    context.add_init_script("localStorage.clear()")
    return context


Way = Callable[[Page, Showroom], object]


@dataclass
class Scene:
    name: str
    who: str
    go: Way = field(repr=False)

    @property
    def room(self) -> str:
        return self.go.__module__.rpartition(".")[2]

    @property
    def is_desk(self) -> bool:
        return self.who == STAFF

    @property
    def slug(self) -> str:
        return re.sub(r"\W+", "-", f"{self.room} {self.name}")

    def __str__(self) -> str:
        return self.name


SCENES: list[Scene] = []


def scene(name: str, who: str = NOBODY) -> Callable[[Way], Way]:
    def keep(go: Way) -> Way:
        SCENES.append(Scene(name, who, go))
        return go

    return keep


def pages(module: str, who: str, **paths: str) -> None:
    """Scenes that are an address and nothing more; {code} in one is a code of the showroom."""
    for name, path in paths.items():

        def go(page: Page, room: Showroom, path: str = path) -> None:
            page.goto(path.format(**room.codes))

        go.__module__ = module
        SCENES.append(Scene(name.replace("_", " "), who, go))


def in_the_dark(page: Page, dark: bool) -> None:
    """The admin asks for the scheme of the device once, when a page is opened."""
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)


def settled(page: Page) -> None:
    """Pictures have come, sheets have slid in."""
    page.wait_for_load_state("load")
    page.evaluate("""async () => {
        await document.fonts.ready;
        const isInSight = (image) => {
            const { top, left, width } = image.getBoundingClientRect();
            return width && top < innerHeight && left < innerWidth;
        };
        const seen = [...document.images].filter(isInSight);
        const late = new Promise((done) => setTimeout(done, 1500));
        await Promise.race([late, Promise.all(seen.map((image) => image.decode().catch(() => 0)))]);
        const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < 2000);
        await Promise.race([late, Promise.all(moving.map((one) => one.finished.catch(() => 0)))]);
    }""")
