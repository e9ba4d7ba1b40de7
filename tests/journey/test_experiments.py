"""Experiments in the admin: drafts are written, buttons move them, and two running ones never change the same."""

import json

import pytest
from django.urls import reverse

from journey.models import Arm, Experiment
from tests.factories import ArmFactory, ExperimentFactory, VariantFactory, VideoFactory

pytestmark = pytest.mark.django_db
RUNNING = Experiment.State.RUNNING
REFUSAL = "The running experiment “anchor” changes anchor_delay_ms as well."


@pytest.fixture
def anchor():
    arm = ArmFactory(experiment__slug="anchor", experiment__state=RUNNING, variant__values={"anchor_delay_ms": 500})
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    return arm.experiment


def form_of(variant: object, **changed: object) -> dict[str, object]:
    arms = {"slug": ["control", "other"], "variant": ["", variant], "weight": [50, 50]}
    form = {f"arms-{i}-{name}": values[i] for name, values in arms.items() for i in range(2)}
    plan = {"share": 100, "funnel": "shop", "reading": "always", "worth_percent": 5, "bearable_percent": 5}
    return form | plan | {
        "ramp-TOTAL_FORMS": 0, "ramp-INITIAL_FORMS": 0, "arms-TOTAL_FORMS": 2, "arms-INITIAL_FORMS": 0,
        "slug": "new", "name": "new", "planned_days": 14, **changed,
    }  # fmt: skip


def drafted(admin_client, variant) -> Experiment:
    answer = admin_client.post(reverse("admin:journey_experiment_add"), form_of(variant.pk))
    assert answer.status_code == 302, answer.context["errors"]
    return Experiment.objects.get(slug="new")


def press(admin_client, experiment: Experiment, button: str, **changed):
    """Press a button of an experiment that is no draft any more, or of a draft whose form is as it was."""
    arms = list(experiment.arms.all())
    form = {"name": experiment.name, "hypothesis": "", "share": experiment.share} | changed
    if experiment.state == "draft":
        form = form_of("", name=experiment.name) | {"slug": experiment.slug}
        form |= {f"arms-{i}-id": arm.pk for i, arm in enumerate(arms)} | {"arms-INITIAL_FORMS": len(arms)}
        form |= {f"arms-{i}-variant": arm.variant_id or "" for i, arm in enumerate(arms)}
        form |= {f"arms-{i}-slug": arm.slug for i, arm in enumerate(arms)}
    else:
        form |= {f"{rows}-{kind}_FORMS": 0 for rows in ("arms", "ramp") for kind in ("TOTAL", "INITIAL")}
    page = admin_client.get(reverse("admin:journey_experiment_change", args=[experiment.pk]))
    names = [name for name in page.content.decode().split('"') if name.endswith(button)]
    form |= dict.fromkeys(names[:1], "1")
    answer = admin_client.post(reverse("admin:journey_experiment_change", args=[experiment.pk]), form, follow=True)
    experiment.refresh_from_db()
    return answer.content.decode()


def test_a_draft_is_written_started_paused_and_stopped(admin_client):
    experiment = drafted(admin_client, VariantFactory(slots={"product/body": ["price"]}))
    states = []
    for button in ("start_it", "pause_it", "start_it", "stop_it"):
        press(admin_client, experiment, button)
        states.append(experiment.state)
    assert states == ["running", "paused", "running", "stopped"]


def test_an_experiment_is_not_started_with_arms_that_clash(anchor, admin_client):
    experiment = drafted(admin_client, VariantFactory(values={"anchor_delay_ms": 0}))
    page = press(admin_client, experiment, "start_it")
    assert f"It is saved, and is still a draft. {REFUSAL}" in page
    assert "was changed successfully" not in page
    assert experiment.state == "draft"


def test_it_is_started_with_arms_that_change_something_else(anchor, admin_client):
    experiment = drafted(admin_client, VariantFactory(slots={"product/body": ["price"]}))
    press(admin_client, experiment, "start_it")
    assert experiment.state == "running"


def test_what_people_are_in_the_middle_of_stays_as_it_is(anchor, admin_client):
    press(admin_client, anchor, "nothing", slug="other", planned_days=30)
    assert (anchor.slug, anchor.planned_days, Arm.objects.count()) == ("anchor", 14, 2)


