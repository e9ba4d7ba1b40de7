"""The demo as a person meets it: pages, the admin, the worker behind them, and what the doctor says."""

import os
import re
import signal
import sqlite3
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.stack.demo import PASSWORD, Demo, eventually, free_port
from tests.walker import PHONE

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]


class Browser:
    def __init__(self, base: str) -> None:
        self._base = base
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **form: str) -> tuple[int, str]:
        body = urlencode(form).encode() if form else None
        request = Request(self._base + path, body, {"User-Agent": PHONE, "Referer": self._base})  # noqa: S310
        with self._opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()

    def answers(self, path: str) -> bool:
        try:
            return self.open(path)[0] == 200
        except OSError:
            return False


@pytest.fixture
def browser(stack):
    return Browser(stack.url)


def rows(stack, query: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{stack.folder}/scrollshop.sqlite3?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_it_says_once_where_it_is_and_how_to_sign_in(stack):
    assert stack.log.count(f"Scrollshop is ready: {stack.url}\n") == 1
    assert f"Admin: {stack.url}admin/   user: admin   password: {PASSWORD}\n" in stack.log


@pytest.mark.parametrize("path", ["", "cart", "orders", "support", "admin/login/", "healthz/live", "healthz/ready"])
def test_pages_answer(browser, path):
    assert browser.open(path)[0] == 200


def test_every_style_and_script_of_the_first_page_is_served_from_its_hashed_name(browser):
    files = re.findall(r'(?:href|src)="/(static/[^"]+\.(?:css|js))"', browser.open("")[1])
    assert files
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", file) and browser.open(file)[0] == 200 for file in files)


def test_the_printed_password_opens_the_admin(browser):
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.open("admin/login/")[1])[1]
    form = {"username": "admin", "password": PASSWORD, "next": "/admin/", "csrfmiddlewaretoken": token}
    assert "Log out" in browser.open("admin/login/", **form)[1]


def test_a_month_of_journeys_is_there(stack):
    first, last, number = rows(
        stack, "SELECT min(day), max(day), count(*) FROM analytics_journey WHERE kind = 'simulated'"
    )[0]
    assert number >= 300
    assert first < last


def test_the_worker_turns_a_visit_into_a_journey(stack, browser):
    browser.open("")
    journeys = "SELECT path FROM analytics_journey WHERE kind = 'visitor' AND path = 'f'"
    assert eventually(lambda: rows(stack, journeys) != [], seconds=20)


def test_the_doctor_finds_nothing_wrong(stack):
    code, said = stack.run("doctor")
    assert (code, [line for line in said.splitlines() if not line.startswith("✓")]) == (0, [])


def test_programs_that_are_killed_are_started_again(stack, browser):
    victims = {"web": stack.child("granian"), "worker": stack.child("celery"), "broker": stack.child("valkey-server")}
    for victim in victims.values():
        os.kill(victim, signal.SIGKILL)
    for program in victims:
        assert stack.says(f"{program:<6} │ was killed by SIGKILL; starting it again in", seconds=15)
    assert eventually(lambda: browser.answers("") and stack.run("doctor")[0] == 0, seconds=60)
    assert set(victims.values()) & set(stack.programs()) == set()


def test_a_port_in_use_is_said_in_one_sentence(stack, short_folder):
    port = int(stack.env["PORT"])
    second = Demo(short_folder(), port)
    assert second.ended() == 1
    assert (
        second.log == f"Port {port} is already in use: stop what uses it, or choose another one with PORT={port + 1}.\n"
    )
    assert second.programs() == {}


def test_a_folder_in_use_is_said_in_one_sentence(stack):
    second = Demo(stack.folder, free_port())
    assert second.ended() == 1
    running = f"A demo is running on {stack.folder} already, at {stack.url} (process {stack.process.pid})"
    assert second.log == f"{running}: stop it, or choose another DATA_DIR.\n"
