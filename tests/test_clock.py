"""The clock: every entry names a task that a worker knows, and a wake-up that comes too late is none."""

import pytest
from django.conf import settings

from config.celery import app
from config.destinations import DESTINATIONS, wake_ups

BEAT = settings.CELERY_BEAT_SCHEDULE | wake_ups({name: {} for name in DESTINATIONS})  # as if all were told


@pytest.mark.parametrize("name", BEAT)
def test_every_entry_wakes_a_task_and_is_forgotten_when_the_worker_is_away(name):
    app.loader.import_default_modules()
    entry = BEAT[name]
    assert entry["task"] in app.tasks
    assert entry["schedule"] <= entry["options"]["expires"] <= max(3600, 2 * entry["schedule"])


def test_every_task_of_ours_is_woken_by_an_entry():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.startswith(("shop.", "analytics."))}
    assert ours == {entry["task"] for entry in BEAT.values()}