def test_the_share_of_a_running_experiment_only_grows(anchor, admin_client):
    Experiment.objects.update(share=50, started_at="2026-11-01T00:00Z")
    anchor.refresh_from_db()
    assert "The share may only grow" in press(admin_client, anchor, "nothing", share=20)
    press(admin_client, anchor, "nothing", share=80)
    assert anchor.share == 80


def test_a_variant_on_show_is_frozen(anchor, admin_client):
    variant = anchor.arms.get(variant__isnull=False).variant
    form = {"slug": variant.slug, "name": "x", "slots": "{}", "values": '{"anchor_delay_ms": 0}'}
    answer = admin_client.post(reverse("admin:journey_variant_change", args=[variant.pk]), form)
    assert "duplicate it to change what it draws" in answer.content.decode()


def test_its_name_may_still_change_and_that_of_a_draft_everything(anchor, admin_client):
    variant = anchor.arms.get(variant__isnull=False).variant
    form = {"slug": variant.slug, "name": "New", "slots": "{}", "values": '{"anchor_delay_ms": 500}'}
    assert admin_client.post(reverse("admin:journey_variant_change", args=[variant.pk]), form).status_code == 302
    other = ArmFactory(experiment=ExperimentFactory(), variant__values={"anchor_delay_ms": 1}).variant
    form = {"slug": other.slug, "name": "x", "slots": "{}", "values": '{"anchor_delay_ms": 0}'}
    assert admin_client.post(reverse("admin:journey_variant_change", args=[other.pk]), form).status_code == 302


def test_an_experiment_is_asked_for_what_its_funnel_has(admin_client):
    variant = VariantFactory(values={"anchor_delay_ms": 0})
    form = form_of(
        variant.pk, sources="tiktok, direct ,tiktok", goal="revenue", secondary=["step:1"], guardrails=["speed"]
    )
    form |= {"ramp-TOTAL_FORMS": 1, "ramp-0-day": 2, "ramp-0-share": 60, "share": 10}
    answer = admin_client.post(reverse("admin:journey_experiment_add"), form | {"goal": "step:7"})
    assert "This funnel has 4 steps; there is no step 8." in answer.content.decode()
    assert admin_client.post(reverse("admin:journey_experiment_add"), form).status_code == 302
    made = Experiment.objects.get(slug="new")
    assert (made.sources, made.goal, made.secondary, made.guardrails) == (
        ["tiktok", "direct"], "revenue", ["step:1"], ["speed"],
    )  # fmt: skip
    assert [str(step) for step in made.ramp.all()] == ["60 % on day 2"]


def test_the_form_begins_with_two_arms_and_knows_the_steps_of_each_funnel(admin_client):
    form = admin_client.get(reverse("admin:journey_experiment_add")).context
    assert len(form["inline_admin_formsets"][0].formset.forms) == 2
    labels = json.loads(form["adminform"].form.fields["funnel"].widget.attrs["data-labels"])
    assert labels["shop"] == ["Product page", "Added to cart", "Checkout", "Purchase"]


def test_the_list_leads_to_the_results(anchor, admin_client):
    page = admin_client.get(reverse("admin:journey_experiment_changelist")).content.decode()
    assert f'href="{reverse("experiment_results", args=["anchor"])}">How long it will take</a>' in page


def test_the_plan_of_what_has_begun_is_read_in_words(anchor, admin_client):
    VideoFactory(slug="glow", caption="Glow in a week")
    Experiment.objects.update(
        funnel="stages", goal="step:3", guardrails=["refunds", "speed"], secondary=[], worth_percent=2.5,
        devices=["phone"], videos=["glow"], visit="new",
    )  # fmt: skip
    page = " ".join(
        admin_client.get(reverse("admin:journey_experiment_change", args=[anchor.pk])).content.decode().split()
    )
    for words in (
        "who came for the first time after its start; on phone; arriving on Glow in a week",
        "Link", "Refunds a purchase, Page speed", "2.5 %", "5 in 100 purchases or tries to order; 5 % of page speed",
    ):  # fmt: skip
        assert f">{words}</div>" in page, words
    assert "step:3" not in page
    assert "Grows by itself" not in page
