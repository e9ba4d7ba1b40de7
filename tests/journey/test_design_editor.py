"""Designs are written in the admin: previewed, duplicated, compared, restored; a running one is frozen."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from journey.models import Variant
from tests.factories import ArmFactory, SkuFactory, VariantFactory
from tests.walker import drawn

pytestmark = pytest.mark.django_db
SHORT = {"product/body": ["price", "title"]}


def saved(client, variant: Variant, slots: str) -> Variant:
    form = {"name": variant.name, "slug": variant.slug, "note": "", "slots": slots, "values": "{}"}
    answer = client.post(reverse("admin:journey_variant_change", args=[variant.pk]), form)
    assert answer.status_code == 302, answer.context["errors"]
    variant.refresh_from_db()
    return variant


def preview(client, **asked):
    return client.post(
        reverse("admin:journey_variant_preview"), {"name": "x", "slots": {}, "values": {}} | asked, "application/json"
    ).json()


def test_a_preview_shows_what_is_being_written(admin_client, client):
    product = SkuFactory().product
    token = preview(admin_client, slots=SHORT)["token"]
    page = client.get(reverse("shop:product", args=[product.slug]), {"design": token, "frame": "1"})
    assert drawn(page) == ["price", "title"]


def test_what_cannot_be_drawn_is_said_in_words(admin_client):
    assert preview(admin_client, slots={"product/body": ["hat"]}) == {
        "problems": ["No block “hat” for slot “product/body”."]
    }
    assert preview(admin_client, slots=None)["problems"] == ["Slots and values are both objects: {…}."]


def test_only_staff_may_make_a_preview(client):
    answer = client.post(reverse("admin:journey_variant_preview"), {}, "application/json")
    assert answer.status_code == 302


def test_every_save_that_draws_something_else_is_a_version_to_go_back_to(admin_client):
    variant = saved(admin_client, VariantFactory(slug="a"), '{"product/body": ["price"]}')
    saved(admin_client, variant, '{"product/body": ["title"]}')
    saved(admin_client, variant, '{"product/body": ["title"]}')
    first = variant.versions.order_by("pk").first()
    assert [version.slots for version in variant.versions.order_by("pk")] == [
        {"product/body": ["price"]},
        {"product/body": ["title"]},
    ]
    admin_client.post(reverse("admin:journey_variant_restore", args=[variant.pk, first.pk]))
    variant.refresh_from_db()
    assert (variant.slots, variant.versions.count()) == ({"product/body": ["price"]}, 3)


def test_a_running_design_is_not_restored(admin_client):
    variant = saved(admin_client, VariantFactory(slug="a"), '{"product/body": ["price"]}')
    saved(admin_client, variant, '{"product/body": ["title"]}')
    ArmFactory(experiment__state="running", variant=variant)
    first = variant.versions.order_by("pk").first()
    answer = admin_client.post(reverse("admin:journey_variant_restore", args=[variant.pk, first.pk]), follow=True)
    variant.refresh_from_db()
    assert variant.slots == {"product/body": ["title"]}
    assert "duplicate it to change what it draws" in answer.content.decode()


def pressed(client, variant: Variant, button: str):
    address = reverse("admin:journey_variant_change", args=[variant.pk])
    (name,) = {word for word in client.get(address).content.decode().split('"') if word.endswith(button)}
    form = {"name": variant.name, "note": "", "slots": json.dumps(variant.slots), "values": "{}", name: "1"}
    return client.post(address, form, follow=True).content.decode()


def test_a_copy_is_a_design_of_its_own(admin_client):
    variant = VariantFactory(slug="a", name="Short", slots=SHORT)
    assert "is a design of its own" in pressed(admin_client, variant, "_duplicate")
    copy = Variant.objects.get(slug="a-2")
    assert (copy.name, copy.slots, copy.versions.count()) == ("Short (copy)", SHORT, 1)


def test_what_was_shipped_is_taken_back_with_a_button(admin_client, client):
    product = SkuFactory().product
    variant = VariantFactory(slug="a", slots=SHORT, shipped_at=timezone.now())
    address = reverse("shop:product", args=[product.slug])
    assert drawn(client.get(address)) == ["price", "title"]
    pressed(admin_client, variant, "_take_back")
    assert len(drawn(client.get(address))) > 2


def test_two_designs_stand_side_by_side(admin_client):
    SkuFactory()
    VariantFactory(slug="a", name="Short", slots=SHORT)
    page = admin_client.get(reverse("admin:journey_variant_compare"), {"b": "a", "page": "product"})
    assert page.content.decode().count("<iframe") == 2


def test_a_design_says_who_sees_it(admin_client):
    variant = VariantFactory(slug="a", name="Short", slots=SHORT)
    address = reverse("admin:journey_variant_changelist")
    assert "nobody yet" in admin_client.get(address).content.decode()
    ArmFactory(experiment__state="running", variant=variant)
    assert "an arm of a running experiment" in admin_client.get(address).content.decode()


GONE = {"slots": {"product/body": ["price", "no_such_block"]}, "values": {"no_such_value": 1}}


def test_what_a_release_took_away_is_said_in_the_list_and_in_the_editor(admin_client):
    VariantFactory(slug="fine", slots=SHORT)
    variant = VariantFactory(slug="old", **GONE)
    listed = admin_client.get(reverse("admin:journey_variant_changelist")).content.decode()
    assert listed.count("not all of it: No block “no_such_block” for slot “product/body”. There is no value") == 1
    page = admin_client.get(reverse("admin:journey_variant_change", args=[variant.pk])).content.decode()
    assert "There buyers see what everyone sees." in page
    assert "<li>No block “no_such_block” for slot “product/body”.</li>" in page


def test_the_editor_offers_every_word_with_its_languages(admin_client):
    page = admin_client.get(reverse("admin:journey_variant_add")).content.decode()
    offered = json.loads(page.partition('id="design-offered" type="application/json">')[2].partition("</script>")[0])
    values = {value["name"]: value for one in offered["pages"] for value in one["values"]}
    assert offered["languages"] == {"en": "English", "de": "German"}
    assert values["to_free_shipping_says"] == {
        "name": "to_free_shipping_says", "about": "How much is missing for free shipping", "kind": "words",
        "control": {"en": "Add {left} for free shipping", "de": "Noch {left} bis zum kostenlosen Versand"},
        "low": 1, "high": 60, "choices": [], "places": ["left"],
    }  # fmt: skip
