"""Nobody says what they may not: forged, edited, borrowed, stale and repeated trails, and arms chosen by oneself."""

import random
import string

import pytest
from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from analytics.counts.collecting import settle
from analytics.models import Journey
from journey.models import DeadEvent, Event, Experiment
from journey.steps import Step, Teller
from journey.trails import Context, Trail, continued, now_us
from tests.factories import ArmFactory, SkuFactory, VariantFactory
from tests.journey.test_beacon import GOOD, browser, post, stored, token
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db
TRIES = 5_000
LETTERS = string.ascii_letters + string.digits + "-_:"


def one_letter_else(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(LETTERS.replace(text[at], "")) + text[at + 1 :]


@pytest.mark.parametrize("seed", [1, 2])
def test_of_thousands_of_edited_tokens_none_is_taken(seed):
    chance, whole = random.Random(seed), token()
    taken = 0
    for _ in range(TRIES):
        try:
            continued(one_letter_else(whole, chance))
        except (signing.BadSignature, ValueError):
            continue
        taken += 1
    assert taken == 0


def test_a_token_with_another_arm_or_participant_needs_the_key():
    made = Trail(5, "visitor", 99, now_us(), Context("phone", "Chrome", "", "trust=control"))
    data = made.token().rpartition(":")[0]
    for key in ["", "secret", "tests-", "x" * 50]:
        forged = signing.Signer(key=key or "a", salt="journey.trail").sign_object(
            [6, "visitor", 99, 0, *made.context, 1]
        )
        assert post({"trail": forged, "events": [GOOD]}).status_code == 400
    assert post({"trail": f"{data}:{'A' * 43}", "events": [GOOD]}).status_code == 400
    assert stored() == []


def test_a_stale_token_is_refused(monkeypatch):
    stale = token()
    later = now_us() + 86_401_000_000
    monkeypatch.setattr("journey.trails.now_us", lambda: later)
    assert post({"trail": stale, "events": [GOOD]}).status_code == 400


def test_a_hundred_repetitions_are_one_event():
    body = {"trail": token(), "events": [GOOD]}
    client = browser()
    assert {post(body, client).status_code for _ in range(100)} == {204}
    settle()
    assert (Event.objects.count(), Journey.objects.get().path) == (1, "s")


def test_no_step_of_the_server_can_be_told_by_a_browser():
    told = [step.value for step in Step if step.teller is Teller.SERVER]
    events = [{"n": n, "dt": n, "step": step} for n, step in enumerate(told, 1)]
    assert post({"trail": token(), "events": events}).status_code == 204
    assert stored() == []
    assert sorted(DeadEvent.objects.values_list("reason", flat=True)) == sorted(
        f"a browser may not say {step!r}" for step in told
    )


def test_an_event_cannot_take_the_place_of_one_that_the_server_told():
    trail = Trail(5, "visitor", 99, now_us(), Context(), next_n=3)
    body = {"trail": trail.token(), "events": [GOOD | {"n": n} for n in (0, 1, 2)]}
    assert post(body).status_code == 204
    assert stored() == []


@pytest.mark.parametrize(
    "ask",
    [
        {"query": {"variant": "trust", "arms": "trust=on", "arm": "on"}},
        {"headers": {"X-Variant": "trust", "X-Arm": "trust=on"}},
        {"cookies": {"variant": "trust", "arms": "trust=on", "arm": "on", "trust": "on"}},
    ],
)
def test_an_arm_cannot_be_chosen_by_oneself(ask):
    """Everybody is in the control; whoever asks for the other arm still is, and so are their events."""
    variant = VariantFactory(slots={"product/body": ["assurances_badges", "price"]})
    experiment = ArmFactory(
        experiment__slug="trust", experiment__state=Experiment.State.RUNNING, slug="on", variant=variant, weight=0
    ).experiment
    ArmFactory(experiment=experiment, slug="control", variant=None, weight=100)
    walker, sku = Walker(), SkuFactory()
    walker.client.cookies.load(ask.get("cookies", {}))
    page = walker.client.get(f"/p/{sku.product.slug}", ask.get("query", {}), headers=ask.get("headers", {}))
    assert drawn(page)[:2] != ["assurances_badges", "price"]
    assert {event.context.arms for event in walker.events} == {"trust=control"}


def patterns(resolver: URLResolver, before: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), pattern.callback


SAFE = {"get", "head", "options"}


def answered_by(view) -> set[str]:
    """The methods a view of Django REST framework takes."""
    return set(getattr(view, "actions", None) or set(view.cls.http_method_names) & set(dir(view.cls)))


def unchecked() -> dict[str, set[str]]:
    """Addresses that Django's own check passes by → the methods with which they change something."""
    views = {address: view for address, view in patterns(get_resolver()) if getattr(view, "csrf_exempt", False)}
    assert views
    return {address: methods for address, view in views.items() if (methods := answered_by(view) - SAFE)}


SIGNED = "mails/stop/<str:token>/"  # the address itself is the proof, and no session is read


def test_only_experiments_change_past_djangos_check_against_forged_requests():
    """Django REST framework takes its views out of the check; whoever has only a session is checked by itself."""
    acts = ("start", "pause", "stop", "grow", "ship", "take-back")
    wanted = ["api/experiments/", *(f"api/experiments/<slug:slug>/{act}/" for act in acts)]
    assert unchecked() == {address: {"post"} for address in [*wanted, SIGNED]}


@pytest.mark.parametrize("address", sorted(unchecked().keys() - {SIGNED}))
def test_a_session_alone_moves_no_experiment(address, admin_user):
    ArmFactory(experiment=ArmFactory(experiment__slug="body", variant=None).experiment)
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    body = {"slug": "new", "name": "New", "share": 100, "arm": "x"}
    path = "/" + address.replace("<slug:slug>", "body")
    forged = client.post(path, body, content_type="application/json")
    assert (forged.status_code, "CSRF" in forged.json()["detail"]) == (403, True)
    assert list(Experiment.objects.values_list("slug", "state", "share")) == [("body", "draft", 100)]
