"""The life of an experiment, and what everyone sees after it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journey import experimenting
from journey.models import Experiment, Variant
from journey.trails import now_us, trail_number
from journey.variants import ArmPlan, Plan, assign, control, design_for
from tests.factories import ArmFactory, ExperimentFactory, SkuFactory, VariantFactory
from tests.walker import drawn

pytestmark = pytest.mark.django_db
BODY = ["price", "title"]


@pytest.fixture
def experiment():
    made = ExperimentFactory(slug="body")
    ArmFactory(experiment=made, slug="control", variant=None)
    ArmFactory(experiment=made, slug="short", variant=VariantFactory(slots={"product/body": BODY}))
    return made


def test_from_draft_to_everyone(experiment, walker):
    product = SkuFactory().product
    experimenting.start(experiment)
    assert experiment.started_at is not None
    experimenting.pause(experiment)
    assert design_for(7).arms == ""
    experimenting.start(experiment)
    experimenting.stop(experiment)
    experimenting.ship(experiment, experiment.arms.get(slug="short"))
    assert (experiment.state, experiment.decision) == ("decided", "shipped short")
    assert drawn(walker.get("shop:product", product.slug)) == BODY
    experimenting.take_back(Variant.objects.get())
    assert len(drawn(walker.get("shop:product", product.slug))) > len(BODY)


def test_who_is_not_recorded_sees_what_was_shipped(experiment, client):
    VariantFactory(slots={"product/body": BODY}, shipped_at=timezone.now())
    page = client.get(reverse("shop:product", args=[SkuFactory().product.slug]), headers={"sec-gpc": "1"})
    assert drawn(page) == BODY


def test_shipping_the_control_changes_nothing(experiment):
    experimenting.start(experiment)
    experimenting.stop(experiment)
    experimenting.ship(experiment, experiment.arms.get(slug="control"))
    assert (control().slots, experiment.decision) == ({}, "shipped control")


def test_the_later_of_two_shipped_variants_counts():
    VariantFactory(values={"anchor_delay_ms": 0}, shipped_at=timezone.now())
    VariantFactory(values={"anchor_delay_ms": 9}, shipped_at=timezone.now())
    assert control().values == {"anchor_delay_ms": 9}


@pytest.mark.parametrize("act", [experimenting.pause, experimenting.stop])
def test_a_draft_can_only_be_started(experiment, act):
    with pytest.raises(ValidationError, match="This experiment is draft"):
        act(experiment)


def test_only_a_draft_may_be_deleted(experiment, admin_client):
    """Also not together with others, from the list."""
    draft = ExperimentFactory(slug="never-begun")
    experimenting.start(experiment)
    chosen = {"action": "delete_selected", "_selected_action": [experiment.pk, draft.pk], "post": "yes"}
    admin_client.post(reverse("admin:journey_experiment_changelist"), chosen)
    assert admin_client.post(reverse("admin:journey_experiment_delete", args=[experiment.pk])).status_code == 403
    assert Experiment.objects.count() == 2
    admin_client.post(reverse("admin:journey_experiment_delete", args=[draft.pk]), {"post": "yes"})
    assert list(Experiment.objects.all()) == [experiment]


def test_an_experiment_compares_two_arms_of_which_one_is_the_control(experiment):
    experiment.arms.filter(slug="control").update(weight=0)
    with pytest.raises(ValidationError, match="at least two arms"):
        experimenting.start(experiment)
    experiment.arms.filter(slug="control").update(weight=1, variant=VariantFactory())
    with pytest.raises(ValidationError, match="is the control"):
        experimenting.start(experiment)


def test_two_people_who_decide_at_once_do_not_both_ship(experiment):
    experimenting.start(experiment)
    experimenting.stop(experiment)
    mine, yours = (Experiment.objects.get(pk=experiment.pk) for _ in range(2))
    experimenting.ship(mine, mine.arms.get(slug="control"))
    with pytest.raises(ValidationError, match="This experiment is decided"):
        experimenting.ship(yours, yours.arms.get(slug="short"))
    assert control().slots == {}


def plan(**changes) -> Plan:
    return Plan("anchor", tuple(ArmPlan(f"arm{i}", 50, {}, {}) for i in range(2)), **changes)


def test_a_share_that_grows_keeps_who_is_in():
    few, many = plan(share=20), plan(share=60)
    taken = {n for n in range(1, 10_001) if few.takes(n, "")}
    assert taken <= {n for n in range(1, 10_001) if many.takes(n, "")}
    assert 1_800 < len(taken) < 2_200


def test_the_share_says_nothing_about_the_arm():
    arms = [assign(plan(), n).slug for n in range(1, 10_001) if plan(share=20).takes(n, "")]
    assert abs(arms.count("arm0") / len(arms) - 0.5) < 0.04


def test_a_share_never_shrinks(experiment):
    experiment.share, experiment.state = 50, "running"
    experiment.save()
    for share in (50, 20, 101):
        with pytest.raises(ValidationError, match="may only grow"):
            experimenting.grow(experiment, share)
    other = Experiment.objects.get()
    experimenting.grow(experiment, 80)
    assert Experiment.objects.get().share == 80
    with pytest.raises(ValidationError, match="Somebody else"):
        experimenting.grow(other, 60)  # who still saw 50
    still = Experiment.objects.get()
    experimenting.stop(experiment)
    with pytest.raises(ValidationError, match="Somebody else has stopped it"):
        experimenting.grow(still, 90)  # who still saw it run
    assert Experiment.objects.get().share == 80


def test_new_is_who_was_never_here_before_the_start():
    old, since = trail_number(now_us() - 60_000_000), now_us() - 30_000_000
    young = trail_number(now_us())
    new, returning = plan(visit="new", since_us=since), plan(visit="returning", since_us=since)
    assert [p.takes(n, "") for p in (new, returning) for n in (old, young)] == [False, True, True, False]


def test_an_experiment_for_phones_leaves_desktops_alone():
    assert [plan(devices=("phone",)).takes(1, device) for device in ("phone", "desktop")] == [True, False]
