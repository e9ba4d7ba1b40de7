"""A NUL in an address or a cookie breaks no page: PostgreSQL refuses to compare with one, and anybody can type it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.nuls import NulMiddleware
from tests.factories import ProductFactory, VideoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def seen(path: str):
    """What the views behind the middleware are asked."""
    asked = []
    NulMiddleware(lambda request: asked.append(request) or HttpResponse())(RequestFactory().get(path))
    return asked[0]


def test_a_nul_is_read_as_the_sign_for_what_cannot_be_read():
    request = seen("/cart/a%00b?q=a%00b&plain=%25&percent=%2500")
    assert request.path_info == request.path == "/cart/a�b"
    assert request.GET.dict() == {"q": "a�b", "plain": "%", "percent": "%00"}
    assert "%00" not in request.get_full_path().replace("%2500", "")


def test_any_other_address_stays_as_it_is():
    assert seen("/search?q=%E2%82%AC+a&q=b").get_full_path() == "/search?q=%E2%82%AC+a&q=b"


@pytest.mark.parametrize(
    "path",
    [
        "/?video=%00",
        "/?utm_source=%00&utm_campaign=%00",
        "/search?q=%00&category=%00",
        "/media/%00",
        "/%00",
        "/@%00",
        "/p/%00",
        "/orders/%00/review/%00",
    ],
)
def test_the_shop_answers(client, path):
    VideoFactory(), ProductFactory()
    assert client.get(path).status_code in (200, 301, 302, 404)


NAMES = ["funnel", "steps", "video", "creator", "by", "kind", "attribute", "arms", "study", "from", "unit", "unheard"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ["/api/funnel/", "/api/funnels/six_stages/", "/admin/analytics/funnel/"])
def test_reports_answer(admin_client, path, name):
    assert admin_client.get(path, {name: "a\0b"}).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/api/funnels/%00/",
        "/api/experiments/%00/",
        "/admin/journey/change/?q=%00&action=%00",
        "/admin/analytics/journey/?video=%00&q=%00",
        "/admin/shop/product/?q=%00&creator__slug=%00",
        "/admin/shop/product/%00/change/",
    ],
)
def test_the_admin_and_the_api_answer(admin_client, path):
    assert admin_client.get(path).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "participant", "buyer", "consent", "design", "joined"])
@pytest.mark.parametrize("path", ["/", "/cart", "/admin/"])
def test_cookies_written_by_hand_are_nobodys(client, path, name):
    assert client.get(path, headers={"cookie": rf'{name}="\000aaaaaaaaaaaa"'}).status_code in (200, 302)
