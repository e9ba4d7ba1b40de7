"""Experiments for programs: drafted, moved, read; what cannot be is refused in words and with the right status."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from analytics.experiments.pages import ResultsPage
from journey.models import Change, Experiment
from tests.analytics.experiments.test_results_page import experiment, exposed, text_of  # noqa: F401
from tests.factories import ArmFactory, ExperimentFactory, VariantFactory

pytestmark = pytest.mark.django_db
LIST = "/api/experiments/"
ARMS = [{"slug": "control"}, {"slug": "short", "variant": "short", "weight": 20}]
DRAFT = {"slug": "body", "name": "Short body", "share": 40, "devices": ["phone"], "arms": ARMS}


def program(*permissions: str, of: str = "robot"):
    """A client with the token of a member of staff who may do this much."""
    user = get_user_model().objects.create_user(of, password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")
    return client


@pytest.fixture
def api():
    return program("view_journey", "add_experiment", "change_experiment")


@pytest.fixture
def short():
    return VariantFactory(slug="short", name="Short", slots={"product/body": ["price", "title"]})


def sent(client, address: str, **body) -> tuple[int, str]:
    answer = client.post(address, body, format="json")
    return answer.status_code, answer.json().get("detail", "")


def test_a_draft_is_read_as_it_was_written(api, short):
    made = api.post(LIST, DRAFT | {"ramp": [{"day": 2, "share": 80}], "sources": ["tiktok"]}, format="json")
    assert made.status_code == 201
    said = made.json()
    assert said == api.get(f"{LIST}body/").json()
    assert [said] == api.get(LIST).json()
    assert {name: said[name] for name in ("slug", "state", "share", "devices", "sources", "ramp", "arms")} == {
        "slug": "body",
        "state": "draft",
        "share": 40,
        "devices": ["phone"],
        "sources": ["tiktok"],
        "ramp": [{"day": 2, "share": 80}],
        "arms": [
            {"slug": "control", "variant": None, "weight": 50},
            {"slug": "short", "variant": "short", "weight": 20},
        ],
    }


def test_a_life_through_the_api_is_that_of_the_admin_and_stands_in_the_log(api, short):
    api.post(LIST, DRAFT, format="json")
    states = []
    for act, body in (
        ("start", {}),
        ("grow", {"share": 90}),
        ("pause", {}),
        ("start", {}),
        ("stop", {}),
        ("ship", {"arm": "short"}),
        ("take-back", {}),
    ):
        answer = api.post(f"{LIST}body/{act}/", body, format="json")
        states.append((answer.status_code, answer.json()["state"], answer.json()["share"]))
    assert states == [
        (200, "running", 40),
        (200, "running", 90),
        (200, "paused", 90),
        (200, "running", 90),
        (200, "stopped", 90),
        (200, "decided", 90),
        (200, "decided", 90),
    ]
    told = api.get(f"{LIST}body/changes/").json()
    assert {(change["by"], change["through"]) for change in told} == {("robot", "api")}
    assert [change["changes"] for change in told[:-1]] == [
        ["state: stopped → decided", "decision: nothing → shipped short"],
        ["state: running → stopped"],
        ["state: paused → running"],
        ["state: running → paused"],
        ["share of traffic: 40 → 90"],
        ["state: draft → running"],
    ]
    assert [change.words for change in Change.objects.filter(subject="design", by="robot").order_by("pk")] == [
        "shown to everyone: nothing → yes",
        "shown to everyone: yes → nothing",
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"shares": 3}, "shares: There is no such field; fields are slug, name,"),
        ({"arms": [{"slug": "a", "variant": "none"}]}, "arms 0 variant: There is no design “none”."),
        ({"arms": [{"slug": "a"}, {"slug": "a"}]}, "arms: There are two arms “a”."),
        ({"ramp": [{"day": 2, "share": 5}, {"day": 2, "share": 9}]}, "ramp: Day 2 stands there twice."),
        ({"funnel": "none"}, 'funnel: "none" is not a valid choice.'),
        ({"goal": "luck"}, "goal: There is no “luck”; there are revenue, step:0,"),
        ({"goal": "step:19"}, "goal: This funnel has 4 steps; there is no step 20."),
        ({"funnel": "support", "secondary": ["step:5"]}, "secondary: This funnel has "),
        ({"guardrails": ["luck"]}, "guardrails: There is no “luck”; there are refunds,"),
        ({"videos": ["none"]}, "videos: There is no “none”; there are "),
        ({"devices": ["watch"]}, 'devices 0: "watch" is not a valid choice.'),
        ({"share": 0}, "share: Ensure this value is greater than or equal to 1."),
        ({"worth_percent": 1e400}, "worth_percent: "),
        ({"name": "\x00"}, "name: Null characters are not allowed."),
        ({"name": "\ud800"}, "name: Surrogate characters are not allowed"),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused_by_name(api, short, wrong, sentence):
    said = json.dumps(DRAFT | wrong).replace("Infinity", "1e400")
    answer = api.post(LIST, said, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(sentence)
    assert Experiment.objects.count() == 0


def test_a_slug_is_taken_once(api, short):
    api.post(LIST, DRAFT, format="json")
    assert sent(api, LIST, **DRAFT)[0] == 400


def test_what_the_state_forbids_is_a_conflict_in_words(api, short):
    api.post(LIST, DRAFT | {"arms": ARMS[:1]}, format="json")
    at = f"{LIST}body/"
    assert sent(api, f"{at}start/") == (409, "An experiment compares at least two arms that have weight.")
    assert sent(api, f"{at}pause/") == (409, "This experiment is draft. To be paused, it has to be running.")
    assert sent(api, f"{at}grow/", share=90) == (
        409,
        "This experiment is draft. To grow, it has to be paused or running.",
    )
    assert sent(api, f"{at}take-back/") == (409, "Nothing of this experiment is shown to everyone.")
    assert sent(api, f"{at}ship/", arm="control")[0] == 409
    assert sent(api, f"{at}ship/", arm="none") == (400, "There is no arm “none”; arms are control.")
    assert sent(api, f"{at}grow/", share=101)[0] == 400
    assert sent(api, f"{at}grow/")[0] == 400
    assert sent(api, f"{LIST}none/start/")[0] == 404
    assert Experiment.objects.get().state == "draft"
    assert api.get(f"{at}results/").status_code == 409


def test_an_experiment_that_clashes_is_refused_with_the_one_it_clashes_with(api, short):
    rival = ArmFactory(experiment=ExperimentFactory(name="Rival", state="running"), variant=short)
    api.post(LIST, DRAFT, format="json")
    sentence = "The running experiment “Rival” changes product/body as well."
    assert sent(api, f"{LIST}body/start/") == (409, sentence)
    assert rival.experiment.state == "running"


def test_who_may_read_reads_and_moves_nothing(short):
    reader, stranger, nobody = program("view_journey"), program(of="other"), APIClient()
    running = ExperimentFactory(slug="body", state="running")
    for path in ("", "body/", "body/changes/"):
        asked = [client.get(LIST + path).status_code for client in (reader, stranger, nobody)]
        assert asked == [200, 403, 401], path
    writes = ("", "body/start/", "body/pause/", "body/stop/", "body/grow/", "body/ship/", "body/take-back/")
    for path in writes:
        asked = [client.post(LIST + path, {}, format="json").status_code for client in (reader, stranger, nobody)]
        assert asked == [403, 403, 401], path
    running.refresh_from_db()
    assert running.state == "running"


def _lift(said) -> list[float] | None:
    lift = said["lift"]
    return lift and [100 * lift[end] for end in ("value", "low", "high")]


def _drawn(forest) -> list[float] | None:
    return forest and [forest.value, forest.low, forest.high]


def test_the_results_are_the_numbers_of_the_page(api, experiment, admin_client):  # noqa: F811
    Experiment.objects.update(secondary=["revenue", "step:1"])
    experiment.refresh_from_db()
    exposed("control", 3_000, 150)
    exposed("short", 3_000, 300, first=10_000)
    said, page = api.get(f"{LIST}body/results/").json(), ResultsPage(experiment, {})
    assert (said["exposed"], said["health"]["is_sound"]) == (6_000, True)
    for arm, card in zip(said["arms"], page.cards, strict=True):
        assert (arm["arm"], arm["exposed"]) == (card.result.slug, card.result.n)
        for step, row in zip(arm["steps"], card.steps, strict=True):
            shares = [100 * step[name] for name in ("rate", "low", "high")]
            assert (step["step"], step["count"], *shares) == (row.label, row.count, row.rate, row.low, row.high)
            assert _lift(step) == _drawn(row.forest)
        metrics = [arm["goal"], *arm["guardrails"], *arm["secondary"]]
        cells = [card.aim, *card.rails, *card.others]
        assert [_lift(metric) for metric in metrics] == [_drawn(cell.forest) for cell in cells]
        assert [metric["name"] for metric in metrics[:2]] == ["Purchase", "Refunds a purchase"]
    short = said["arms"][1]
    text = text_of(admin_client)
    assert short["verdict"]["words"] + "." in text
    assert all(reason in text for reason in short["verdict"]["reasons"])
    goal = next(step for step in short["steps"] if step["is_goal"])
    assert (goal["count"], goal["rate"]) == (300, 0.1)
    assert f"{100 * goal['low']:.1f}" in text


def test_results_may_be_asked_of_a_part_and_of_other_kinds(api, experiment):  # noqa: F811
    exposed("control", 30, 3)
    exposed("short", 30, 3, first=10_000)
    exposed("short", 7, 3, first=20_000, device="desktop")
    exposed("short", 5, 3, first=30_000, kind="staff")
    address = f"{LIST}body/results/"
    found = [api.get(address, asked).json()["exposed"] for asked in ({}, {"device": "desktop"}, {"kind": "all"})]
    assert found == [67, 7, 72]
    refused = api.get(address, {"devise": "desktop"})
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "There is no parameter “devise”; parameters are kind, device, source, visit, browser.",
    )


def test_a_split_that_cannot_be_is_answered(api, experiment):  # noqa: F811
    exposed("control", 30, 3)
    exposed("short", 30, 3, first=10_000)
    experiment.arms.filter(slug="short").update(weight=0)
    health = api.get(f"{LIST}body/results/").json()["health"]
    assert (health["split_chi2"], health["split_p"], health["is_sound"]) == (None, 0.0, False)


def test_the_list_asks_the_same_few_questions_whatever_its_size(api, django_assert_max_num_queries):
    for _ in range(3):
        ArmFactory(experiment=ExperimentFactory())
    assert len(api.get(LIST).json()) == 3
    with django_assert_max_num_queries(7):
        api.get(LIST)


@pytest.mark.both
def test_no_letter_of_an_address_is_too_odd_for_the_database(api, experiment):  # noqa: F811
    answer = api.get("/api/experiments/body/results/", {"device": "a\0b"})
    assert (answer.status_code, answer.json()["arms"][0]["exposed"]) == (200, 0)
    assert api.post(LIST, DRAFT | {"arms": [{"slug": "a", "variant": "a\0b"}]}, format="json").status_code == 400
