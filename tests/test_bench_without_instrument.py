"""The benchmarks measure the shop without its instrument: what stands in its place knows all that it is asked."""

import pytest
from django.test import Client
from django.test.utils import override_settings

from journey.middleware import Journey
from tests.bench import pages, settings_off
from tests.bench.quiet import Quiet
from tests.factories import CategoryFactory, CreatorFactory, SkuFactory, VideoFactory

SERVED = {"finish", "preview", "standing", "participant", "design", "joined", "is_new", "language"}  # by the middleware


def test_every_question_has_an_answer():
    asked = {name for name in vars(Journey) if not name.startswith("_")} | {"asked"}
    assert asked - SERVED <= set(dir(Quiet()))


@pytest.mark.django_db
@pytest.mark.parametrize("path", pages.PAGES.values())
def test_every_page_is_drawn_without_it(path):
    category = CategoryFactory(slug="beauty")
    creator = CreatorFactory(handle="mira-glows", slug="mira-glows")
    made = SkuFactory(product__slug="rose-serum", product__creator=creator, product__category=category).product
    VideoFactory(creator=creator, products=[made])
    with override_settings(MIDDLEWARE=settings_off.MIDDLEWARE):
        assert Client().get(path).status_code == 200
