"""A design says another sentence in the language a browser asks for; who reads another one is not exposed to it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from journey.models import Experiment
from journey.steps import Step
from tests.factories import ArmFactory, SkuFactory, VariantFactory

pytestmark = pytest.mark.django_db
GERMAN = {"accept-language": "de-CH,de;q=0.9,en;q=0.5"}
SLUGS = {"experiment__slug": "words", "experiment__state": "running", "slug": "other"}


@pytest.fixture
def address():
    return reverse("shop:product", args=[SkuFactory().product.slug])


def said(walker, address, **headers) -> str:
    page = walker.client.get(address, headers=headers)
    return page.content.decode().partition('value="buy_now" data-leave>')[2].partition("<")[0]


def run(says) -> None:
    ArmFactory(**SLUGS, variant__values={"buy_now_says": says})


def test_a_shop_speaks_the_language_it_is_asked_for_and_english_to_everyone_else(walker, address):
    spoken = [
        said(walker, address, **{"accept-language": asked}) for asked in ("de", "fr, de;q=0.3", "fr", "", "x" * 999)
    ]
    assert spoken == ["Jetzt kaufen", "Jetzt kaufen", "Buy now", "Buy now", "Buy now"]


def test_a_page_whose_words_depend_on_the_language_says_so_to_caches(walker, address):
    assert "Accept-Language" in walker.client.get(address).headers["Vary"]


def test_a_design_says_another_sentence_in_the_languages_it_names(walker, address):
    run({"en": "Take it home", "de": "Nimm es mit"})
    assert (said(walker, address), said(walker, address, **GERMAN)) == ("Take it home", "Nimm es mit")


@pytest.mark.parametrize("says", ["Take it home", {"en": "Take it home"}])
def test_who_reads_a_language_that_the_design_does_not_name_reads_what_everyone_reads(walker, address, says):
    run(says)
    assert (said(walker, address), said(walker, address, **GERMAN)) == ("Take it home", "Jetzt kaufen")


def test_no_sentence_brings_html(walker, address):
    run({"en": "<b onclick=x>&'\""})
    assert said(walker, address) == "&lt;b onclick=x&gt;&amp;&#x27;&quot;"


def test_the_page_fills_in_what_a_sentence_leaves_room_for(walker):
    sku = SkuFactory(product__creator__free_shipping_from_cents=5000, product__shipping_cents=400, price_cents=1000)
    walker.post("shop:add-to-cart", sku.product.slug, sku=sku.code, quantity=1)
    assert "Add $40.00 for free shipping" in walker.get("shop:cart").content.decode()
    ArmFactory(**SLUGS, variant__values={"to_free_shipping_says": "Just {left}, and it ships free"})
    assert "Just $40.00, and it ships free" in walker.get("shop:cart").content.decode()


def exposures(walker) -> list[str]:
    return [event.props.get("exposed", "") for event in walker.events if event.step == Step.VIEW_ITEM.letter]


def test_only_who_reads_the_language_of_the_design_is_exposed(walker, address):
    run({"de": "Nimm es mit"})
    ArmFactory(experiment=Experiment.objects.get(), variant=None)
    said(walker, address)
    said(walker, address, **GERMAN)
    assert exposures(walker) == ["", "words"]


def test_what_was_drawn_in_one_language_is_not_shown_in_another(walker, address, settings):
    settings.DEBUG = False
    assert [said(walker, address, **headers) for headers in ({}, GERMAN, {})] == ["Buy now", "Jetzt kaufen", "Buy now"]


def test_a_shipped_sentence_stays_in_the_language_an_arm_does_not_name(walker, address):
    VariantFactory(values={"buy_now_says": {"de": "Her damit"}}, shipped_at=timezone.now())
    run({"en": "Take it home"})
    assert (said(walker, address), said(walker, address, **GERMAN)) == ("Take it home", "Her damit")
