"""What every test may ask for. Servers are started by tests/servers.py."""

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches

from analytics.answers import counted
from journey import designs, limits, pressure, sink, spool, store, streams, variants
from shop.models import Upload
from tests.walker import Walker


def pytest_collection_modifyitems(items) -> None:
    """A browser on a busy machine can be late; what is broken fails twice. Promises about data get no second try;
    the loss that a guard's removal brings does, for it comes by chance."""
    for item in items:
        is_removal = item.name.startswith("test_without_")
        if is_removal or {"browser", "stack"} & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _uploads_elsewhere(settings, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.getbasetemp()
    settings.MEDIA_ROOT, settings.COLUMNS_DIR = folder / "media", folder / "columns"
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["private"] | {"OPTIONS": {"location": folder / "private"}}
    }
    # A field keeps the storage it found when it was made.
    monkeypatch.setattr(Upload.original.field.storage, "location", str(folder / "private"))


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Each test starts with an empty stream, and without the experiments and drawings of the one before."""
    streams.stream().delete(django_settings.STREAM_KEY)
    sink.breaker.worked()
    sink.breaker.closed_until = 0.0
    spool.fill.forget()
    pressure.gauge.looked_at = float("-inf")
    limits.events.forget()
    variants.forget()
    counted.forget()
    caches["drawings"].clear()
    caches["default"].clear()
    store._known_contexts.clear()
    designs.forget()


@pytest.fixture
def walker(db) -> Walker:
    """A buyer who walks by URL name."""
    return Walker()
