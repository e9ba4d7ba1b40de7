"""Pictures by slug, for pages that know no more of a video or a product than that."""

import pytest
from django.urls import reverse

from shop.models import Product, Video
from tests.factories import ProductFactory, VideoFactory

pytestmark = pytest.mark.django_db
NO_PICTURE = "/static/shop/no-picture.svg"


def led_to(client, name, slug):
    answer = client.get(reverse(f"shop:{name}", args=[slug]))
    assert answer.status_code == 302
    return answer.url


def test_a_slug_leads_to_its_picture_and_an_unknown_one_to_the_drawing_of_none(client):
    video, product = VideoFactory(), ProductFactory()
    assert led_to(client, "poster", video.slug) == Video.objects.get().poster_url
    assert led_to(client, "picture", product.slug) == Product.objects.get(slug=product.slug).picture_url
    assert (led_to(client, "poster", "nothing"), led_to(client, "picture", "nothing")) == (NO_PICTURE, NO_PICTURE)


def test_what_is_not_public_is_shown_to_staff_only(client, admin_client):
    video = VideoFactory(is_published=False)
    assert led_to(client, "poster", video.slug) == NO_PICTURE
    assert led_to(admin_client, "poster", video.slug) == video.poster_url != NO_PICTURE


def test_an_answer_is_kept_for_a_while_by_whom_it_was_given_to(client):
    answer = client.get(reverse("shop:poster", args=[VideoFactory().slug]))
    assert answer["Cache-Control"] == "private, max-age=600"
