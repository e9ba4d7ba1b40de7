"""The beacon's door."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from analytics.counts.collecting import collect
from journey import limits, sink
from journey.identity import COOKIE
from journey.models import DeadEvent, Event
from journey.steps import Step
from journey.trails import Context, Trail, now_us

pytestmark = pytest.mark.django_db
GOOD = {"n": 1, "dt": 5, "step": "video_start", "props": {"video": "waffle"}}


def token() -> str:
    return Trail(5, "visitor", 99, now_us() - 1_000_000, Context("phone", "Chrome", "", "anchor=early")).token()


def browser(participant: int = 5, **options) -> Client:
    """The browser this trail was made for, or somebody else's."""
    client = Client(**options)
    answer = HttpResponse()
    answer.set_signed_cookie(COOKIE, str(participant))
    client.cookies[COOKIE] = answer.cookies[COOKIE].value
    return client


def post(body, client: Client | None = None, **options):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return (client or browser()).post(reverse("journey:beacon"), data, content_type="application/json", **options)


def stored() -> list[str]:
    collect()
    return [Step.of_letter(event.step).value for event in Event.objects.order_by("n")]


def test_a_beacon_is_stored_with_its_arm():
    assert post({"trail": token(), "events": [GOOD]}).status_code == 204
    assert stored() == ["video_start"]
    event = Event.objects.select_related("context").get()
    assert (event.participant_id, event.trail, event.context.arms, event.props) == (
        5, 99, "anchor=early", {"video": "waffle"},
    )  # fmt: skip


def test_the_same_beacon_twice_is_stored_once():
    body = {"trail": token(), "events": [GOOD]}
    assert [post(body).status_code, post(body).status_code] == [204, 204]
    assert stored() == ["video_start"]


def test_an_unknown_step_becomes_a_dead_event_and_its_neighbours_live():
    events = [GOOD, {"n": 2, "dt": 6, "step": "teleport"}, {"n": 3, "dt": 7, "step": "video_complete"}]
    assert post({"trail": token(), "events": events}).status_code == 204
    assert stored() == ["video_start", "video_complete"]
    dead = DeadEvent.objects.get()
    assert (dead.reason, json.loads(dead.raw)) == ("there is no step 'teleport'", events[1])


def test_a_leaving_page_may_post_a_form():
    fields = {"payload": json.dumps({"trail": token(), "events": [GOOD]})}
    assert browser().post(reverse("journey:beacon"), fields).status_code == 204
    assert stored() == ["video_start"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{broken", 400),
        (b"", 400),
        (b"[]", 400),
        (b"\x00\x00\x00", 400),
        (b'{"trail": "a\x00b", "events": [{}]}', 400),
        (b"[" * 60_000, 400),
        (b'"' + b"x" * 2_000_000 + b'"', 413),
        ({"trail": "forged:token:here", "events": [GOOD]}, 400),
        ({"trail": 5, "events": [GOOD]}, 400),
        ({"events": [GOOD]}, 400),
    ],
)
def test_bad_input_is_answered_in_words_and_stores_nothing(body, status):
    answer = post(body)
    assert answer.status_code == status
    assert answer.json()
    assert stored() == []


def test_a_beacon_of_no_events_or_too_many_is_refused():
    assert [post({"trail": token(), "events": [GOOD] * n}).status_code for n in (0, 50, 51)] == [400, 204, 400]


def test_a_nul_inside_a_text_becomes_a_dead_event():
    assert post({"trail": token(), "events": [GOOD | {"props": {"video": "a\0b"}}]}).status_code == 204
    assert stored() == []
    assert DeadEvent.objects.get().reason == "props.video is too long, or holds a NUL"


def test_a_file_in_place_of_the_form_is_answered_in_words():
    fields = {"payload": SimpleUploadedFile("payload", b"{}")}
    answer = browser().post(reverse("journey:beacon"), fields)
    assert (answer.status_code, stored()) == (400, [])


def test_another_site_cannot_post_in_a_buyers_name():
    client = browser(enforce_csrf_checks=True)
    body = json.dumps({"trail": token(), "events": [GOOD]})
    assert client.post(reverse("journey:beacon"), body, content_type="application/json").status_code == 403
    assert client.get(reverse("journey:beacon")).status_code == 405


def test_nothing_durable_means_503_and_the_browser_keeps_it(monkeypatch, settings):
    settings.SPOOL_LIMIT = 0
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    answer = post({"trail": token(), "events": [GOOD]})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("who", [6, 0])
def test_a_trail_of_somebody_else_is_refused(who):
    answer = post({"trail": token(), "events": [GOOD]}, browser(who))
    assert (answer.status_code, answer.json(), stored()) == (403, {"detail": "This trail is somebody else's."}, [])


def test_a_browser_without_a_cookie_or_with_a_forged_one_says_nothing():
    forged = Client()
    forged.cookies[COOKIE] = "5:forged"
    for client in (Client(), forged):
        assert post({"trail": token(), "events": [GOOD]}, client).status_code == 403
    assert stored() == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_page_of_another_site_says_nothing(site):
    answer = post({"trail": token(), "events": [GOOD]}, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, stored()) == (403, [])


def test_text_that_is_no_json_is_refused_by_its_type():
    answer = browser().post(reverse("journey:beacon"), b"{}", content_type="text/plain")
    assert (answer.status_code, answer.json()) == (400, {"detail": "A beacon is JSON, or a form with it."})


def test_who_says_too_much_at_once_is_asked_to_wait_and_nobody_else_is(monkeypatch):
    monkeypatch.setattr(limits.events, "burst", 100)
    many = [GOOD | {"n": n} for n in range(1, 51)]
    answers = [post({"trail": token(), "events": many}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 3
    other = Trail(6, "visitor", 100, now_us(), Context()).token()
    assert post({"trail": other, "events": [GOOD]}, browser(6)).status_code == 204
