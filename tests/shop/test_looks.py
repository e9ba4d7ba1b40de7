"""How numbers, prices, ages and stars look."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django.utils.html import strip_tags

from shop.templatetags.shop import ICONS, LOOK, age, hashtags, icon, money, price, short, stars


@pytest.mark.parametrize(
    ("cents", "shown"), [(0, "$0.00"), (5, "$0.05"), (1690, "$16.90"), (123456789, "$1,234,567.89"), (-100, "-$1.00")]
)
def test_money(cents, shown):
    assert money(cents) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (999, "999"), (1000, "1K"), (10_349, "10.3K"), (999_999, "999.9K"), (1_200_000, "1.2M"), (10**9, "1B")],
)
def test_counts_are_short_and_never_more_than_they_are(number, shown):
    assert short(number) == shown


@pytest.mark.parametrize(
    ("cents", "before", "shown"),
    [
        (1690, None, "$16.90"),
        (1690, 2400, "$16.90was $24.00-29%"),
        (1690, 1690, "$16.90"),
        (1690, 1000, "$16.90"),
        (9999, 10000, "$99.99was $100.00"),
    ],
)
def test_a_price_is_struck_only_by_a_higher_one(cents, before, shown):
    assert strip_tags(price(cents, before)) == shown


@pytest.mark.parametrize(
    ("average", "percent"), [(0, 0), (3.24, 60), (3.25, 70), (3.74, 70), ("3.75", 80), (4.8, 100), (5, 100)]
)
def test_stars_are_filled_to_the_half(average, percent):
    assert f"--filled: {percent}%" in stars(average)


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "today"), (1, "1d"), (6, "6d"), (7, "1w"), (29, "4w"), (30, "1mo"), (400, "1y")]
)
def test_an_age_is_short(days, shown):
    assert age(timezone.now() - timedelta(days=days, minutes=1)) == shown


def test_hashtags_lead_to_their_search_and_markup_is_not_trusted():
    assert hashtags("Damp <skin> #care!") == 'Damp &lt;skin&gt; <a href="/search?q=%23care">#care</a>!'


@pytest.mark.parametrize("name", ["nowhere", "../mark", ""])
def test_an_icon_that_is_not_there_draws_nothing(name):
    assert icon(name) == ""


def test_every_icon_is_drawn_alike_and_the_page_does_not_say_how_each_time():
    files = {path.stem: path.read_text() for path in ICONS.glob("*.svg")}
    assert [name for name, text in files.items() if not all(look in text for look in LOOK)] == []
    assert [name for name in files if not icon(name).startswith('<svg class="icon" aria-hidden="true" viewBox=')] == []


def test_every_icon_a_template_names_is_there():
    texts = [path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'(?:{% icon |drawing=)"([^"]+)"', text)}
    assert {name for name in named if not icon(name)} == set()


@pytest.mark.parametrize(
    ("host", "drawn"), [("192.168.1.20:8000", True), ("127.0.0.1:8000", False), ("localhost", False)]
)
@override_settings(ALLOWED_HOSTS=["*"])
def test_a_code_for_the_phone_is_drawn_only_where_a_phone_can_come(host, drawn):
    request = RequestFactory().get("/", headers={"host": host})
    assert ("<svg" in Template("{% load shop %}{% qr %}").render(Context({"request": request}))) == drawn
