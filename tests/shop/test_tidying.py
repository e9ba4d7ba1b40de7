"""What was begun and never finished is thrown away after a day, and nothing that is younger or wanted."""

import os
import time

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from shop.importing import keeping
from shop.models import ReturnPhoto
from shop.services.return_drafts import KEPT
from shop.tasks import tidy_up
from tests.factories import SkuFactory
from tests.shop.buying import queries
from tests.shop.later import delivered, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_files_elsewhere(settings, tmp_path):
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": private}


def test_pictures_of_a_return_that_was_never_sent_go_after_a_day(walker):
    order = delivered(walker, SkuFactory())
    young, old = (
        ReturnPhoto.objects.create(buyer=order.buyer, key="k", upload=photo(name)) for name in ("a.webp", "b.webp")
    )
    ReturnPhoto.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT)
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


def test_nothing_to_tidy_costs_two_queries():
    with queries() as asked:
        tidy_up()
    assert len(asked) == 2
