"""Two running experiments never change the same slot or value, whichever way one tries."""

import pytest
from django.urls import reverse

from journey.models import Experiment
from tests.factories import ArmFactory, VariantFactory

pytestmark = pytest.mark.django_db
RUNNING = Experiment.State.RUNNING
REFUSAL = "The running experiment “anchor” changes anchor_delay_ms as well."


@pytest.fixture
def anchor():
    return ArmFactory(
        experiment__slug="anchor", experiment__state=RUNNING, variant__values={"anchor_delay_ms": 500}
    ).experiment


def started(admin_client, variant, **changed):
    """The answer to starting an experiment in the admin, with this variant as the only one beside the control."""
    arms = {"slug": ["control", "other"], "variant": ["", variant.pk], "weight": [50, 50]}
    form = {f"arms-{i}-{name}": values[i] for name, values in arms.items() for i in range(2)}
    form |= {"arms-TOTAL_FORMS": 2, "arms-INITIAL_FORMS": 0, "slug": "new", "name": "new", "state": RUNNING} | changed
    return admin_client.post(reverse("admin:journey_experiment_add"), form)


def test_an_experiment_is_not_started_with_arms_that_clash(anchor, admin_client):
    answer = started(admin_client, VariantFactory(values={"anchor_delay_ms": 0}))
    assert (REFUSAL in answer.content.decode(), Experiment.objects.count()) == (True, 1)


def test_it_may_wait_as_a_draft(anchor, admin_client):
    answer = started(admin_client, VariantFactory(values={"anchor_delay_ms": 0}), state="draft")
    assert (answer.status_code, Experiment.objects.count()) == (302, 2)


def test_it_is_started_with_arms_that_change_something_else(anchor, admin_client):
    answer = started(admin_client, VariantFactory(slots={"product/body": ["price"]}))
    assert (answer.status_code, Experiment.objects.count()) == (302, 2)


def test_a_variant_on_show_cannot_grow_into_another_experiment(anchor, admin_client):
    arm = ArmFactory(experiment__slug="body", experiment__state=RUNNING, variant__slots={"product/body": ["price"]})
    form = {"slug": arm.variant.slug, "name": "x", "slots": "{}", "values": '{"anchor_delay_ms": 0}'}
    answer = admin_client.post(reverse("admin:journey_variant_change", args=[arm.variant.pk]), form)
    assert REFUSAL in answer.content.decode()


def test_a_variant_on_show_may_change_further_what_it_changes(anchor, admin_client):
    variant = anchor.arms.get().variant
    form = {"slug": variant.slug, "name": "x", "slots": "{}", "values": '{"anchor_delay_ms": 0}'}
    assert admin_client.post(reverse("admin:journey_variant_change", args=[variant.pk]), form).status_code == 302
