"""The beacon's own door, as a web server opens it: the same answers as through all of the house, or none at all."""

import io
import json

import pytest
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

from config.wsgi import application
from journey import limits
from journey.identity import COOKIE
from journey.models import Event
from tests.journey.test_beacon import GOOD, stored, token

pytestmark = pytest.mark.django_db
SECRET = _get_new_csrf_string()


def knock(body, csrf: str | None = "", **environ) -> tuple[int, dict[str, str]]:
    """Status and headers of a POST; `csrf` is the header's token, None leaves it out."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = HttpResponse()
    answer.set_signed_cookie(COOKIE, "5")
    told = {} if csrf is None else {"HTTP_X_CSRFTOKEN": csrf or _mask_cipher_secret(SECRET)}
    heard = []
    response = application(
        {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/journey/beacon", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "HTTP_HOST": "localhost", "wsgi.input": io.BytesIO(data), "wsgi.url_scheme": "http",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data)),
            "HTTP_COOKIE": f"csrftoken={SECRET}; {COOKIE}={answer.cookies[COOKIE].value}",
        } | told | environ,
        lambda status, headers: heard.append((int(status[:3]), dict(headers))),
    )  # fmt: skip
    list(response)
    return heard[0]


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch):
    # The handler closes old connections around a request, and the test's transaction with them.
    monkeypatch.setattr("django.core.handlers.wsgi.signals.request_started.send", lambda **kwargs: None)


def test_a_beacon_comes_in_by_its_own_door():
    assert knock({"trail": token(), "events": [GOOD]})[0] == 204
    assert stored() == ["video_start"]


@pytest.mark.parametrize("csrf", [None, "x" * 64])
def test_the_check_against_forged_requests_stands_before_it(csrf):
    assert knock({"trail": token(), "events": [GOOD]}, csrf)[0] == 403
    assert not Event.objects.exists()


def test_nonsense_and_a_wrong_method_are_answered_as_elsewhere():
    assert [knock(b"{broken")[0], knock(b"", REQUEST_METHOD="GET")[0]] == [400, 405]


def test_too_much_is_answered_before_it_is_read():
    assert knock(b"", CONTENT_LENGTH="64001", **{"wsgi.input": None})[0] == 413


def test_too_many_are_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(limits, "beacons", limits.Allowances(1, 1))
    answers = [knock({"trail": token(), "events": [GOOD]}) for _ in range(2)]
    assert [status for status, _ in answers] == [204, 503]
    assert answers[1][1]["Retry-After"] == "1"


def test_other_addresses_are_the_pages():
    status, headers = knock(b"", PATH_INFO="/healthz/live", REQUEST_METHOD="GET")
    assert (status, headers["Content-Type"]) == (200, "text/plain")
