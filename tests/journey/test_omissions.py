"""One click drafts the experiment that leaves each part of a page out; what would break the page is no part of it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journey import designs, experimenting
from journey.models import Experiment, Variant
from journey.omissions import draft_study, left_out
from tests.factories import ArmFactory, ExperimentFactory, VariantFactory
from tests.walker import drawn

pytestmark = pytest.mark.django_db
PRODUCT = designs.known_slots()["product/body"]


def test_there_is_a_control_and_an_arm_without_each_block():
    experiment, refused = draft_study("product/body")
    arms = {arm.slug: arm for arm in experiment.arms.all()}
    assert (list(arms), refused) == (["control", *(f"no-{block}" for block in PRODUCT)], [])
    assert arms["no-reviews"].variant.slots == {"product/body": [block for block in PRODUCT if block != "reviews"]}
    assert (arms["control"].variant, arms["control"].weight, arms["no-reviews"].weight) == (None, 37, 10)  # √14 times


def test_what_would_break_the_page_falls_out_with_a_sentence():
    experiment, refused = draft_study("checkout/body")
    assert "no-address" not in [arm.slug for arm in experiment.arms.all()]
    assert refused == [
        "“address” is no part of the study. "
        "Slot “checkout/body” needs “address”: without it nobody gets any further on this page."
    ]


def test_what_a_value_turns_off_is_left_out_as_well():
    experiment, _ = draft_study("cart/body")
    drawn = {arm.slug: arm.variant.values for arm in experiment.arms.all() if arm.variant and arm.variant.values}
    assert drawn == {
        "no-free_shipping_bar": {"free_shipping_bar": False},
        "no-cart_shows_shippi": {"cart_shows_shipping": False},
    }


def test_a_page_of_one_block_has_nothing_to_leave_out():
    with pytest.raises(ValidationError, match="Nothing of orders list can be left out"):
        draft_study("orders/list")
    assert Experiment.objects.count() == 0


def test_a_study_starts_from_what_everyone_sees():
    VariantFactory(slots={"product/body": ["price", "title"]}, shipped_at=timezone.now())
    experiment, _ = draft_study("product/body")
    assert {arm.slug: arm.variant and arm.variant.slots["product/body"] for arm in experiment.arms.all()} == {
        "control": None, "no-price": ["title"], "no-title": ["price"],
    }  # fmt: skip


def test_a_second_study_of_the_same_page_takes_the_same_designs():
    first, _ = draft_study("product/body")
    second, _ = draft_study("product/body")
    assert (first.slug, second.slug) == ("without-product-body", "without-product-body-2")
    assert Variant.objects.count() == len(PRODUCT)


def test_a_drafted_study_runs(walker):
    experimenting.start(draft_study("support/body")[0])
    shown = drawn(walker.get("shop:support"))
    assert len(shown) >= len(designs.known_slots()["support/body"]) - 2  # the one, and a list that is empty


def test_a_study_is_known_by_what_its_arms_draw():
    experiment, _ = draft_study("cart/body")
    found = left_out(experiment)
    assert list(found) == [arm.slug for arm in experiment.arms.all() if arm.variant]
    assert all(f"no-{name}"[:20] == slug for slug, name in found.items())


def test_a_study_of_one_part_is_known_by_the_templates():
    without = [block for block in PRODUCT if block != "reviews"]
    arm = ArmFactory(slug="a", variant__slots={"product/body": without})
    assert left_out(arm.experiment) == {"a": "reviews"}


@pytest.mark.parametrize(
    "more", [{"variant__slots": {"product/body": ["price"]}}, {"variant__values": {"anchor_delay_ms": 0}}]
)
def test_another_experiment_is_none(more):
    assert left_out(ArmFactory(**more).experiment) == {}
    assert left_out(ExperimentFactory()) == {}


def test_one_click_drafts_it(admin_client):
    answer = admin_client.post(reverse("admin:journey_variant_leave_out"), {"slot": "checkout/body"}, follow=True)
    experiment = Experiment.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:journey_experiment_change", args=[experiment.pk])
    page = answer.content.decode()
    assert "A draft with 7 arms" in page
    assert "“address” is no part of the study." in page


def test_nonsense_is_refused_in_words(admin_client):
    answer = admin_client.post(reverse("admin:journey_variant_leave_out"), {"slot": "<hat>"}, follow=True)
    assert "There is no slot “&lt;hat&gt;”." in answer.content.decode()
    assert admin_client.get(reverse("admin:journey_variant_leave_out")).status_code == 403


def test_who_may_not_write_experiments_drafts_none(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.post(reverse("admin:journey_variant_leave_out"), {"slot": "cart/body"}).status_code == 403
    assert Experiment.objects.count() == 0
