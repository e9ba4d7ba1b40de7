"""Whatever is sent to the API and the beacon is answered, and with a status that the description names."""

import os
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.authtoken.models import Token
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from analytics.counts.collecting import collect
from config.wsgi import application
from journey import limits
from journey.models import DeadEvent, Event, Experiment
from journey.steps import Step
from journey.trails import Context, Trail, now_us, trail_number
from tests.factories import ArmFactory, ExperimentFactory
from tests.walker import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.xdist_group("fuzzed")]
EXAMPLES = 300 if os.environ.get("TEST_DB") == "postgres" else 60
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
fuzzing = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def keeping_the_connection():
    """A request closes it at its end, and the test's transaction with it; Django's own test client prevents that."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api(admin_user):
    """The description, read as a client reads it, and the headers of somebody who may read funnels."""
    reader = {"Authorization": f"Token {Token.objects.create(user=admin_user).key}"}
    with keeping_the_connection():
        return schemathesis.openapi.from_wsgi("/api/schema/?format=json", application, headers=reader), reader


def sent(case, headers: dict[str, str], **more) -> int:
    """The status it was answered with; the description names it, and what the answer holds."""
    with keeping_the_connection():
        response = case.call(headers=headers | {"Accept-Encoding": "identity"}, **more)
    case.validate_response(response, checks=CHECKS)
    return response.status_code


@pytest.mark.parametrize("path", ["/api/funnels/", "/api/funnels/{slug}/", "/api/funnel/"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_question_about_funnels_is_answered(api, path, signed_in):
    description, reader = api
    statuses = set()

    @fuzzing
    @given(description[path]["GET"].as_strategy())
    def ask(case):
        statuses.add(sent(case, headers=reader if signed_in else {}))

    ask()
    assert statuses <= ({200, 400, 404} if signed_in else {401})
    assert 200 in statuses or not signed_in or "{" in path


ONE = "/api/experiments/{slug}/"


@pytest.mark.parametrize(
    ("method", "path", "answers"),
    [
        ("GET", "/api/experiments/", {200}),
        ("GET", ONE, {200, 404}),
        ("GET", f"{ONE}results/", {200, 400, 404, 409}),
        ("GET", f"{ONE}changes/", {200, 404}),
        ("POST", "/api/experiments/", {201, 400, 409}),
        *(("POST", f"{ONE}{act}/", {200, 404, 409}) for act in ("start", "pause", "stop", "take-back")),
        *(("POST", f"{ONE}{act}/", {200, 400, 404, 409}) for act in ("grow", "ship")),
    ],
)
def test_whatever_is_asked_of_experiments_is_answered(api, method, path, answers):
    description, reader = api
    slugs, statuses = experiments(), set()

    @fuzzing
    @given(description[path][method].as_strategy(), st.sampled_from([*slugs, None]))
    def ask(case, slug):
        if slug and case.path_parameters:
            case.path_parameters["slug"] = slug
        if slug and isinstance(case.body, dict) and "arm" in case.body:
            case.body["arm"] = "other"
        statuses.add(sent(case, headers=reader))

    ask()
    assert statuses <= answers
    assert statuses & {200, 201, 409}


def experiments() -> list[str]:
    """One in every state, with two arms."""
    for state in Experiment.State:
        made = ExperimentFactory(slug=state, state=state)
        ArmFactory(experiment=made, slug="control", variant=None)
        ArmFactory(experiment=made, slug="other", variant__slots={"product/body": ["price", "title"]})
    return [*Experiment.State]


def test_every_beacon_is_answered_and_good_steps_are_stored(api):
    description, _ = api
    buyer = Walker()
    buyer.get("shop:feed")
    number, secret = buyer.participant, "s" * 32
    cookies = {name: morsel.value for name, morsel in buyer.client.cookies.items()} | {"csrftoken": secret}
    statuses = set()

    @fuzzing
    @given(description["/journey/beacon"]["POST"].as_strategy(), st.integers(0, 9), st.sampled_from([number, 7]))
    def tell(case, chance, whose):
        if chance and isinstance(case.body, dict) and "trail" in case.body:
            trail = Trail(whose, "visitor", trail_number(now_us()), now_us() - 1_000_000, Context())
            case.body["trail"] = trail.token()
        limits.events.forget()
        statuses.add(sent(case, headers={"X-CSRFToken": secret} if chance != 1 else {}, cookies=cookies))

    tell()
    assert statuses == {204, 400, 403}
    collect()
    assert Event.objects.filter(participant_id=number).exclude(step=Step.VIEW_FEED.letter).exists()
    assert not Event.objects.filter(participant_id=7).exists()
    assert DeadEvent.objects.filter(participant=number).exists()
