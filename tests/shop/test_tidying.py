"""What was begun and never finished is thrown away after a day, and nothing that is younger or wanted."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from shop.importing import keeping
from shop.models import Cart, ReturnPhoto, Review
from shop.services.checkout import TYPED_KEPT
from shop.services.return_drafts import KEPT
from shop.tasks import tidy_up
from tests.factories import ReviewFactory, SkuFactory
from tests.shop.buying import queries
from tests.shop.later import delivered, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_files_elsewhere(settings, tmp_path):
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": private}


def test_pictures_of_a_return_that_was_never_sent_go_after_a_day(walker, django_capture_on_commit_callbacks):
    order = delivered(walker, SkuFactory())
    young, old = (
        ReturnPhoto.objects.create(buyer=order.buyer, key="k", upload=photo(name)) for name in ("a.webp", "b.webp")
    )
    ReturnPhoto.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT)
    with django_capture_on_commit_callbacks(execute=True):
        tidy_up()
        tidy_up()
    assert list(ReturnPhoto.objects.all()) == [young]
    assert [one.upload.storage.exists(one.upload.name) for one in (young, old)] == [True, False]


def test_a_csv_file_that_was_never_confirmed_goes_after_a_day():
    young, old = {}, {}
    for session in (young, old):
        keeping.keep(session, b"product,sku\n")
    two_days_ago = time.time() - 2 * keeping.KEPT.total_seconds()
    os.utime(storages["private"].path(old[keeping.NAME]), (two_days_ago, two_days_ago))
    tidy_up()
    assert (keeping.kept(young), keeping.kept(old)) == (b"product,sku\n", None)


def test_an_address_typed_in_vain_goes_after_a_day():
    for buyer, age in {"young": TYPED_KEPT - timedelta(hours=1), "old": TYPED_KEPT}.items():
        Cart.objects.create(buyer=buyer, typed={"street": "7 Lost Lane"})
        Cart.objects.filter(buyer=buyer).update(changed_at=timezone.now() - age)
    tidy_up()
    assert dict(Cart.objects.values_list("buyer", "typed")) == {"young": {"street": "7 Lost Lane"}, "old": {}}


def test_nothing_to_tidy_costs_three_queries():
    with queries() as asked:
        tidy_up()
    assert len(asked) == 3


def test_a_picture_goes_with_its_review_whoever_deletes_it(admin_client, django_capture_on_commit_callbacks):
    review = ReviewFactory()
    upload = review.photos.create(upload=photo()).upload
    assert upload.storage.exists(upload.name)
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("admin:shop_review_delete", args=[review.pk]), {"post": "yes"})
    assert (Review.objects.count(), upload.storage.exists(upload.name)) == (0, False)
